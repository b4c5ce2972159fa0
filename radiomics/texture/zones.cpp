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
#include <limits>
#include <utility>

#include "radiomics/texture/row_part.h"

namespace radiomics {
namespace {

using Label = std::uint32_t;

/// From a voxel to a neighbour that is visited before it.
struct Step {
  int x, y, z;
};

// All neighbours before a voxel, in any order but that the left one comes first. Then come those
// that touch many others: fewer links remain than in other orders.
constexpr std::array slice_steps{Step{-1, 0, 0}, Step{0, -1, 0}, Step{-1, -1, 0}, Step{1, -1, 0}};
constexpr std::array volume_steps{
    Step{-1, 0, 0},  Step{0, 0, -1},   Step{0, -1, 0}, Step{0, -1, -1}, Step{1, 0, -1},
    Step{-1, 0, -1}, Step{0, 1, -1},   Step{1, -1, 0}, Step{-1, -1, 0}, Step{1, -1, -1},
    Step{1, 1, -1},  Step{-1, -1, -1}, Step{-1, 1, -1}};

constexpr bool touch(Step a, Step b) {
  const auto near = [](int i, int j) { return i - j >= -1 && i - j <= 1; };
  return near(a.x, b.x) && near(a.y, b.y) && near(a.z, b.z);
}

/// The neighbours whose zones a voxel unites, and is part of: a bit per step.
using Links = std::uint16_t;

constexpr Links link(std::size_t step) { return Links(1 << step); }
constexpr Links left_link = link(0);

/// Links to the neighbours that touch one of them and come later in the list.
template <std::size_t count>
constexpr Links touched_later(const std::array<Step, count>& steps, std::size_t step) {
  Links links = 0;
  for (std::size_t i = step + 1; i < count; ++i)
    if (touch(steps[i], steps[step])) links |= link(i);
  return links;
}

/// The links of a voxel: to its neighbours of its level, but for those that touch one which is
/// earlier in the list. Two that touch are in one zone already, since the voxel visited later of
/// them had the other for a neighbour. So of those that hang together the first in the list stands
/// for all. (In the slice alone likewise: what touches there is of one slice.)
/// Where the voxels to the left and below have the level as well, only the left is linked.
/// \param row     of the voxel, at x
/// \param before  the rows that the steps lead to, shifted: the neighbours are at x
template <const auto& steps, std::size_t... i>
Links links_of(const std::uint16_t* row, const std::uint16_t* const* before, std::ptrdiff_t x,
               std::index_sequence<i...>) {
  Links alike = 0, united = 0;
  const auto see = [&](std::uint16_t level, Links step, Links touched) {
    alike |= level == row[x] ? step : Links(0);
    united |= level == row[x] ? touched : Links(0);
  };
  (see(before[i][x], link(i), touched_later(steps, i)), ...);
  return alike & ~united;
}

/// Labels, and what is known of the zones: a union-find forest in which parents have smaller labels
/// than their children.
class ZoneForest {
 public:
  /// Before so many labels are kept.
  void make_room(std::size_t count) {
    if (count_ + count < zones_.size()) return;
    zones_.resize(2 * (count_ + count));
    parents_.resize(zones_.size());
  }

  /// The label of a new zone, which has no voxels yet.
  Label propose(std::uint16_t level) {
    zones_[count_] = {level, std::numeric_limits<std::uint16_t>::max(), 0};
    return parents_[count_] = count_;
  }
  /// \param wanted  otherwise the next proposal takes the place of the last
  void keep_if(bool wanted) { count_ += wanted; }

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

/// Finds the zones of one connectivity: steps lead to the neighbours before a voxel.
template <const auto& steps>
class ZoneFinder {
 public:
  ZoneFinder(const Volume<std::uint16_t>& levels, const Volume<std::uint16_t>& distances)
      : levels_(levels),
        distances_(distances),
        links_(levels.geometry().size[0] + 1),
        labels_(2 * slice_size()) {}

  /// To be called for every slice, from the lowest.
  void label_slice(int z) {
    const auto [width, height, depth] = levels_.geometry().size;
    find_ways(z);
    for (int y = 1; y < height - 1; ++y) {
      const RowPart part = part_of_row(levels_, y, z);
      if (part.empty()) continue;
      forest_.make_room(part.end - part.begin);
      find_links(part);
      label_row(part);
    }
  }

  /// The zones since the last call.
  std::vector<Zone> take() { return forest_.take(); }

 private:
  std::size_t slice_size() const {
    return std::size_t(levels_.geometry().size[0]) * levels_.geometry().size[1];
  }
  Label* labels_of_slice(int z) { return labels_.data() + (z % 2) * slice_size(); }

  void find_ways(int z) {
    const std::ptrdiff_t to_below = labels_of_slice(z - 1) - labels_of_slice(z);
    for (std::size_t i = 0; i < steps.size(); ++i)
      ways_[i] = steps[i].x + steps[i].y * std::ptrdiff_t(levels_.geometry().size[0]) +
                 (steps[i].z == 0 ? 0 : to_below);
    ways_.back() = 0;
  }

  void find_links(const RowPart& part) {
    const std::uint16_t* row = &levels_(0, part.y, part.z);
    std::array<const std::uint16_t*, steps.size()> before;
    for (std::size_t i = 0; i < steps.size(); ++i)
      before[i] = &levels_(0, part.y + steps[i].y, part.z + steps[i].z) + steps[i].x;
    Links* links = links_.data();
    for (std::ptrdiff_t x = part.begin; x < part.end; ++x)
      links[x] = links_of<steps>(row, before.data(), x, std::make_index_sequence<steps.size()>());
    links[part.end] = 0;
  }

  void label_row(const RowPart& part) {
    const std::uint16_t* levels = &levels_(0, part.y, part.z);
    const std::uint16_t* distances = &distances_(0, part.y, part.z);
    const Links* links = links_.data();
    Label* labels = labels_of_slice(part.z) + std::size_t(part.y) * levels_.geometry().size[0];
    for (int x = part.begin; x < part.end; ++x) {
      if (levels[x] == 0) continue;
      const int first = x;
      const Label label = labels[x] = find_label(levels[x], links[x], &labels[x]);
      std::uint16_t distance = distances[x];
      while (links[x + 1] == left_link) {  // nothing new: ends behind the part at the latest
        labels[++x] = label;
        distance = std::min(distance, distances[x]);
      }
      forest_.grow(label, x - first + 1, distance);
    }
  }

  /// The label of a voxel, after uniting what it links.
  Label find_label(std::uint16_t level, Links links, Label* at) {
    // A voxel without links is linked to itself: a jump that processors could not foresee is saved.
    constexpr Links to_itself = link(steps.size());
    const Label proposed = *at = forest_.propose(level);
    Label label = forest_.root(at[ways_[std::countr_zero(Links(links | to_itself))]]);
    forest_.keep_if(label == proposed);
    for (links &= links - 1; links != 0; links &= links - 1)
      label = forest_.join(label, at[ways_[std::countr_zero(links)]]);
    return label;
  }

  const Volume<std::uint16_t>& levels_;
  const Volume<std::uint16_t>& distances_;
  std::vector<Links> links_;   ///< of a row, and one more
  std::vector<Label> labels_;  ///< of this slice and the one below; undefined where the level is 0
  /// Where the label of a linked neighbour is, from that of the voxel: by the number of the link's
  /// bit. The last is that of the voxel itself.
  std::array<std::ptrdiff_t, steps.size() + 1> ways_;
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
