#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/core/volume.h"
#include "radiomics/qc/grey_window.h"
#include "radiomics/qc/outline.h"

namespace radiomics {

// What is seen of an image and a region on it: which slice, how it lies on the screen, its grey
// values and its outline. Sheets and viewer draw exactly this.

enum class Plane { axial, coronal, sagittal };

inline constexpr std::array<Plane, 3> all_planes{Plane::axial, Plane::coronal, Plane::sagittal};

std::string_view to_string(Plane plane);  ///< "axial"

/// A way along an axis of the grid.
struct GridDirection {
  int axis = 0;
  int step = 1;  ///< +1 or -1
  bool operator==(const GridDirection&) const = default;
};

/// How a plane of the grid lies on the screen.
struct PlaneAxes {
  GridDirection across;   ///< along a row of the picture, from left to right
  GridDirection down;     ///< along a column of the picture, from top to bottom
  GridDirection through;  ///< from slice to slice: towards S (axial), P (coronal), L (sagittal)
  std::array<std::string, 4> letters;  ///< where the picture's left, right, top, bottom point to
};

/// The radiological view: axial from the feet (patient's right on the left of the picture, front on
/// top), coronal from the front (right on the left, head on top), sagittal from the patient's left
/// (front on the left, head on top). Each axis of the grid stands for the axis of the patient that
/// it is nearest to, all three together: with the largest sum of cosines.
///
/// Letters are R L A P S I. A second and a third one follow where the axis is oblique: by more than
/// 15 degrees ("LP").
PlaneAxes plane_axes(const Geometry& grid, Plane plane);

/// The slice in which the region has most voxels, as an index of `mask.grid` along `axis`; of
/// several the middle one, of two middle ones the lower. The mask is not empty.
int slice_of_largest_area(const MaskWindow& mask, int axis);

/// At most `most` whole numbers from `first` to `last`, both included where most > 1, evenly spaced
/// and rounded. The middle for most == 1.
std::vector<int> evenly_spaced(int first, int last, int most);

/// A cube around a region: all planes show it at the same scale.
struct Field {
  Vector3 centre_index{};  ///< the middle of the region's box, in voxels of the grid
  double side_mm = 0;
  Box box;  ///< the voxels that it touches, cut off at the border of the grid
};

/// The cube around a box of voxels with a margin on either side of its longest edge.
Field field_around(const Geometry& grid, const Box& region, double margin_mm);

/// One slice as a picture, and the outline of the region on it.
struct SliceView {
  Plane plane = Plane::axial;
  PlaneAxes axes;
  int slice = 0;  ///< index in the grid along axes.through.axis
  double position_mm =
      0;    ///< of the middle of the picture along S, P or L, as in the image's header
  Box box;  ///< the voxels of the grid that are shown: one slice thick
  int columns = 0;
  int rows = 0;
  double pixel_width_mm = 0;
  double pixel_height_mm = 0;
  std::vector<std::uint8_t> grey;  ///< 0 black to 255 white; row by row from the top
  std::vector<Outline> outlines;   ///< in pixels of this picture
};

/// \param image  its box is what is shown; it reaches over `slice`
/// \param mask   a window of the same grid, wherever it lies; outside of it there is no region
/// \param slice  index in the grid
/// Cost: that of the slice.
SliceView slice_view(const ImageWindow& image, const MaskWindow& mask, Plane plane, int slice,
                     const GreyWindow& window);

/// A place in a picture, in pixels; (0, 0) is its top left corner.
struct PicturePoint {
  double x = 0;
  double y = 0;
};

/// Where a point of the grid lies in the picture, whichever slice it is on. Whole indices are
/// centres of pixels.
PicturePoint picture_point(const SliceView& view, const Vector3& index);

/// The length of a scale bar: the largest of 1, 2, 5, 10, ... mm (or 0.5, 0.2, ...) that is no more
/// than a third of the width shown, which is > 0.
double scale_bar_mm(double width_mm);

}  // namespace radiomics
