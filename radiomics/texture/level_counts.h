#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "radiomics/core/aggregation.h"

namespace radiomics {

/// A matrix of counts by grey level and a second property, of which only the counts that occur are
/// kept: how often what has that level (zones, voxels) has that value (a size, a distance).
///
/// It carries all that features need, so that a feature value can be the mean over matrices: the
/// level count of the whole region, also in the matrix of one slice, and the voxels counted in it,
/// summed over slices when they are merged.
struct LevelCounts {
  struct Entry {
    int level;           ///< grey level i; >= 1
    std::int64_t value;  ///< the second property j; >= 1
    std::int64_t count;  ///< > 0
  };
  struct Marginal {
    std::int64_t value;  ///< a grey level or a value of the second property
    std::int64_t count;  ///< summed over the other; > 0
  };
  std::vector<Entry> entries;    ///< by increasing level, then value
  std::vector<Marginal> levels;  ///< counts per grey level, by increasing level
  std::vector<Marginal> values;  ///< counts per value, by increasing value
  int level_count = 0;           ///< highest level of the region (N_g)
  std::int64_t total = 0;        ///< sum of the counts (N_s)
  std::int64_t voxel_count = 0;  ///< voxels that the matrix describes (N_v)
};

/// Counts into a matrix. Values up to a limit have a cell each, so that counting them costs an
/// addition; larger ones are listed, and sorted when the matrix is taken.
class LevelCounter {
 public:
  /// For grey levels 1 to `level_count` and any values, with cells for those up to
  /// `largest_with_cell`.
  LevelCounter(int level_count, int largest_with_cell);

  /// Counts something that stands for `voxels` voxels.
  void add(int level, std::int64_t value, std::int64_t voxels) {
    ++per_level_[level];
    voxel_count_ += voxels;
    if (value < cells_per_level_)
      ++cells_[level * cells_per_level_ + value];
    else
      large_.push_back({level, value, 1});
  }
  /// Adds a matrix to that under construction.
  void add(const LevelCounts& matrix);

  /// The matrix of what was counted since the last call.
  ///
  /// Time: a step per level of the region, one per cell of the levels that occur, and a sort of the
  /// values without cells.
  LevelCounts take();

 private:
  void take_cells(int level, LevelCounts& matrix);

  std::int64_t cells_per_level_;
  std::vector<std::int64_t> cells_;      ///< by level, then value
  std::vector<std::int64_t> per_level_;  ///< counts, of whatever value
  std::vector<LevelCounts::Entry> large_;
  std::int64_t voxel_count_ = 0;
};

/// Counts into the matrices of the aggregations of kind spatial: slice after slice and, at the same
/// time or not, the volume.
class SpatialCounter {
 public:
  /// \param largest_with_cell  as in LevelCounter
  SpatialCounter(int level_count, int largest_with_cell, std::span<const Aggregation> asked);

  LevelCounter& slice() { return slice_; }
  LevelCounter& volume() { return volume_; }
  void end_slice();

  /// For each asked aggregation its matrices: one per slice for slices_2d, else one; matrices
  /// without counts are left out. To be called once.
  std::map<Aggregation, std::vector<LevelCounts>> take();

 private:
  std::map<Aggregation, std::vector<LevelCounts>> result_;
  LevelCounter slice_, merged_, volume_;
};

}  // namespace radiomics
