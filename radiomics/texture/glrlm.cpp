// No run is followed to its end. A voxel knows its place in its run from that of the voxel before
// it: one more if their levels are equal, else 1. Counting the voxels by level and place counts the
// runs that are at least so long; differences of neighbouring counts are the runs of each length.
// Places are found for whole rows at a time, without branches.

#include "radiomics/texture/glrlm.h"

#include <algorithm>
#include <cstddef>

#include "radiomics/texture/directional_matrices.h"
#include "radiomics/texture/directions.h"

namespace radiomics {
namespace {

/// Numbers of voxels by level and by place in their run.
template <class Counts>
class PlaceCounter {
 public:
  explicit PlaceCounter(int level_count) : rows_(level_count + 1) {}

  /// Counters of a level by place, from 0 to at least `highest`.
  Counts* row(int level, int highest) {
    auto& row = rows_[level];
    if (std::size_t(highest) >= row.size()) row.resize(highest + 1);
    return row.data();
  }

  /// Gives the counts of each level and length to take(level, length, runs of that length, runs of
  /// at least that length), by level, then length, and starts again from 0.
  template <class Take>
  void take_all(Take take) {
    for (std::size_t level = 1; level < rows_.size(); ++level) {
      auto& row = rows_[level];
      for (std::size_t length = 1; length < row.size(); ++length) {
        Counts exactly = row[length];
        if (length + 1 < row.size())
          for (std::size_t d = 0; d < exactly.size(); ++d) exactly[d] -= row[length + 1][d];
        take(int(level), int(length), exactly, row[length]);
      }
      row.clear();
    }
  }

 private:
  std::vector<std::vector<Counts>> rows_;
};

/// The places of the voxels of one slice in their runs along each direction; those outside the
/// region are without meaning.
using SlicePlaces = std::array<std::vector<std::uint16_t>, direction_count>;

/// Part of a row: voxels first to last - 1.
struct Stretch {
  int first, last;
};

/// From the first to the last voxel of the region in a row.
Stretch inside(const std::uint16_t* row, int width) {
  Stretch stretch{0, width};
  while (stretch.last > 0 && row[stretch.last - 1] == 0) --stretch.last;
  while (stretch.first < stretch.last && row[stretch.first] == 0) ++stretch.first;
  return stretch;
}

/// \param before           levels of the voxels before those of `here`
/// \param places_before    and their places
void find_places(const std::uint16_t* here, const std::uint16_t* before,
                 const std::uint16_t* places_before, int count, std::uint16_t* places) {
  for (int x = 0; x < count; ++x)
    places[x] = std::uint16_t(places_before[x] * (here[x] == before[x]) + 1);
}

class RunCounter {
 public:
  RunCounter(const GreyLevels& region, DirectionalParts<Glrlm>& parts)
      : levels_(region.levels),
        size_(region.levels.geometry().size),
        parts_(parts),
        slice_counter_(region.level_count),
        volume_counter_(region.level_count) {
    const std::size_t slice_size = std::size_t(size_[0]) * size_[1];
    for (auto& places : here_) places.resize(slice_size);
    below_ = here_;
  }

  void count() {
    for (int z = 1; z < size_[2] - 1; ++z) {
      std::swap(here_, below_);
      for (int y = 1; y < size_[1] - 1; ++y)
        if (const auto part = inside(&levels_(0, y, z), size_[0]); part.first < part.last)
          count_row(part, y, z);
      if (parts_.by_slice) take_slice(z);
    }
    volume_counter_.take_all([&](int level, int length, const auto& runs, const auto&) {
      parts_.slices_merged.append(level, length, runs);
      parts_.volume.append(level, length, runs);
    });
  }

 private:
  void count_row(const Stretch& part, int y, int z) {
    const int used = parts_.by_volume ? direction_count : slice_direction_count;
    for (int d = 0; d < used; ++d) find_places(d, part, y, z);
    if (parts_.by_slice) count_voxels<0, slice_direction_count>(slice_counter_, part, y, z);
    if (parts_.by_slice && parts_.by_volume)
      count_voxels<slice_direction_count, direction_count>(volume_counter_, part, y, z);
    if (!parts_.by_slice && parts_.by_volume)
      count_voxels<0, direction_count>(volume_counter_, part, y, z);
    if (!parts_.by_slice && !parts_.by_volume)
      count_voxels<0, slice_direction_count>(volume_counter_, part, y, z);
  }

  void find_places(int d, const Stretch& part, int y, int z) {
    const Index3& direction = directions[d];
    const std::uint16_t* here = &levels_(part.first, y, z);
    const std::size_t start = std::size_t(y) * size_[0] + part.first;
    const auto& places_before = direction[2] == 0 ? here_[d] : below_[d];
    const std::ptrdiff_t in_slice = step({direction[0], direction[1], 0}, size_);
    radiomics::find_places(here, here - step(direction, size_),
                           places_before.data() + (std::ptrdiff_t(start) - in_slice),
                           part.last - part.first, here_[d].data() + start);
  }

  template <int first, int last, class Counts>
  void count_voxels(PlaceCounter<Counts>& counter, const Stretch& part, int y, int z) {
    const std::uint16_t* row = &levels_(0, y, z);
    std::array<const std::uint16_t*, last - first> places;
    for (int d = first; d < last; ++d)
      places[d - first] = here_[d].data() + std::size_t(y) * size_[0];
    for (int x = part.first; x < part.last; ++x) {
      if (row[x] == 0) continue;
      int highest = 0;
      for (const auto* of_direction : places) highest = std::max<int>(highest, of_direction[x]);
      Counts* counts = counter.row(row[x], highest);
      for (int d = first; d < last; ++d) ++counts[places[d - first][x]][d];
    }
  }

  void take_slice(int z) {
    slice_counter_.take_all([&](int level, int length, const auto& runs, const auto& at_least) {
      parts_.slices[z].append(level, length, runs);
      auto& counts = volume_counter_.row(level, length)[length];
      for (int d = 0; d < slice_direction_count; ++d) counts[d] += at_least[d];
    });
  }

  const Volume<std::uint16_t>& levels_;
  Index3 size_;
  DirectionalParts<Glrlm>& parts_;
  PlaceCounter<SliceCounts> slice_counter_;
  PlaceCounter<VolumeCounts> volume_counter_;
  SlicePlaces here_, below_;
};

/// Fills what is derived from the entries.
void complete(Glrlm& matrix, int level_count) {
  int longest = 0;
  for (const auto& entry : matrix.entries) longest = std::max(longest, entry.length);
  std::vector<std::int64_t> levels(level_count + 1), lengths(longest + 1);
  for (const auto& [level, length, count] : matrix.entries) {
    levels[level] += count;
    lengths[length] += count;
    matrix.run_count += count;
    matrix.voxel_count += length * count;
  }
  matrix.level_count = level_count;
  matrix.levels = distribution_of(levels, matrix.run_count);
  matrix.lengths = distribution_of(lengths, matrix.run_count);
}

}  // namespace

std::map<Aggregation, std::vector<Glrlm>> glrlm_matrices(const GreyLevels& region,
                                                         std::span<const Aggregation> asked) {
  DirectionalParts<Glrlm> parts(asked, region.levels.geometry().size[2]);
  RunCounter(region, parts).count();
  return parts.take([&](Glrlm& matrix) { complete(matrix, region.level_count); });
}

}  // namespace radiomics
