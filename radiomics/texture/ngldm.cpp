// A row of voxels is compared with its nine neighbouring rows as a whole: the loops have no
// branches, and compilers turn them into comparisons of many voxels at once.

#include "radiomics/texture/ngldm.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "radiomics/texture/row_part.h"

namespace radiomics {
namespace {

using Levels = Volume<std::uint16_t>;

constexpr int largest_dependence = 27;  // a voxel and all its neighbours

/// Adds to each dependence the number of alike voxels among three of each of the rows y - 1, y and
/// y + 1 of a slice.
template <class Alike>
void count_alike(const Levels& levels, const RowPart& part, int slice, Alike alike,
                 std::uint16_t* dependences) {
  const std::uint16_t* row = &levels(part.begin, part.y, part.z);
  const std::uint16_t* a = &levels(part.begin, part.y - 1, slice);
  const std::uint16_t* b = &levels(part.begin, part.y, slice);
  const std::uint16_t* c = &levels(part.begin, part.y + 1, slice);
  const std::ptrdiff_t count = part.end - part.begin;
  for (std::ptrdiff_t x = 0; x < count; ++x) {
    std::uint16_t sum = dependences[x];
    for (const std::uint16_t* other : {a, b, c})
      for (int step = -1; step <= 1; ++step) sum += alike(row[x], other[x + step]);
    dependences[x] = sum;
  }
}

void tally(const std::uint16_t* row, const std::vector<std::uint16_t>& dependences, int count,
           LevelCounter& counter) {
  for (int x = 0; x < count; ++x)
    if (row[x] != 0) counter.add(row[x], dependences[x], 1);
}

/// \param alike  of a level that is not 0 and another, which may be: whether they count as equal
template <class Alike>
void count_dependences(const Levels& levels, Alike alike, std::span<const Aggregation> asked,
                       SpatialCounter& counter) {
  const bool slices = needs_slices(asked), volume = needs_volume(asked);
  const auto [width, height, depth] = levels.geometry().size;
  std::vector<std::uint16_t> dependences(width);
  for (int z = 1; z < depth - 1; ++z) {
    for (int y = 1; y < height - 1; ++y) {
      const RowPart part = part_of_row(levels, y, z);
      if (part.empty()) continue;
      const int count = part.end - part.begin;
      std::fill_n(dependences.begin(), count, std::uint16_t{0});
      count_alike(levels, part, z, alike, dependences.data());
      if (slices) tally(&levels(part.begin, y, z), dependences, count, counter.slice());
      if (!volume) continue;
      count_alike(levels, part, z - 1, alike, dependences.data());
      count_alike(levels, part, z + 1, alike, dependences.data());
      tally(&levels(part.begin, y, z), dependences, count, counter.volume());
    }
    if (slices) counter.end_slice();
  }
}

}  // namespace

std::map<Aggregation, std::vector<Ngldm>> ngldm_matrices(const GreyLevels& region,
                                                         std::span<const Aggregation> asked,
                                                         const NgldmOptions& options) {
  assert(region.border >= 1 && options.alpha >= 0);
  SpatialCounter counter(region.level_count, largest_dependence, asked);
  if (options.alpha == 0)  // outside the region the level is 0, which no voxel inside has
    count_dependences(
        region.levels, [](std::uint16_t a, std::uint16_t b) { return a == b; }, asked, counter);
  else
    count_dependences(
        region.levels,
        [alpha = options.alpha](std::uint16_t a, std::uint16_t b) {
          return b != 0 && std::abs(a - b) <= alpha;
        },
        asked, counter);
  return counter.take();
}

}  // namespace radiomics
