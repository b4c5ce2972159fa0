#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/preprocess/discretise.h"
#include "radiomics/tables/csv_reader.h"
#include "radiomics/texture/directions.h"
#include "radiomics/texture/glcm.h"
#include "radiomics/texture/glrlm.h"
#include "tests/support/orientations.h"
#include "tests/support/regions.h"

namespace radiomics {

inline constexpr std::array directional{
    Aggregation::average_2d, Aggregation::slice_merged_2d, Aggregation::direction_merged_25d,
    Aggregation::merged_25d, Aggregation::average_3d,      Aggregation::merged_3d};

/// A whole matrix, in the simplest form: counts by row and column.
using Cells = std::map<std::pair<int, int>, std::int64_t>;
using CellsOf = std::map<Aggregation, std::vector<Cells>>;

inline Cells cells_of(const Glcm& matrix) {
  Cells cells;
  for (const auto& [i, j, count] : matrix.entries) cells[{i, j}] = cells[{j, i}] = count;
  return cells;
}

inline Cells cells_of(const Glrlm& matrix) {
  Cells cells;
  for (const auto& [level, length, count] : matrix.entries) cells[{level, length}] = count;
  return cells;
}

template <class Matrix>
CellsOf cells_of(const std::map<Aggregation, std::vector<Matrix>>& matrices) {
  CellsOf cells;
  for (const auto& [aggregation, built] : matrices) {
    cells[aggregation];
    for (const Matrix& matrix : built) cells[aggregation].push_back(cells_of(matrix));
  }
  return cells;
}

/// Integer intensities, taken for grey levels.
inline GreyLevels levels_of(const Region& region) {
  return discretise(region, FixedBinSize{.width = 1, .first_edge = 1});
}

inline bool is_inside(const Region& region, const Index3& voxel) {
  const Index3& size = region.image.geometry().size;
  for (int axis = 0; axis < 3; ++axis)
    if (voxel[axis] < 0 || voxel[axis] >= size[axis]) return false;
  return region.intensity(voxel[0], voxel[1], voxel[2]) != 0;
}

/// The level of a voxel; 0 outside the region.
inline int level_at(const Region& region, const Index3& voxel) {
  return is_inside(region, voxel) ? int(region.image(voxel[0], voxel[1], voxel[2])) : 0;
}

inline Index3 moved(const Index3& voxel, const Index3& direction, int count = 1) {
  return {voxel[0] + count * direction[0], voxel[1] + count * direction[1],
          voxel[2] + count * direction[2]};
}

/// A region with holes (the first voxel is none), whose levels from 1 to `level_count` are random.
inline Region ragged_region(int level_count, const Index3& size = {7, 5, 6}) {
  const Geometry grid{.size = size};
  Region region{Image(grid), Mask(grid), Mask(grid), grid};
  unsigned state = 1;
  const auto random = [&](unsigned end) {
    state = state * 1664525 + 1013904223;
    return (state >> 16) % end;
  };
  for (std::size_t i = 0; i < region.image.voxels().size(); ++i) {
    region.image.voxels()[i] = 1 + random(unsigned(level_count));
    region.intensity.voxels()[i] = i == 0 || random(4) != 0;
  }
  region.morphological = region.intensity;
  return region;
}

/// The matrices of all aggregations by definition, from count(voxel, direction, cells), which adds
/// what a voxel of the region contributes to the matrix of a direction.
template <class Count>
CellsOf by_definition(const Region& region, Count count) {
  const auto add = [](Cells& sum, const Cells& cells) {
    for (const auto& [cell, number] : cells) sum[cell] += number;
  };
  const auto [width, height, depth] = region.image.geometry().size;
  std::vector<Cells> per_direction(direction_count);
  Cells merged_25d, merged_3d;
  CellsOf result;
  for (int z = 0; z < depth; ++z) {
    Cells merged_slice;
    for (int d = 0; d < direction_count; ++d) {
      Cells cells;
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
          if (is_inside(region, {x, y, z})) count(Index3{x, y, z}, directions[d], cells);
      add(per_direction[d], cells);
      add(merged_3d, cells);
      if (d >= slice_direction_count) continue;
      add(merged_slice, cells);
      add(merged_25d, cells);
      result[Aggregation::average_2d].push_back(cells);
    }
    result[Aggregation::slice_merged_2d].push_back(merged_slice);
  }
  result[Aggregation::merged_25d] = {merged_25d};
  result[Aggregation::average_3d] = per_direction;
  result[Aggregation::merged_3d] = {merged_3d};
  per_direction.resize(slice_direction_count);
  result[Aggregation::direction_merged_25d] = per_direction;
  for (auto& [aggregation, matrices] : result)
    std::erase_if(matrices, [](const Cells& cells) { return cells.empty(); });
  return result;
}

/// The same region in a larger box, with levels around it that do not belong to it.
inline Region with_surroundings(const Region& region, int margin) {
  const Index3& size = region.image.geometry().size;
  const Geometry grid{.size = {size[0] + 2 * margin, size[1] + 2 * margin, size[2] + 2 * margin}};
  Region result{Image(grid, 2), Mask(grid), Mask(grid), grid};
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x) {
        result.image(x + margin, y + margin, z + margin) = region.image(x, y, z);
        result.intensity(x + margin, y + margin, z + margin) = region.intensity(x, y, z);
      }
  result.morphological = result.intensity;
  return result;
}

