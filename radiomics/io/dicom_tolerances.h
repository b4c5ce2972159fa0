#pragma once

namespace radiomics {

/// How exact DICOM geometry has to be. Files hold decimal numbers of at most 16 characters, often
/// rounded to 0.001 mm, sometimes to 0.1 mm; real errors (a missing slice, a tilted gantry, slices
/// that belong to another scan) are many times larger than these limits.
namespace dicom_tolerance {

/// Row and column direction: difference of their length from 1, their dot product, and the
/// difference of two slices' components. 0.001 is an angle of 0.06 degrees.
inline constexpr double direction = 1e-3;

/// Pixel spacing of two slices, relative.
inline constexpr double pixel_spacing = 1e-4;

/// Distance of a slice from its place in the evenly spaced stack, in slice spacings. A missing
/// slice gives 0.3 or more.
inline constexpr double slice_position = 0.05;

/// Two slices of one orientation whose positions along the normal differ by no more than this lie
/// in the same place: more than the rounding of decimal numbers, less than any slice spacing.
inline constexpr double same_place_mm = 0.01;

/// Difference between SpacingBetweenSlices and the distance of the positions that is worth a
/// warning, relative. The positions count.
inline constexpr double stated_spacing = 0.05;

/// Sideways distance of a slice from the line along the normal, in pixels. A gantry tilt of half a
/// degree gives as much after four slices of 3 mm.
inline constexpr double sideways = 0.1;

/// Distance of a contour or of a segment's frame from the nearest slice, and of a contour's points
/// from its plane, in slice spacings.
inline constexpr double off_slice = 0.1;

/// Distance of a segment's pixels from the centres of the image's, in voxels, at all corners.
inline constexpr double off_pixel = 0.05;

}  // namespace dicom_tolerance
}  // namespace radiomics
