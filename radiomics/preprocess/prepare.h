#pragma once

#include "radiomics/core/region.h"
#include "radiomics/preprocess/interpolation.h"
#include "radiomics/preprocess/resegment.h"

namespace radiomics {

struct ResampleOptions {
  Vector3 spacing_mm{};  ///< along x, y, z; 0 keeps that axis as scanned
  /// To the nearest whole number afterwards, as for CT in IBSI; halves, also those that were missed
  /// by no more than 1e-9, go up.
  bool round_intensities = false;
  double mask_threshold = 0.5;  ///< a voxel is inside if at least this part of it is
  Interpolation image = Interpolation::linear;
  Interpolation mask = Interpolation::linear;  ///< nearest or linear

  bool operator==(const ResampleOptions&) const = default;
};

/// What is done to image and mask before anything is measured, in this order.
struct PrepareOptions {
  ResampleOptions resample{};
  bool largest_part = false;  ///< of the resampled outline: what is not connected to it is dropped
  ResegmentOptions resegment{};
  double margin_mm = 0;  ///< image kept around the region, for consumers that look beyond it

  bool operator==(const PrepareOptions&) const = default;
};

/// The part of an image that prepare() needs for a region: more is never looked at.
Box needed_box(const Geometry& grid, const Box& mask_box, const PrepareOptions& options);

/// Resamples image and mask onto one grid, rounds, and resegments. The grid is that of the whole
/// image, of which the windows are parts: a smaller or larger window never changes a value.
///
/// \param image  holds needed_box() of the mask's box
/// \param mask   on the grid of the image
/// \throws Error  empty_region if no voxel is left; unsupported_data if an intensity inside is not
///                finite
/// \source IBSI reference manual, chapter 2 (order of the steps)
Region prepare(const ImageWindow& image, const MaskWindow& mask, const PrepareOptions& options);

}  // namespace radiomics
