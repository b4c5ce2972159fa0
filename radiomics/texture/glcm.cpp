// The voxels are sorted by grey level, and row i of all matrices is made at once: around each voxel
// of level i both neighbours of every direction are counted by their level j. These counters are
// few enough for the fastest cache; the rows are stored as lists of entries, so that there never is
// a dense matrix. With both neighbours the row is symmetric as it stands, and only j >= i is kept.
// Voxels outside the region have level 0, which is counted and ignored: no test is needed.

#include "radiomics/texture/glcm.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "radiomics/texture/directional_matrices.h"
#include "radiomics/texture/directions.h"

namespace radiomics {
namespace {

using Places = std::span<const std::size_t>;

/// The places of all voxels of the region, by level, then place.
struct VoxelsByLevel {
  std::vector<std::size_t> places;
  std::vector<std::size_t> first;  ///< of level i in `places`; up to level_count + 1
  std::vector<int> levels;         ///< those that occur

  Places of(int level) const {
    return Places(places).subspan(first[level], first[level + 1] - first[level]);
  }
};

VoxelsByLevel sort_by_level(const GreyLevels& region) {
  const auto voxels = region.levels.voxels();
  VoxelsByLevel sorted;
  std::vector<std::size_t> next(region.level_count + 2);
  for (const std::uint16_t level : voxels) ++next[level + 1];
  next[1] = 0;  // voxels outside
  for (std::size_t level = 2; level < next.size(); ++level) {
    if (next[level] > 0) sorted.levels.push_back(int(level) - 1);
    next[level] += next[level - 1];
  }
  sorted.first = next;
  sorted.places.resize(next.back());
  for (std::size_t place = 0; place < voxels.size(); ++place)
    if (voxels[place] != 0) sorted.places[next[voxels[place]]++] = place;
  return sorted;
}

/// Makes the rows of one level after the other.
class RowBuilder {
 public:
  RowBuilder(const GreyLevels& region, DirectionalParts<Glcm>& parts)
      : levels_(region.levels.voxels().data()),
        sorted_(sort_by_level(region)),
        parts_(parts),
        slice_row_(region.level_count + 1),
        volume_row_(region.level_count + 1) {
    const Index3 size = region.levels.geometry().size;
    slice_size_ = std::size_t(size[0]) * size[1];
    for (int d = 0; d < direction_count; ++d) steps_[d] = step(directions[d], size);
  }

  void build() {
    for (std::size_t index = 0; index < sorted_.levels.size(); ++index) {
      level_ = sorted_.levels[index];
      from_level_ = std::span<const int>(sorted_.levels).subspan(index);
      const Places places = sorted_.of(level_);
      if (parts_.by_slice)
        count_slices(places);
      else
        count<0, slice_direction_count>(places, volume_row_);
      if (parts_.by_volume) count<slice_direction_count, direction_count>(places, volume_row_);
      take_volume_row(places);
    }
  }

 private:
  /// Adds the neighbours of some voxels of the same level to its row.
  template <int first, int last, class Counts>
  void count(Places places, std::vector<Counts>& row) const {
    Counts* const counts = row.data();
    for (const std::size_t place : places) {
      const std::uint16_t* centre = levels_ + place;
      for (int d = first; d < last; ++d) {
        ++counts[centre[steps_[d]]][d];
        ++counts[centre[-steps_[d]]][d];
      }
    }
  }

  void count_slices(Places places) {
    while (!places.empty()) {
      const std::size_t slice = places.front() / slice_size_;
      const auto end = std::ranges::lower_bound(places, (slice + 1) * slice_size_);
      const Places here = places.first(end - places.begin());
      count<0, slice_direction_count>(here, slice_row_);
      for (const int j : neighbour_levels(here, slice_direction_count)) {
        SliceCounts& counts = slice_row_[j];
        parts_.slices[slice].append(level_, j, counts);
        for (int d = 0; d < slice_direction_count; ++d) volume_row_[j][d] += counts[d];
        counts = {};
      }
      places = places.subspan(here.size());
    }
  }

  void take_volume_row(Places places) {
    const int counted = parts_.by_volume ? direction_count : slice_direction_count;
    for (const int j : neighbour_levels(places, counted)) {
      VolumeCounts& counts = volume_row_[j];
      parts_.slices_merged.append(level_, j, counts);
      parts_.volume.append(level_, j, counts);
      counts = {};
    }
  }

  /// The levels from the present one on, in increasing order, that may have been counted: those of
  /// the region or, if the voxels are few, those found beside them. Lower levels are never looked
  /// at again.
  std::span<const int> neighbour_levels(Places places, int counted_directions) {
    constexpr std::size_t cost_of_finding = 4;  // of one level, in looks at a counter; roughly
    if (places.size() * counted_directions * 2 * cost_of_finding > from_level_.size())
      return from_level_;
    found_.clear();
    for (const std::size_t place : places)
      for (int d = 0; d < counted_directions; ++d)
        for (const int j : {levels_[place + steps_[d]], levels_[place - steps_[d]]})
          if (j >= level_) found_.push_back(j);
    std::ranges::sort(found_);
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return found_;
  }

  const std::uint16_t* levels_;
  VoxelsByLevel sorted_;
  DirectionalParts<Glcm>& parts_;
  std::array<std::ptrdiff_t, direction_count> steps_;
  std::size_t slice_size_;
  std::vector<SliceCounts> slice_row_;    ///< by level; of the slice in work
  std::vector<VolumeCounts> volume_row_;  ///< by level
  int level_ = 0;                         ///< the row in work
  std::span<const int> from_level_;       ///< it and the higher levels of the region
  std::vector<int> found_;
};

/// Fills what is derived from the entries.
void complete(Glcm& matrix, int level_count) {
  std::vector<std::int64_t> levels(level_count + 1), sums(2 * level_count + 1),
      differences(level_count);
  for (const auto& [i, j, count] : matrix.entries) {
    const std::int64_t both = i == j ? count : 2 * count;
    levels[i] += count;
    if (i != j) levels[j] += count;
    sums[i + j] += both;
    differences[j - i] += both;
    matrix.pair_count += both;
  }
  matrix.level_count = level_count;
  matrix.levels = distribution_of(levels, matrix.pair_count);
  matrix.sums = distribution_of(sums, matrix.pair_count);
  matrix.differences = distribution_of(differences, matrix.pair_count);
  matrix.level_mean = mean(matrix.levels);
  matrix.level_entropy = entropy(matrix.levels);
  for (const auto& [i, j, count] : matrix.entries) {
    const double p = double(count) / double(matrix.pair_count);
    matrix.joint_entropy -= (i == j ? 1 : 2) * p * std::log2(p);
  }
}

}  // namespace

std::map<Aggregation, std::vector<Glcm>> glcm_matrices(const GreyLevels& region,
                                                       std::span<const Aggregation> asked) {
  DirectionalParts<Glcm> parts(asked, region.levels.geometry().size[2]);
  RowBuilder(region, parts).build();
  return parts.take([&](Glcm& matrix) { complete(matrix, region.level_count); });
}

}  // namespace radiomics
