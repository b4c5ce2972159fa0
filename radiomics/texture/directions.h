#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// One of each pair of opposite directions to the 26 neighbours at Chebyshev distance 1. The first
/// four stay within a slice: their matrices over a volume are the sums of those over its slices.
inline constexpr std::array<Index3, 13> directions{{{1, 0, 0},
                                                    {0, 1, 0},
                                                    {1, 1, 0},
                                                    {-1, 1, 0},
                                                    {0, 0, 1},
                                                    {1, 0, 1},
                                                    {-1, 0, 1},
                                                    {0, 1, 1},
                                                    {0, -1, 1},
                                                    {1, 1, 1},
                                                    {-1, -1, 1},
                                                    {1, -1, 1},
                                                    {-1, 1, 1}}};
inline constexpr int direction_count = int(directions.size());
inline constexpr int slice_direction_count = 4;

/// How far apart in memory a voxel and its neighbour in a direction are.
inline std::ptrdiff_t step(const Index3& direction, const Index3& size) {
  return (std::ptrdiff_t(direction[2]) * size[1] + direction[1]) * size[0] + direction[0];
}

/// A counter per direction: within a slice, or in 3D. The latter fills a cache line.
using SliceCounts = std::array<std::uint32_t, slice_direction_count>;
using VolumeCounts = std::array<std::uint32_t, 16>;

}  // namespace radiomics
