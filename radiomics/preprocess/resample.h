#pragma once

#include "radiomics/core/volume.h"
#include "radiomics/preprocess/interpolation.h"

namespace radiomics {

/// The grid of a whole image after resampling: as many voxels as cover it, their centres around the
/// centre of the image. A spacing of 0 keeps that axis as it is.
/// \source IBSI reference manual, section 2.4 "Interpolation" (grids aligned by their centres)
Geometry resampled_grid(const Geometry& grid, const Vector3& spacing_mm);

/// The voxels of the resampled grid in which something drawn inside `box` can be seen: those closer
/// than one voxel of the old grid.
Box resampled_box(const Geometry& grid, const Box& box, const Geometry& resampled);

/// The voxels of the old grid that interpolation looks at for a box of the resampled grid. A cubic
/// spline needs cubic_spline_radius more on every side along the axes that are resampled.
Box support_of(const Geometry& resampled, const Box& box, const Geometry& grid,
               Interpolation interpolation);

/// Interpolation of a window onto a box of the resampled grid. Beyond the border of the whole image
/// its outermost voxels count on. The window must hold support_of() the box: then the values are
/// those of the whole image, to the last bit. Equal voxels stay exactly equal. A cubic spline can
/// overshoot the voxels between which it runs.
///
/// Cost: per resampled axis one pass over the window; for a cubic spline 58 products per value.
Image resample(const ImageWindow& source, const Geometry& resampled, const Box& box,
               Interpolation interpolation);

}  // namespace radiomics
