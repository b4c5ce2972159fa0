#pragma once

#include <array>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "radiomics/core/geometry.h"

namespace radiomics {

using Triangles = std::vector<std::array<int, 3>>;

/// Whether every side of a triangle belongs to exactly one other, in the opposite direction.
inline bool is_closed(const Triangles& triangles) {
  std::set<std::pair<int, int>> sides;
  for (const auto& triangle : triangles)
    for (int i = 0; i < 3; ++i)
      if (!sides.insert({triangle[i], triangle[(i + 1) % 3]}).second) return false;
  for (const auto& [from, to] : sides)
    if (!sides.contains({to, from})) return false;
  return true;
}

/// Vertices less sides plus triangles: 2 for each closed surface without a handle.
inline int euler_characteristic(std::size_t vertex_count, const Triangles& triangles) {
  std::set<std::pair<int, int>> sides;
  for (const auto& triangle : triangles)
    for (int i = 0; i < 3; ++i) sides.insert(std::minmax({triangle[i], triangle[(i + 1) % 3]}));
  return int(vertex_count) - int(sides.size()) + int(triangles.size());
}

}  // namespace radiomics
