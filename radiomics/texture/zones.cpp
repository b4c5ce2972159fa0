// Voxels are visited row after row and slice after slice. A voxel belongs to the zone of every
// neighbour before it that has its level; zones that meet are united (union-find). Which of those
// neighbours have to be looked at is found for a whole row at once, without branches, so that
// compilers do it for many voxels at a time; with most of them a voxel is united already.

#include "radiomics/texture/zones.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <utility>

namespace radiomics {
namespace {

using Levels = Volume<std::uint16_t>;
using Distances = Volume<std::uint16_t>;
using Label = std::uint32_t;

/// From a voxel to a neighbour that is visited before it.
struct Step {
  int x, y, z;
};

constexpr Step left{-1, 0, 0};

/// The steps to all neighbours before a voxel but the left one. Those that touch the most others
/// come first; the links below are then few.
constexpr std::array slice_steps{Step{0, -1, 0}, Step{-1, -1, 0}, Step{1, -1, 0}};
constexpr std::array volume_steps{Step{0, 0, -1}, Step{0, -1, 0},   Step{0, -1, -1},
                                  Step{1, 0, -1}, Step{-1, 0, -1},  Step{0, 1, -1},
                                  Step{1, -1, 0}, Step{-1, -1, 0},  Step{1, -1, -1},
                                  Step{1, 1, -1}, Step{-1, -1, -1}, Step{-1, 1, -1}};

/// Whether two neighbours of a voxel are neighbours of each other.
constexpr bool touch(Step a, Step b) {
  const auto near = [](int i, int j) { return i - j >= -1 && i - j <= 1; };
  return near(a.x, b.x) && near(a.y, b.y) && near(a.z, b.z);
}

/// The neighbours of a voxel whose zones its own has to be united with: a bit per neighbour.
using Links = std::uint16_t;

constexpr Links left_link = 1;
constexpr Links link(std::size_t step) { return Links(left_link << (step + 1)); }

/// \return the neighbours that touch this one, left aside
template <std::size_t count>
constexpr Links links_touching(const std::array<Step, count>& steps, Step step) {
  Links links = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (touch(steps[i], step)) links |= link(i);
  return links;
}

/// The links of a voxel. All neighbours before it have been visited: those of its level that touch
/// each other are in one zone already. So no neighbour is looked at that touches the left one or
/// another one that is looked at.
/// \param level   of the voxel
/// \param before  those of its row and of the rows that the steps lead to, at the voxel's x
template <const auto& steps, std::size_t... i>
Links links_of(const std::uint16_t* row, const std::uint16_t* const* before, std::ptrdiff_t x,
               std::index_sequence<i...>) {
  Links found = 0, united = 0;
  const auto see = [&](Links step, Links touched, std::uint16_t level) {
    const Links taken = level == row[x] ? Links(step & ~united) : Links(0);
    found |= taken;
    united |= taken != 0 ? touched : Links(0);
  };
  (see(link(i), links_touching(steps, steps[i]), before[i][x]), ...);
  const Links beside = links_touching(steps, left);
  return row[x - 1] == row[x] ? Links((found & ~beside) | left_link) : found;
}

/// A union-find forest of labels, in which parents have smaller labels than their children, and
/// what is known of their zones.
class ZoneForest {
 public:
  /// Makes room for so many more labels.
  void reserve(std::size_t count) {
    if (count_ + count <= zones_.size()) return;
    zones_.resize(2 * (count_ + count));
    parents_.resize(zones_.size());
  }

  /// The label of the next zone, which is as yet empty. It counts once it was kept.
  Label propose(std::uint16_t level) {
    zones_[count_] = {level, std::numeric_limits<std::uint16_t>::max(), 0};
    return parents_[count_] = count_;
  }
  void keep_if(bool used) { count_ += used; }

  Label root(Label label) {
    while (parents_[label] != label) label = parents_[label] = parents_[parents_[label]];
    return label;
  }

  /// \param a  a root
  /// \return   the root of both
  Label join(Label a, Label b) {
    b = root(b);
    return parents_[std::max(a, b)] = std::min(a, b);
  }

  void grow(Label label, std::uint32_t size, std::uint16_t distance) {
    Zone& zone = zones_[label];
    zone.size += size;
    zone.distance = std::min(zone.distance, distance);
  }

  /// The zones; the forest is then empty.
  std::vector<Zone> take() {
    std::size_t count = 0;
    for (Label i = count_; i-- > 0;)  // children before their parents
      if (parents_[i] == i)
        ++count;
      else
        grow(parents_[i], zones_[i].size, zones_[i].distance);
    std::vector<Zone> result;
    result.reserve(count);
    for (Label i = 0; i < count_; ++i)
      if (parents_[i] == i) result.push_back(zones_[i]);
    count_ = 0;
    return result;
  }