/// The place of a direction, or of its opposite, in `directions`.
inline int place_of(const Index3& direction) {
  const auto found = std::ranges::find_if(directions, [&](const Index3& known) {
    return known == direction || known == moved({}, direction, -1);
  });
  return int(found - directions.begin());
}

/// Where the axes are exchanged, so are the directions of the matrices; merged ones stay.
/// \param build  (region) to matrices
template <class Build>
void expect_matrices_follow_axes(Build build, const Region& region) {
  const CellsOf original = cells_of(build(region));
  for (const Index3& order : {Index3{1, 0, 2}, {2, 1, 0}, {1, 2, 0}}) {
    const CellsOf other = cells_of(build(reoriented(region, order)));
    EXPECT_EQ(other.at(Aggregation::merged_3d), original.at(Aggregation::merged_3d));
    for (int d = 0; d < direction_count; ++d) {
      const Index3& v = directions[d];
      const int there = place_of({v[order[0]], v[order[1]], v[order[2]]});
      EXPECT_EQ(other.at(Aggregation::average_3d).at(there),
                original.at(Aggregation::average_3d).at(d));
    }
  }
}

/// What else is asked changes no matrix.
/// \param build  (region, aggregations) to matrices; all aggregations if none are given
template <class Build>
void expect_only_asked(Build build, const Region& region) {
  const CellsOf together = cells_of(build(region));
  for (const Aggregation one : directional)
    for (const Aggregation other : directional) {
      const std::array asked{one, other};
      const CellsOf built = cells_of(build(region, asked));
      EXPECT_EQ(built.size(), one == other ? 1u : 2u);
      EXPECT_EQ(built.at(one), together.at(one)) << ibsi_code(one) << ibsi_code(other);
    }
  EXPECT_TRUE(build(region, {}).empty());
}

/// Compares the matrices of the digital phantom with a file of them. \return how many there are
inline int expect_matrices_of_file(const CellsOf& built, const std::string& name,
                                   const std::filesystem::path& file) {
  // matrix,mode,slice_1based,direction_xyz,i,j,count,ngtdm_s,equals_manual_table
  std::map<std::array<std::string, 3>, Cells> published;
  for (const auto& row : read_csv(file).rows)
    if (row[0] == name)
      published[{row[1], row[2], row[3]}][{std::stoi(row[4]), std::stoi(row[5])}] =
          std::stoi(row[6]);
  for (const auto& [key, cells] : published) {
    const auto& [mode, slice, direction] = key;
    SCOPED_TRACE(mode + " " + slice + " " + direction);
    Index3 v{};
    const bool merged = std::sscanf(direction.c_str(), "(%d,%d,%d)", &v[0], &v[1], &v[2]) != 3;
    const int s = slice.empty() ? 0 : std::stoi(slice) - 1;
    if (slice.empty())
      EXPECT_EQ(merged ? built.at(Aggregation::merged_3d).at(0)
                       : built.at(Aggregation::average_3d).at(place_of(v)),
                cells);
    else
      EXPECT_EQ(merged ? built.at(Aggregation::slice_merged_2d).at(s)
                       : built.at(Aggregation::average_2d).at(s * 4 + place_of(v)),
                cells);
  }
  return int(published.size());
}

}  // namespace radiomics
