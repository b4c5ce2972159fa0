#include "radiomics/shape/marching_cubes.h"

#include <bit>
#include <cmath>
#include <compare>
#include <cstdint>
#include <optional>
#include <utility>

namespace radiomics {
namespace {

using Loop = std::vector<int>;  ///< edges of the cell, in order

bool is_inside(int cell_case, const Index3& corner) { return cell_case >> cell_corner(corner) & 1; }

/// The corners of a face, counter-clockwise seen from outside the cell.
std::array<Index3, 4> face_corners(int axis, int side) {
  constexpr int around[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
  std::array<Index3, 4> corners{};
  for (int i = 0; i < 4; ++i) {
    Index3& corner = corners[side == 1 ? i : 3 - i];
    corner[axis] = side;
    corner[(axis + 1) % 3] = around[i][0];
    corner[(axis + 2) % 3] = around[i][1];
  }
  return corners;
}

int edge_between(const Index3& a, const Index3& b) {
  int axis = 0;
  while (a[axis] == b[axis]) ++axis;
  return 4 * axis + 2 * a[(axis + 2) % 3] + a[(axis + 1) % 3];
}

/// Adds the cuts on one face: next[edge] is where the surface goes on from that edge.
void add_cuts(int cell_case, const std::array<Index3, 4>& corners, std::array<int, 12>& next) {
  for (int i = 0; i < 4; ++i) {
    const auto corner = [&](int step) { return corners[(i + step) % 4]; };
    if (is_inside(cell_case, corner(0)) || !is_inside(cell_case, corner(1))) continue;
    int last = 1;
    while (is_inside(cell_case, corner(last + 1))) ++last;
    next[edge_between(corner(0), corner(1))] = edge_between(corner(last), corner(last + 1));
  }
}

std::vector<Loop> trace_loops(int cell_case) {
  std::array<int, 12> next;
  next.fill(-1);
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side) add_cuts(cell_case, face_corners(axis, side), next);
  std::vector<Loop> loops;
  for (int start = 0; start < 12; ++start) {
    Loop loop;
    for (int edge = start; next[edge] >= 0;) {
      loop.push_back(edge);
      edge = std::exchange(next[edge], -1);
    }
    if (!loop.empty()) loops.push_back(loop);
  }
  return loops;
}

/// The middle of an edge, in half steps of the grid.
Index3 middle(int edge) {
  const auto [axis, start] = cell_edge(edge);
  Index3 point{2 * start[0], 2 * start[1], 2 * start[2]};
  ++point[axis];
  return point;
}

bool on_one_face(const Index3& a, const Index3& b) {
  for (int axis = 0; axis < 3; ++axis)
    if (a[axis] == b[axis] && a[axis] != 1) return true;
  return false;
}

/// What is to be as small as possible, the first first. Whole numbers: sums and ties are exact.
struct Cost {
  int sides_on_faces = 0;
  int minus_volume_of_fewer = 0;  ///< of the side that has fewer corners
  std::int64_t area = 0;          ///< in 1e-9
  int minus_volume = 0;

  auto operator<=>(const Cost&) const = default;
  Cost operator+(const Cost& other) const {
    return {sides_on_faces + other.sides_on_faces,
            minus_volume_of_fewer + other.minus_volume_of_fewer, area + other.area,
            minus_volume + other.minus_volume};
  }
};

/// 1 if the inside has fewer corners, -1 if the outside has, 0 if both have four.
int fewer_side(int cell_case) {
  const int inside = std::popcount(unsigned(cell_case));
  return inside < 4 ? 1 : inside > 4 ? -1 : 0;
}

Cost triangle_cost(const Index3& a, const Index3& b, const Index3& c, int fewer) {
  const Index3 u{b[0] - a[0], b[1] - a[1], b[2] - a[2]}, v{c[0] - a[0], c[1] - a[1], c[2] - a[2]};
  const Index3 normal{u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2],
                      u[0] * v[1] - u[1] * v[0]};
  const int squared = normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2];
  const int volume = a[0] * normal[0] + a[1] * normal[1] + a[2] * normal[2];
  return {0, -fewer * volume, std::lround(1e9 * std::sqrt(squared)), -volume};
}

struct Filling {
  Cost cost;
  std::vector<CellTriangle> triangles;
};

/// The cheapest way to fill the part of a loop from `first` to `last` and the side that closes it.
Filling fill(const Loop& loop, std::size_t first, std::size_t last, int fewer) {
  if (last == first + 1) return {};
  const Index3 a = middle(loop[first]), b = middle(loop[last]);
  std::optional<Filling> best;
  for (std::size_t k = first + 1; k < last; ++k) {
    const Index3 c = middle(loop[k]);
    Filling filling = fill(loop, first, k, fewer);
    const Filling rest = fill(loop, k, last, fewer);
    filling.cost = filling.cost + rest.cost + triangle_cost(a, c, b, fewer);
    filling.cost.sides_on_faces += k > first + 1 && on_one_face(a, c);
    filling.cost.sides_on_faces += k + 1 < last && on_one_face(c, b);
    if (best && !(filling.cost < best->cost)) continue;
    filling.triangles.insert(filling.triangles.end(), rest.triangles.begin(), rest.triangles.end());
    filling.triangles.push_back(
        {std::uint8_t(loop[first]), std::uint8_t(loop[k]), std::uint8_t(loop[last])});
    best = std::move(filling);
  }
  return *best;
}

CellSurfaces derive_surfaces() {
  CellSurfaces surfaces;
  for (int cell_case = 0; cell_case < 256; ++cell_case)
    for (const Loop& loop : trace_loops(cell_case))
      for (const CellTriangle& triangle :
           fill(loop, 0, loop.size() - 1, fewer_side(cell_case)).triangles)
        surfaces[cell_case].push_back(triangle);
  return surfaces;
}

}  // namespace

const CellSurfaces& cell_surfaces() {
  static const CellSurfaces surfaces = derive_surfaces();
  return surfaces;
}

}  // namespace radiomics