 private:
  Label count_ = 0;
  std::vector<Label> parents_;
  std::vector<Zone> zones_;
};

/// Labels slice after slice.
template <const auto& steps>
class ZoneFinder {
 public:
  ZoneFinder(const Levels& levels, const Distances& distances)
      : levels_(levels),
        distances_(distances),
        links_(levels.geometry().size[0]),
        labels_(2 * slice_size()) {}

  void label_slice(int z) {
    const auto [width, height, depth] = levels_.geometry().size;
    aim(z);
    for (int y = 1; y < height - 1; ++y) {
      if (!find_links(y, z)) continue;
      forest_.reserve(width);
      label_row(y, z);
    }
  }

  /// The zones since the last call.
  std::vector<Zone> take() { return forest_.take(); }

 private:
  std::size_t slice_size() const {
    return std::size_t(levels_.geometry().size[0]) * levels_.geometry().size[1];
  }
  Label* labels_of_slice(int z) { return labels_.data() + (z % 2) * slice_size(); }

  /// Finds where the labels of the neighbours are, from that of a voxel in this slice.
  void aim(int z) {
    const std::ptrdiff_t below = labels_of_slice(z - 1) - labels_of_slice(z);
    to_label_[0] = -1;
    for (std::size_t i = 0; i < steps.size(); ++i)
      to_label_[i + 1] =
          steps[i].x + steps[i].y * levels_.geometry().size[0] + (steps[i].z != 0 ? below : 0);
    to_label_[steps.size() + 1] = 0;
  }

  /// \return whether the row has voxels
  bool find_links(int y, int z) {
    const std::uint16_t* row = &levels_(0, y, z);
    const std::ptrdiff_t width = levels_.geometry().size[0];
    begin_ = 0;
    end_ = width;
    while (begin_ < end_ && row[begin_] == 0) ++begin_;
    while (begin_ < end_ && row[end_ - 1] == 0) --end_;
    std::array<const std::uint16_t*, steps.size()> before;
    for (std::size_t i = 0; i < steps.size(); ++i)
      before[i] = &levels_(0, y + steps[i].y, z + steps[i].z) + steps[i].x;
    Links* links = links_.data();
    for (std::ptrdiff_t x = begin_; x < end_; ++x)
      links[x] = links_of<steps>(row, before.data(), x, std::make_index_sequence<steps.size()>());
    return begin_ < end_;
  }

  void label_row(int y, int z) {
    const std::uint16_t* levels = &levels_(0, y, z);
    const std::uint16_t* distances = &distances_(0, y, z);
    Label* labels = labels_of_slice(z) + std::size_t(y) * levels_.geometry().size[0];
    Label label = 0;
    std::uint32_t size = 0;
    std::uint16_t distance = std::numeric_limits<std::uint16_t>::max();
    for (std::ptrdiff_t x = begin_; x < end_; ++x) {
      if (levels[x] == 0) continue;
      if (links_[x] == left_link) {
        labels[x] = label;
        ++size;
        distance = std::min(distance, distances[x]);
        continue;
      }
      forest_.grow(label, size, distance);
      labels[x] = label = find_label(levels[x], links_[x], labels + x);
      size = 1;
      distance = distances[x];
    }
    forest_.grow(label, size, distance);
  }

  Label find_label(std::uint16_t level, Links links, Label* at) {
    constexpr Links itself = link(steps.size());
    const Label own = *at = forest_.propose(level);
    Label label = forest_.root(at[to_label_[std::countr_zero(Links(links | itself))]]);
    forest_.keep_if(label == own);
    for (links &= links - 1; links != 0; links &= links - 1)
      label = forest_.join(label, at[to_label_[std::countr_zero(links)]]);
    return label;
  }

  const Levels& levels_;
  const Distances& distances_;
  std::ptrdiff_t begin_ = 0, end_ = 0;  ///< the voxels of the row
  std::vector<Links> links_;            ///< of the row
  std::vector<Label> labels_;           ///< of this slice and the one below
  std::array<std::ptrdiff_t, steps.size() + 2> to_label_;
  ZoneForest forest_;
};

}  // namespace

Zones find_zones(const GreyLevels& region, const BorderDistances& distances,
                 std::span<const Aggregation> asked) {
  assert(region.border >= 1);
  const bool slices = needs_slices(asked), volume = needs_volume(asked);
  assert(!slices || distances.in_slice.geometry().size == region.levels.geometry().size);
  assert(!volume || distances.in_volume.geometry().size == region.levels.geometry().size);
  ZoneFinder<slice_steps> in_slice(region.levels, distances.in_slice);
  ZoneFinder<volume_steps> in_volume(region.levels, distances.in_volume);
  Zones result;
  result.level_count = region.level_count;
  for (int z = 1; z < region.levels.geometry().size[2] - 1; ++z) {
    if (volume) in_volume.label_slice(z);
    if (!slices) continue;
    in_slice.label_slice(z);
    if (auto zones = in_slice.take(); !zones.empty()) result.slices.push_back(std::move(zones));
  }
  result.volume = in_volume.take();
  return result;
}

}  // namespace radiomics
