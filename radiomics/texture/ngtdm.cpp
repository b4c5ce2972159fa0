// The sum over the 26 neighbours of a voxel is a sum over its 3 x 3 x 3 cube less itself, and that
// is made of sums along x, then y, then z: three additions instead of 26. Voxels outside the region
// have level 0, so that they need no special treatment.

#include "radiomics/texture/ngtdm.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace radiomics {
namespace {

/// Sum of the levels and number of the voxels of the region in some neighbourhood.
struct Neighbours {
  std::int32_t sum = 0;
  std::int32_t count = 0;

  Neighbours operator+(const Neighbours& other) const {
    return {sum + other.sum, count + other.count};
  }
  Neighbours without(std::uint16_t level) const { return {sum - level, count - 1}; }
};

/// The 3 x 3 sums (centre included) of one slice, x fastest; those of the outermost voxels, which
/// lie outside the region, stay 0.
using SliceSums = std::vector<Neighbours>;

Neighbours single(std::uint16_t level) { return {level, level != 0}; }

/// \param along_x  room for the sums of three along x, one per voxel of the slice
void sum_slice(const Volume<std::uint16_t>& levels, int z, SliceSums& along_x, SliceSums& sums) {
  const auto [width, height, depth] = levels.geometry().size;
  for (int y = 0; y < height; ++y) {
    const std::uint16_t* row = &levels(0, y, z);
    Neighbours* out = &along_x[std::size_t(y) * width];
    for (int x = 1; x < width - 1; ++x)
      out[x] = single(row[x - 1]) + single(row[x]) + single(row[x + 1]);
  }
  for (int y = 1; y < height - 1; ++y) {
    const Neighbours* row = &along_x[std::size_t(y) * width];
    Neighbours* out = &sums[std::size_t(y) * width];
    for (int x = 1; x < width - 1; ++x) out[x] = row[x - width] + row[x] + row[x + width];
  }
}

/// A matrix under construction: columns n and s, indexed by grey level.
struct Tally {
  std::vector<std::int64_t> n;
  std::vector<double> s;

  explicit Tally(int level_count) : n(level_count + 1), s(level_count + 1) {}

  void add(std::uint16_t level, const Neighbours& neighbours) {
    if (neighbours.count == 0) return;
    ++n[level];
    s[level] += std::abs(level - double(neighbours.sum) / neighbours.count);
  }
  void add(const Tally& other) {
    for (std::size_t i = 0; i < n.size(); ++i) {
      n[i] += other.n[i];
      s[i] += other.s[i];
    }
  }
};

void append_matrix(const Tally& tally, std::vector<Ngtdm>& matrices) {
  Ngtdm matrix;
  matrix.level_count = int(tally.n.size()) - 1;
  for (const std::int64_t n : tally.n) matrix.voxel_count += n;
  if (matrix.voxel_count == 0) return;
  for (int level = 1; level <= matrix.level_count; ++level)
    if (const std::int64_t n = tally.n[level]; n > 0)
      matrix.rows.push_back({level, n, double(n) / double(matrix.voxel_count), tally.s[level]});
  matrices.push_back(std::move(matrix));
}

/// Visits every voxel of a slice that belongs to the region: see(level, place in the slice).
template <class See>
void for_each_voxel(const Volume<std::uint16_t>& levels, int z, See see) {
  const std::size_t count = std::size_t(levels.geometry().size[0]) * levels.geometry().size[1];
  const std::uint16_t* slice = &levels(0, 0, z);
  for (std::size_t i = 0; i < count; ++i)
    if (slice[i] != 0) see(slice[i], i);
}

}  // namespace

std::map<Aggregation, std::vector<Ngtdm>> ngtdm_matrices(const GreyLevels& region,
                                                         std::span<const Aggregation> asked) {
  std::map<Aggregation, std::vector<Ngtdm>> result;
  for (const Aggregation aggregation : asked) result[aggregation];
  const bool by_slice = needs_slices(asked), by_volume = needs_volume(asked);

  const auto& levels = region.levels;
  const auto [width, height, depth] = levels.geometry().size;
  const std::size_t slice_size = std::size_t(width) * height;
  SliceSums along_x(slice_size);
  std::array<SliceSums, 3> sums;  // of slices z - 1, z, z + 1, at their number modulo 3
  sums.fill(SliceSums(slice_size));
  Tally merged(region.level_count), volume(region.level_count);
  if (depth > 1) sum_slice(levels, 1, along_x, sums[1]);
  for (int z = 1; z < depth - 1; ++z) {
    sum_slice(levels, z + 1, along_x, sums[(z + 1) % 3]);
    const Neighbours* below = sums[(z - 1) % 3].data();
    const Neighbours* here = sums[z % 3].data();
    const Neighbours* above = sums[(z + 1) % 3].data();
    Tally slice(region.level_count);
    for_each_voxel(levels, z, [&](std::uint16_t level, std::size_t i) {
      if (by_slice) slice.add(level, here[i].without(level));
      if (by_volume) volume.add(level, (below[i] + here[i] + above[i]).without(level));
    });
    merged.add(slice);
    if (const auto found = result.find(Aggregation::slices_2d); found != result.end())
      append_matrix(slice, found->second);
  }
  if (const auto found = result.find(Aggregation::slices_merged_25d); found != result.end())
    append_matrix(merged, found->second);
  if (const auto found = result.find(Aggregation::volume_3d); found != result.end())
    append_matrix(volume, found->second);
  return result;
}

}  // namespace radiomics
