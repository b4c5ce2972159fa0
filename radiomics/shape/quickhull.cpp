#include "radiomics/shape/quickhull.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace radiomics {
namespace {

using Integer3 = std::array<std::int64_t, 3>;

Integer3 minus(const Index3& a, const Index3& b) {
  return {std::int64_t(a[0]) - b[0], std::int64_t(a[1]) - b[1], std::int64_t(a[2]) - b[2]};
}

Integer3 cross(const Integer3& a, const Integer3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

std::int64_t dot(const Integer3& a, const Integer3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

std::int64_t size_of(const Integer3& v) { return std::abs(v[0]) + std::abs(v[1]) + std::abs(v[2]); }

/// A triangle of the hull so far. Points, neighbours: numbers.
struct Facet {
  std::array<int, 3> corners;     ///< counter-clockwise seen from outside
  std::array<int, 3> neighbours;  ///< beyond the side from corner i to corner i + 1
  Integer3 normal;                ///< outwards
  std::vector<int> outside{};     ///< points above it that no other facet has
  bool removed = false;
};

/// A side of a facet that a new point does not see, next to one that it sees.
struct HorizonSide {
  int from, to;  ///< points, in the order of the facet that is seen
  int beyond;    ///< the facet that is not seen
};

/// Quickhull: of the points above a facet, take the highest, and replace the facets that it sees by
/// triangles between it and their outline (the horizon).
///
/// Only facets strictly below the point count as seen. A facet in one plane with it stays, and new
/// triangles extend it: none is flat, because a point on the line of a side sees neither or both of
/// the facets there.
class Quickhull {
 public:
  explicit Quickhull(std::span<const Index3> points)
      : points_(points), facet_from_(points.size(), -1) {}

  PointHull build() {
    const auto start = tetrahedron();
    if (!start) return {};
    add_tetrahedron(*start);
    while (!unfinished_.empty()) {
      const int facet = unfinished_.back();
      unfinished_.pop_back();
      if (!facets_[facet].removed) grow(facet);
    }
    return result();
  }

 private:
  std::int64_t height(const Facet& facet, int point) const {
    return dot(facet.normal, minus(points_[point], points_[facet.corners[0]]));
  }

  /// The point for which a measure is largest; nothing if it is 0 for all.
  template <class Measure>
  std::optional<int> largest(Measure measure) const {
    std::int64_t best = 0;
    std::optional<int> found;
    for (int point = 0; point < int(points_.size()); ++point)
      if (const std::int64_t value = measure(point); value > best) {
        best = value;
        found = point;
      }
    return found;
  }

  /// Four points that are not in one plane.
  std::optional<std::array<int, 4>> tetrahedron() const {
    const auto from_first = [&](int point) { return minus(points_[point], points_[0]); };
    const auto b = largest([&](int p) { return size_of(from_first(p)); });
    if (!b) return {};
    const auto c = largest([&](int p) { return size_of(cross(from_first(*b), from_first(p))); });
    if (!c) return {};
    const Integer3 normal = cross(from_first(*b), from_first(*c));
    const auto d = largest([&](int p) { return std::abs(dot(normal, from_first(p))); });
    if (!d) return {};
    if (dot(normal, from_first(*d)) > 0) return std::array{0, *c, *b, *d};
    return std::array{0, *b, *c, *d};
  }

  int add_facet(const std::array<int, 3>& corners) {
    const auto [a, b, c] = corners;
    const Integer3 normal = cross(minus(points_[b], points_[a]), minus(points_[c], points_[a]));
    facets_.push_back({corners, {}, normal});
    return int(facets_.size()) - 1;
  }

  /// The first three corners are counter-clockwise seen from outside; the last is below them.
  void add_tetrahedron(const std::array<int, 4>& corners) {
    const auto [a, b, c, d] = corners;
    for (const auto& facet : {std::array{a, b, c}, {b, a, d}, {c, b, d}, {a, c, d}})
      add_facet(facet);
    facets_[0].neighbours = {1, 2, 3};
    facets_[1].neighbours = {0, 3, 2};
    facets_[2].neighbours = {0, 1, 3};
    facets_[3].neighbours = {0, 2, 1};
    std::vector<int> all(points_.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = int(i);
    share_out(all, 0);
  }

  /// Gives points to the new facets that they lie above; points above none lie in the hull.
  void share_out(std::span<const int> points, int first_new) {
    for (const int point : points)
      for (int facet = first_new; facet < int(facets_.size()); ++facet)
        if (height(facets_[facet], point) > 0) {
          facets_[facet].outside.push_back(point);
          break;
        }
    for (int facet = first_new; facet < int(facets_.size()); ++facet)
      if (!facets_[facet].outside.empty()) unfinished_.push_back(facet);
  }

  void grow(int facet) {
    const int apex = *std::ranges::max_element(
        facets_[facet].outside, {}, [&](int point) { return height(facets_[facet], point); });
    std::vector<int> orphans;
    const auto horizon = remove_seen(apex, facet, orphans);
    const int first_new = int(facets_.size());
    add_cone(apex, horizon);
    share_out(orphans, first_new);
  }

  /// Removes the facets that a point sees, from one of them on, and hands over their points.
  std::vector<HorizonSide> remove_seen(int apex, int start, std::vector<int>& orphans) {
    std::vector<HorizonSide> horizon;
    std::vector<int> seen{start};
    facets_[start].removed = true;
    for (std::size_t next = 0; next < seen.size(); ++next) {
      Facet& facet = facets_[seen[next]];
      orphans.insert(orphans.end(), facet.outside.begin(), facet.outside.end());
      facet.outside = {};
      for (int side = 0; side < 3; ++side) {
        Facet& other = facets_[facet.neighbours[side]];
        if (other.removed) continue;
        if (height(other, apex) > 0) {
          other.removed = true;
          seen.push_back(facet.neighbours[side]);
        } else {
          horizon.push_back(
              {facet.corners[side], facet.corners[(side + 1) % 3], facet.neighbours[side]});
        }
      }
    }
    return horizon;
  }

  /// New facets from a point to the horizon, which is one closed ring of sides.
  void add_cone(int apex, std::span<const HorizonSide> horizon) {
    for (const auto& [from, to, beyond] : horizon) {
      const int facet = add_facet({from, to, apex});
      facets_[facet].neighbours[0] = beyond;
      facets_[beyond].neighbours[side_from(facets_[beyond], to)] = facet;
      facet_from_[from] = facet;
    }
    for (const auto& side : horizon) {
      const int facet = facet_from_[side.from], following = facet_from_[side.to];
      facets_[facet].neighbours[1] = following;
      facets_[following].neighbours[2] = facet;
    }
  }

  static int side_from(const Facet& facet, int corner) {
    return int(std::ranges::find(facet.corners, corner) - facet.corners.begin());
  }

  PointHull result() const {
    PointHull hull;
    std::vector<int> number(points_.size(), -1);
    for (const Facet& facet : facets_) {
      if (facet.removed) continue;
      auto& triangle = hull.triangles.emplace_back();
      for (int i = 0; i < 3; ++i) {
        int& vertex = number[facet.corners[i]];
        if (vertex < 0) {
          vertex = int(hull.vertices.size());
          hull.vertices.push_back(points_[facet.corners[i]]);
        }
        triangle[i] = vertex;
      }
    }
    return hull;
  }

  std::span<const Index3> points_;
  std::vector<Facet> facets_;
  std::vector<int> unfinished_;  ///< facets that may have points above them
  std::vector<int> facet_from_;  ///< by point: the new facet whose horizon side starts there
};

}  // namespace

PointHull convex_hull(std::span<const Index3> points) { return Quickhull(points).build(); }

}  // namespace radiomics
