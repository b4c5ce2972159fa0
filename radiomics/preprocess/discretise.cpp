#include "radiomics/preprocess/discretise.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr int border = 1;  // the largest neighbour distance in use

struct Range {
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();
};

Range intensity_range(const Region& region) {
  Range range;
  const auto mask = region.intensity.voxels();
  for (std::size_t i = 0; i < mask.size(); ++i)
    if (const double value = region.image.voxels()[i]; mask[i])
      range = {std::min(range.lowest, value), std::max(range.highest, value)};
  return range;
}

/// The rule that gives an intensity its level: floor((x - first_edge) / width * ...) + 1, kept
/// between 1 and `highest`.
struct Levels {
  double first_edge, width, count_per_width, highest;

  double unbounded(double x) const {
    return std::floor(count_per_width * (x - first_edge) / width) + 1;
  }
  std::uint16_t operator()(double x) const {
    return std::uint16_t(std::clamp(unbounded(x), 1.0, highest));
  }
};

Levels levels_of(const Region&, const Range& range, const FixedBinSize& bins) {
  require(bins.width > 0 && std::isfinite(bins.width) && std::isfinite(bins.first_edge),
          ErrorKind::invalid_settings,
          "bin width " + to_text(bins.width) + " from " + to_text(bins.first_edge) +
              ": the width must be positive and both finite");
  Levels levels{bins.first_edge, bins.width, 1, 1};
  levels.highest = std::max(1.0, levels.unbounded(range.highest));
  require(levels.highest <= max_level_count, ErrorKind::invalid_settings,
          "bin width " + to_text(bins.width) + " makes " + to_text(levels.highest) +
              " grey levels, more than " + to_text(max_level_count) + "; choose wider bins");
  return levels;
}

Levels levels_of(const Region&, const Range& range, const FixedBinNumber& bins) {
  require(bins.count >= 1 && bins.count <= max_level_count, ErrorKind::invalid_settings,
          "number of bins " + to_text(bins.count) + " must lie between 1 and " +
              to_text(max_level_count));
  if (range.highest == range.lowest) return {range.lowest, 1, 1, 1};
  return {range.lowest, range.highest - range.lowest, double(bins.count), double(bins.count)};
}

Levels levels_of(const Region& region, const Range& range, const NoBins&) {
  const auto mask = region.intensity.voxels();
  for (std::size_t i = 0; i < mask.size(); ++i)
    if (const double value = region.image.voxels()[i];
        mask[i] && !(value >= 1 && value <= max_level_count && value == std::floor(value)))
      throw Error(ErrorKind::unsupported_data, "the intensity " + to_text(value) +
                                                   " is no grey level between 1 and " +
                                                   to_text(max_level_count) + "; choose bins");
  return {1, 1, 1, range.highest};
}

Geometry with_border(const Geometry& grid) {
  Geometry result = grid;
  result.origin_mm = position_mm(grid, Index3{-border, -border, -border});
  for (int& size : result.size) size += 2 * border;
  return result;
}

}  // namespace

GreyLevels discretise(const Region& region, const Bins& bins) {
  const Range range = intensity_range(region);
  const Levels level =
      std::visit([&](const auto& kind) { return levels_of(region, range, kind); }, bins);
  GreyLevels result;
  result.levels = Volume<std::uint16_t>(with_border(region.image.geometry()));
  result.level_count = int(level.highest);
  result.border = border;
  const Index3 size = region.image.geometry().size;
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y) {
      const double* intensity = &region.image(0, y, z);
      const std::uint8_t* inside = &region.intensity(0, y, z);
      std::uint16_t* out = &result.levels(border, y + border, z + border);
      for (int x = 0; x < size[0]; ++x) {
        if (!inside[x]) continue;
        out[x] = level(intensity[x]);
        result.below_first_edge += intensity[x] < level.first_edge;
      }
    }
  return result;
}

}  // namespace radiomics
