// Rows are cut into runs of one level. A run belongs to the zone of every run of its level that it
// touches in the rows before: the previous one of its slice and three of the slice below. Zones
// that meet are united (union-find).

#include "radiomics/texture/zones.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>
#include <utility>

namespace radiomics {
namespace {

using Label = std::uint32_t;
constexpr Label unlabelled = std::numeric_limits<Label>::max();

/// Labels of runs, and what is known of the zones: a union-find forest in which parents have
/// smaller labels than their children.
class ZoneForest {
 public:
  /// The zone of a run that was in `mine` (or none yet) and touches one of zone `other`.
  Label join(Label mine, Label other) {
    other = root(other);
    if (mine == unlabelled) return other;
    mine = root(mine);
    const auto [parent, child] = std::minmax(mine, other);
    return parents_[child] = parent;
  }

  /// Adds a run to the zone with this label, or to a new one. \return the label
  Label add(Label label, const Zone& run) {
    if (label != unlabelled) {
      grow(zones_[label], run);
      return label;
    }
    parents_.push_back(Label(zones_.size()));
    zones_.push_back(run);
    return parents_.back();
  }

  /// The zones; the forest is then empty.
  std::vector<Zone> take() {
    std::size_t count = 0;
    for (std::size_t i = zones_.size(); i-- > 0;)  // children before their parents
      if (parents_[i] == i)
        ++count;
      else
        grow(zones_[parents_[i]], zones_[i]);
    std::vector<Zone> result;
    result.reserve(count);
    for (std::size_t i = 0; i < zones_.size(); ++i)
      if (parents_[i] == i) result.push_back(zones_[i]);
    parents_.clear();
    zones_.clear();
    return result;
  }

 private:
  static void grow(Zone& zone, const Zone& part) {
    zone.size += part.size;
    zone.distance = std::min(zone.distance, part.distance);
  }

  Label root(Label label) {
    while (parents_[label] != label) label = parents_[label] = parents_[parents_[label]];
    return label;
  }

  std::vector<Label> parents_;
  std::vector<Zone> zones_;
};

/// Voxels first .. last of a row, all of one level, and the labels of their zones.
struct Run {
  int first, last;
  std::uint16_t level;
  Label in_slice = unlabelled, in_volume = unlabelled;
};

/// The runs of a slice, row after row.
struct SliceRuns {
  std::vector<Run> runs;
  std::vector<std::size_t> row_starts;  ///< per row, and the end of the last

  std::span<Run> row(int y) {
    return std::span(runs).subspan(row_starts[y], row_starts[y + 1] - row_starts[y]);
  }
};

/// Visits all pairs of runs of two neighbouring rows that have the same level and touch, be it at a
/// corner. Both rows are sorted; a run is looked at again only where it spans several others.
template <class See>
void for_each_touching(std::span<const Run> before, std::span<Run> row, See see) {
  auto start = before.begin();
  for (Run& run : row) {
    while (start != before.end() && start->last < run.first - 1) ++start;
    for (auto other = start; other != before.end() && other->first <= run.last + 1; ++other)
      if (other->level == run.level) see(run, *other);
  }
}

class ZoneFinder {
 public:
  ZoneFinder(const GreyLevels& region, const BorderDistances& distances, bool slices, bool volume)
      : levels_(region.levels), distances_(distances), slices_(slices), volume_(volume) {
    result_.level_count = region.level_count;
    here_.row_starts.assign(levels_.geometry().size[1] + 1, 0);
    below_ = here_;
  }

  Zones find() {
    const auto [width, height, depth] = levels_.geometry().size;
    for (int z = 1; z < depth - 1; ++z) {
      std::swap(below_, here_);
      here_.runs.clear();
      for (int y = 1; y < height - 1; ++y) {
        here_.row_starts[y] = here_.runs.size();
        cut_row(y, z);
        here_.row_starts[y + 1] = here_.runs.size();
        link_row(y);
        label_row(y, z);
      }
      here_.row_starts[height] = here_.runs.size();  // the last row is border
      if (auto zones = in_slice_.take(); !zones.empty()) result_.slices.push_back(std::move(zones));
    }
    result_.volume = in_volume_.take();
    return std::move(result_);
  }

 private:
  void cut_row(int y, int z) {
    const std::uint16_t* row = &levels_(0, y, z);
    const int width = levels_.geometry().size[0];
    for (int x = 1; x < width - 1; ++x) {
      if (row[x] == 0) continue;
      const int first = x;
      while (row[x + 1] == row[first]) ++x;  // ends at the border, whose level is 0
      here_.runs.push_back({first, x, row[first]});
    }
  }

  void link_row(int y) {
    const std::span<Run> row = here_.row(y);
    if (row.empty()) return;
    for_each_touching(here_.row(y - 1), row, [this](Run& run, const Run& other) {
      if (slices_) run.in_slice = in_slice_.join(run.in_slice, other.in_slice);
      if (volume_) run.in_volume = in_volume_.join(run.in_volume, other.in_volume);
    });
    if (!volume_) return;
    for (int neighbour = y - 1; neighbour <= y + 1; ++neighbour)
      for_each_touching(below_.row(neighbour), row, [this](Run& run, const Run& other) {
        run.in_volume = in_volume_.join(run.in_volume, other.in_volume);
      });
  }

  void label_row(int y, int z) {
    for (Run& run : here_.row(y)) {
      if (slices_) run.in_slice = in_slice_.add(run.in_slice, zone(run, distances_.in_slice, y, z));
      if (volume_)
        run.in_volume = in_volume_.add(run.in_volume, zone(run, distances_.in_volume, y, z));
    }
  }

  static Zone zone(const Run& run, const Volume<std::uint16_t>& distances, int y, int z) {
    const std::uint16_t* row = &distances(0, y, z);
    return {run.level, *std::min_element(row + run.first, row + run.last + 1),
            std::uint32_t(run.last - run.first + 1)};
  }

  const Volume<std::uint16_t>& levels_;
  const BorderDistances& distances_;
  bool slices_, volume_;  ///< what was asked
  SliceRuns below_, here_;
  ZoneForest in_slice_, in_volume_;
  Zones result_;
};

}  // namespace

Zones find_zones(const GreyLevels& region, const BorderDistances& distances,
                 std::span<const Aggregation> asked) {
  assert(region.border >= 1);
  assert(distances.in_volume.geometry().size == region.levels.geometry().size);
  const auto is_asked = [&](Aggregation a) { return std::ranges::find(asked, a) != asked.end(); };
  const bool slices = is_asked(Aggregation::slices_2d) || is_asked(Aggregation::slices_merged_25d);
  return ZoneFinder(region, distances, slices, is_asked(Aggregation::volume_3d)).find();
}

}  // namespace radiomics
