#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace radiomics {

/// A corner of pixels: pixel (column, row) covers the square from (column, row) to
/// (column + 1, row + 1).
using PixelCorner = std::array<int, 2>;

/// A closed line along the edges of pixels: the corners where it turns, in order; the last is
/// joined to the first. The region lies on its right as drawn with rows downwards: outer borders
/// run clockwise, borders of holes counter-clockwise.
using Outline = std::vector<PixelCorner>;

/// The borders of all pixels that are not 0, exactly on their edges: no smoothing, so that what is
/// seen is what is measured. Pixels that touch at a corner only are apart (4-connected).
///
/// \param pixels  row by row from the top, `columns` each
/// \return outlines in the order of their topmost, then leftmost corner
/// Cost: linear in the number of pixels.
std::vector<Outline> outlines(std::span<const std::uint8_t> pixels, int columns);

}  // namespace radiomics
