#pragma once

#include <string>
#include <vector>

#include "radiomics/io/mask_source.h"

namespace radiomics {

/// A closed planar contour: its points in the patient frame.
using Contour = std::vector<Vector3>;

/// The voxels of a region on a grid, from its contours.
///
/// Every contour belongs to the slice nearest to it, nothing is made up between slices. A voxel is
/// inside if its centre is, by the half-open even-odd rule of rasterise(). Several contours of one
/// slice: repeated ones count once (files hold up to 25 copies of a contour; their rasters differ
/// by at most one voxel or 0.2 % of the larger), the others are combined by exclusive or, so that
/// holes and islands come out whether drawn as separate contours or as a keyhole.
///
/// Warnings: contours of fewer than three points ignored, repeated contours, contours that cross
/// themselves, parts outside the image cut off, slices without a contour between others.
/// Memory: that of the bounding box.
///
/// \param subject  what an error message starts with: the file and the region
/// \throws Error  geometry_mismatch if a contour lies between slices; invalid_region if one is not
///                planar or leaves any patient far behind; empty_region if no voxel is inside
RegionMask contour_mask(const std::vector<Contour>& contours, const Geometry& grid,
                        const std::string& subject);

}  // namespace radiomics
