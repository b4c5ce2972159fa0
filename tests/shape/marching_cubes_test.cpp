#include "radiomics/shape/marching_cubes.h"

#include <map>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

bool is_inside(int cell_case, const Index3& corner) { return cell_case >> cell_corner(corner) & 1; }

Index3 end_of(const CellEdge& edge) {
  Index3 end = edge.start;
  ++end[edge.axis];
  return end;
}

TEST(CellSurfaces, CutExactlyTheEdgesFromInsideToOutside) {
  for (int cell_case = 0; cell_case < 256; ++cell_case) {
    std::array<bool, 12> is_cut{};
    for (const auto& triangle : cell_surfaces()[cell_case])
      for (const int edge : triangle) is_cut[edge] = true;
    for (int edge = 0; edge < 12; ++edge)
      EXPECT_EQ(is_cut[edge], is_inside(cell_case, cell_edge(edge).start) !=
                                  is_inside(cell_case, end_of(cell_edge(edge))))
          << "case " << cell_case << ", edge " << edge;
  }
}

// Inside a cell a side of a triangle has another triangle or lies on a face; never both, or it
// could meet the triangles of the next cell.
TEST(CellSurfaces, EndOnTheFacesOfTheCellOnly) {
  const auto on_one_face = [](int a, int b) {
    for (int face_axis = 0; face_axis < 3; ++face_axis) {
      const CellEdge first = cell_edge(a), second = cell_edge(b);
      if (first.axis != face_axis && second.axis != face_axis &&
          first.start[face_axis] == second.start[face_axis])
        return true;
    }
    return false;
  };
  for (int cell_case = 0; cell_case < 256; ++cell_case) {
    std::map<std::pair<int, int>, int> sides;  // those in one direction less those in the other
    for (const auto& triangle : cell_surfaces()[cell_case])
      for (int i = 0; i < 3; ++i) {
        const int from = triangle[i], to = triangle[(i + 1) % 3];
        sides[std::minmax(from, to)] += from < to ? 1 : -1;
      }
    for (const auto& [side, count] : sides)
      EXPECT_EQ(std::abs(count), on_one_face(side.first, side.second) ? 1 : 0)
          << "case " << cell_case << ", edges " << side.first << ", " << side.second;
  }
}

TEST(CellSurfaces, CutOneCornerOffWithItsTriangleFacingOutwards) {
  // The corner at (0, 0, 0): the middles of its edges along x, y, z are counter-clockwise seen from
  // the opposite corner.
  const auto& surface = cell_surfaces()[1 << cell_corner({0, 0, 0})];
  ASSERT_EQ(surface.size(), 1u);
  std::array<int, 3> axes;
  for (int i = 0; i < 3; ++i) axes[i] = cell_edge(surface[0][i]).axis;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(axes[(i + 1) % 3], (axes[i] + 1) % 3);
}

TEST(CellSurfaces, KeepCornersOnADiagonalApart) {
  const int two = 1 << cell_corner({0, 0, 0}) | 1 << cell_corner({1, 1, 0});
  EXPECT_EQ(cell_surfaces()[two].size(), 2u);  // joined, they would take four triangles
}

}  // namespace
}  // namespace radiomics
