#include "radiomics/texture/level_counts.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace radiomics {
namespace {

using Entry = LevelCounts::Entry;
using Marginal = LevelCounts::Marginal;

/// Sorts by level, then value, and makes one entry of those that agree in both.
void combine(std::vector<Entry>& entries) {
  const auto place = [](const Entry& entry) { return std::tie(entry.level, entry.value); };
  std::ranges::sort(entries, {}, place);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (kept > 0 && place(entries[kept - 1]) == place(entries[i]))
      entries[kept - 1].count += entries[i].count;
    else
      entries[kept++] = entries[i];
  entries.resize(kept);
}

/// Counts per value, whatever the level.
/// \param cell_count  values below it are counted in cells, not sorted
std::vector<Marginal> count_values(const std::vector<Entry>& entries, std::int64_t cell_count) {
  std::vector<std::int64_t> cells(cell_count);
  std::vector<Entry> large;
  for (const auto& [level, value, count] : entries)
    if (value < cell_count)
      cells[value] += count;
    else
      large.push_back({0, value, count});
  combine(large);
  std::vector<Marginal> values;
  for (std::size_t value = 1; value < cells.size(); ++value)
    if (cells[value] > 0) values.push_back({std::int64_t(value), cells[value]});
  for (const Entry& entry : large) values.push_back({entry.value, entry.count});
  return values;
}

}  // namespace

LevelCounter::LevelCounter(int level_count, int largest_with_cell)
    : cells_per_level_(largest_with_cell + 1),
      cells_((level_count + 1) * cells_per_level_),
      per_level_(level_count + 1) {}

void LevelCounter::add(const LevelCounts& matrix) {
  for (const Entry& entry : matrix.entries)
    if (entry.value < cells_per_level_)
      cells_[entry.level * cells_per_level_ + entry.value] += entry.count;
    else
      large_.push_back(entry);
  for (const auto& [level, count] : matrix.levels) per_level_[level] += count;
  voxel_count_ += matrix.voxel_count;
}

void LevelCounter::take_cells(int level, LevelCounts& matrix) {
  for (std::int64_t value = 1; value < cells_per_level_; ++value)
    if (const auto count = std::exchange(cells_[level * cells_per_level_ + value], 0); count > 0)
      matrix.entries.push_back({level, value, count});
}

LevelCounts LevelCounter::take() {
  LevelCounts matrix;
  matrix.level_count = int(per_level_.size()) - 1;
  matrix.voxel_count = std::exchange(voxel_count_, 0);
  combine(large_);
  auto large = large_.begin();
  for (int level = 1; level <= matrix.level_count; ++level) {
    const std::int64_t count = std::exchange(per_level_[level], 0);
    if (count == 0) continue;
    matrix.levels.push_back({level, count});
    matrix.total += count;
    take_cells(level, matrix);
    for (; large != large_.end() && large->level == level; ++large)
      matrix.entries.push_back(*large);
  }
  large_.clear();
  matrix.values = count_values(matrix.entries, cells_per_level_);
  return matrix;
}

SpatialCounter::SpatialCounter(int level_count, int largest_with_cell,
                               std::span<const Aggregation> asked)
    : slice_(level_count, largest_with_cell), merged_(slice_), volume_(slice_) {
  for (const Aggregation aggregation : asked) result_[aggregation];
}

void SpatialCounter::end_slice() {
  LevelCounts matrix = slice_.take();
  if (matrix.total == 0) return;
  merged_.add(matrix);
  if (const auto slices = result_.find(Aggregation::slices_2d); slices != result_.end())
    slices->second.push_back(std::move(matrix));
}

std::map<Aggregation, std::vector<LevelCounts>> SpatialCounter::take() {
  const auto append = [&](Aggregation aggregation, LevelCounter& counter) {
    const auto found = result_.find(aggregation);
    if (found == result_.end()) return;
    if (LevelCounts matrix = counter.take(); matrix.total > 0)
      found->second.push_back(std::move(matrix));
  };
  append(Aggregation::slices_merged_25d, merged_);
  append(Aggregation::volume_3d, volume_);
  return std::move(result_);
}

}  // namespace radiomics
