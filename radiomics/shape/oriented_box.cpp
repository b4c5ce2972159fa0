#include "radiomics/shape/oriented_box.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "radiomics/shape/convex_polygon.h"

namespace radiomics {
namespace {

double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector3 difference(const Vector3& a, const Vector3& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

Vector3 scaled(const Vector3& a, double factor) {
  return {factor * a[0], factor * a[1], factor * a[2]};
}

/// Twice the area of a triangle, along its normal.
Vector3 double_area(const Mesh& mesh, const std::array<int, 3>& triangle) {
  const auto& [a, b, c] = triangle;
  return cross(difference(mesh.vertices_mm[b], mesh.vertices_mm[a]),
               difference(mesh.vertices_mm[c], mesh.vertices_mm[a]));
}

/// All faces that lie in planes of one direction, on both sides of the hull.
struct Face {
  Vector3 normal;
  double area = 0;
};

/// The same direction for opposite and for almost equal normals.
std::array<long long, 3> direction_key(const Vector3& normal) {
  constexpr double steps = 1e9;  // rounding is far below a step, the angle between two faces above
  std::array<long long, 3> key;
  for (int axis = 0; axis < 3; ++axis) key[axis] = std::llround(steps * normal[axis]);
  const std::array<long long, 3> opposite{-key[0], -key[1], -key[2]};
  return std::max(key, opposite);
}

std::vector<Face> faces_of(const Mesh& hull) {
  struct Keyed {
    std::array<long long, 3> key;
    Face face;
  };
  std::vector<Keyed> all;
  for (const auto& triangle : hull.triangles) {
    const Vector3 area = double_area(hull, triangle);
    const double size = std::sqrt(dot(area, area));
    const Vector3 normal = scaled(area, 1 / size);
    all.push_back({direction_key(normal), {normal, size / 2}});
  }
  std::ranges::stable_sort(all, {}, &Keyed::key);
  std::vector<Face> faces;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (i > 0 && all[i].key == all[i - 1].key)
      faces.back().area += all[i].face.area;
    else
      faces.push_back(all[i].face);
  return faces;
}

/// Vectors by component, for sums over all of them.
class Vectors {
 public:
  explicit Vectors(std::span<const Vector3> vectors) : components_(vectors.size(), 3) {
    for (std::size_t i = 0; i < vectors.size(); ++i)
      for (int axis = 0; axis < 3; ++axis) components_(Eigen::Index(i), axis) = vectors[i][axis];
  }

  /// Their products with a vector.
  auto dot(const Vector3& v) const {
    return components_.col(0) * v[0] + components_.col(1) * v[1] + components_.col(2) * v[2];
  }

 private:
  Eigen::ArrayX3d components_;
};

/// A side of a triangle and the triangles on both sides of it.
struct Side {
  int from, to, left, right;
};

std::vector<Side> sides_of(const Mesh& hull) {
  std::vector<Side> half;
  for (int t = 0; t < int(hull.triangles.size()); ++t)
    for (int i = 0; i < 3; ++i) {
      const int a = hull.triangles[t][i], b = hull.triangles[t][(i + 1) % 3];
      half.push_back(a < b ? Side{a, b, t, -1} : Side{b, a, -1, t});
    }
  std::ranges::sort(half, {}, [](const Side& side) {
    return std::array{side.from, side.to, side.left < 0 ? 1 : 0};
  });
  std::vector<Side> sides;
  for (std::size_t i = 0; i + 1 < half.size(); i += 2)
    sides.push_back({half[i].from, half[i].to, half[i].left, half[i + 1].right});
  return sides;
}

/// The shadow of the hull along directions: a polygon.
class Shadow {
 public:
  explicit Shadow(const Mesh& hull) : hull_(hull), sides_(sides_of(hull)) {
    for (const auto& triangle : hull.triangles) normals_.push_back(double_area(hull, triangle));
    towards_.resize(normals_.size());
  }

  // Its corners are ends of sides between a triangle that faces us and one that does not. These
  // sides make a ring: the corner where each begins is enough.
  std::vector<Vector2> along(const Vector3& direction) {
    for (std::size_t t = 0; t < normals_.size(); ++t) towards_[t] = dot(normals_[t], direction) > 0;
    const Vector3 u = any_across(direction), v = cross(direction, u);
    std::vector<Vector2> points;
    for (const Side& side : sides_)
      if (towards_[side.left] != towards_[side.right]) {
        const Vector3& corner = hull_.vertices_mm[towards_[side.left] ? side.from : side.to];
        points.push_back({dot(corner, u), dot(corner, v)});
      }
    return convex_polygon(std::move(points));
  }

 private:
  static Vector3 any_across(const Vector3& direction) {
    int axis = 0;
    for (int other : {1, 2})
      if (std::abs(direction[other]) < std::abs(direction[axis])) axis = other;
    Vector3 unit{};
    unit[axis] = 1;
    const Vector3 across = cross(direction, unit);
    return scaled(across, 1 / std::sqrt(dot(across, across)));
  }

  const Mesh& hull_;
  std::vector<Side> sides_;
  std::vector<Vector3> normals_;
  std::vector<char> towards_;
};

struct Candidate {
  Vector3 normal;
  double height;
  double least_volume;  ///< of a box on this face: its rectangle holds the shadow
};

std::vector<Candidate> candidates_of(const Mesh& hull) {
  const std::vector<Face> faces = faces_of(hull);
  std::vector<Vector3> areas;  // along the normals
  for (const Face& face : faces) areas.push_back(scaled(face.normal, face.area));
  const Vectors vertices(hull.vertices_mm), surface(areas);
  std::vector<Candidate> candidates;
  for (const Face& face : faces) {
    const auto heights = vertices.dot(face.normal);
    const double height = heights.maxCoeff() - heights.minCoeff();
    const double shadow = surface.dot(face.normal).abs().sum() / 2;
    candidates.push_back({face.normal, height, height * shadow});
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::least_volume);
  return candidates;
}

}  // namespace

BoxSides smallest_box_on_a_face(const Mesh& hull) {
  Shadow shadow(hull);
  BoxSides best;
  for (const Candidate& candidate : candidates_of(hull)) {
    const bool first = best.a_mm == 0;
    if (!first && candidate.least_volume >= best.volume_mm3()) break;
    const Rectangle rectangle = smallest_rectangle(shadow.along(candidate.normal));
    const BoxSides box{candidate.height, rectangle.sides[0], rectangle.sides[1]};
    if (first || box.volume_mm3() < best.volume_mm3()) best = box;
  }
  return best;
}

}  // namespace radiomics
