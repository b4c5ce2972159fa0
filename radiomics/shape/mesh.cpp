#include "radiomics/shape/mesh.h"

#include <cmath>
#include <cstring>
#include <span>

#include "radiomics/core/mask_runs.h"
#include "radiomics/shape/marching_cubes.h"

namespace radiomics {
namespace {

Vector3 minus(const Vector3& a, const Vector3& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Which of the four voxels at (x, y..y+1, z..z+1) are inside, for all x of one row of cells; bits
/// as in the lower half of a case.
class Columns {
 public:
  Columns(const Mask& mask, const Box& box)
      : mask_(mask), box_(box), bits_(box.size()[0] + 2 + word), outside_(box.size()[0]) {}

  /// Rows y and z count from 0, which is one voxel outside of the box; so does x in the result.
  std::span<const std::uint8_t> read(int y, int z) {
    const std::uint8_t *a = row(y, z), *b = row(y + 1, z), *c = row(y, z + 1),
                       *d = row(y + 1, z + 1);
    const int size = box_.size()[0];
    for (int x = 0; x < size; ++x)
      bits_[x + 1] = (a[x] != 0) | (b[x] != 0) << 1 | (c[x] != 0) << 2 | (d[x] != 0) << 3;
    return bits_;
  }

  /// The first x from here at which a cell is not known to lie inside or outside as a whole.
  int skip(int x) const {
    while (x < box_.size()[0] + 1 && (bits_[x] == 0 || bits_[x] == 15) &&
           std::memcmp(&bits_[x], &bits_[x + 1], word) == 0)
      x += word;
    return x;
  }

 private:
  static constexpr int word = 8;

  const std::uint8_t* row(int y, int z) const {
    const Index3 size = box_.size();
    if (y == 0 || y > size[1] || z == 0 || z > size[2]) return outside_.data();
    return &mask_(box_.first[0], box_.first[1] + y - 1, box_.first[2] + z - 1);
  }

  const Mask& mask_;
  Box box_;
  std::vector<std::uint8_t> bits_;
  std::vector<std::uint8_t> outside_;
};

/// Marching cubes, layer by layer. Cells, like voxels, count from one voxel outside of the box.
class Surface {
 public:
  Surface(const Mask& mask, const Box& box)
      : spacing_mm_(mask.geometry().spacing_mm),
        box_(box),
        row_(box.size()[0] + 2),
        columns_(mask, box) {
    for (auto* plane : {&across_x_[0], &across_x_[1], &across_y_[0], &across_y_[1], &across_z_})
      plane->resize(std::size_t(row_) * (box.size()[1] + 2));
  }

  Mesh build() {
    for (int z = 0; z <= box_.size()[2]; ++z) {
      enter_layer(z);
      for (int y = 0; y <= box_.size()[1]; ++y) add_row(y, z);
    }
    return std::move(mesh_);
  }

 private:
  using Plane = std::vector<int>;  ///< numbers of vertices, by the voxel where their edge starts

  /// The edges along x and y at the top of a layer are those at the bottom of the next.
  void enter_layer(int z) {
    for (int edge = 0; edge < 12; ++edge) {
      const auto [axis, start] = cell_edge(edge);
      Plane& plane =
          axis == 2 ? across_z_ : (axis == 0 ? across_x_ : across_y_)[(z + start[2]) % 2];
      vertex_on_[edge] = plane.data() + start[1] * row_ + start[0];
    }
  }

  void add_row(int y, int z) {
    const auto columns = columns_.read(y, z);
    for (int x = columns_.skip(0); x <= box_.size()[0]; x = columns_.skip(x + 1)) {
      const int cell_case = columns[x] | columns[x + 1] << 4;
      if (cell_case != 0 && cell_case != 255) add_cell({x, y, z}, cell_case);
    }
  }

  void add_cell(const Index3& cell, int cell_case) {
    const std::size_t place = std::size_t(cell[1]) * row_ + cell[0];
    add_new_vertices(cell, cell_case, place);
    for (const auto& [a, b, c] : surfaces_[cell_case])
      mesh_.triangles.push_back({vertex_on_[a][place], vertex_on_[b][place], vertex_on_[c][place]});
  }

  /// A cell adds the vertices on the edges at its last corner; earlier cells have added the others.
  void add_new_vertices(const Index3& cell, int cell_case, std::size_t place) {
    for (int axis = 0; axis < 3; ++axis) {
      const int edge = 4 * axis + 3;
      const Index3 start = cell_edge(edge).start;
      if ((cell_case >> cell_corner(start) & 1) == cell_case >> 7) continue;
      vertex_on_[edge][place] = int(mesh_.vertices_mm.size());
      Vector3 vertex_mm;
      for (int i = 0; i < 3; ++i)
        vertex_mm[i] =
            (box_.first[i] + cell[i] + start[i] - (i == axis ? 0.5 : 1.0)) * spacing_mm_[i];
      mesh_.vertices_mm.push_back(vertex_mm);
    }
  }

  const CellSurfaces& surfaces_ = cell_surfaces();
  Vector3 spacing_mm_;
  Box box_;
  int row_;
  Columns columns_;
  std::array<Plane, 2> across_x_, across_y_;  ///< of even and odd slices
  Plane across_z_;
  std::array<int*, 12> vertex_on_{};  ///< by edge of the first cell of the layer
  Mesh mesh_;
};

}  // namespace

Mesh surface_mesh(const Mask& mask) {
  const Box box = bounding_box(mask);
  return box.empty() ? Mesh{} : Surface(mask, box).build();
}

// Tetrahedra from a vertex of the mesh, not from the origin: nothing large cancels out.
double volume_mm3(const Mesh& mesh) {
  if (mesh.triangles.empty()) return 0;
  const Vector3 apex = mesh.vertices_mm[mesh.triangles[0][0]];
  double sum = 0;
  for (const auto& [a, b, c] : mesh.triangles)
    sum += dot(minus(mesh.vertices_mm[a], apex),
               cross(minus(mesh.vertices_mm[b], apex), minus(mesh.vertices_mm[c], apex)));
  return sum / 6;
}

double area_mm2(const Mesh& mesh) {
  double sum = 0;
  for (const auto& [a, b, c] : mesh.triangles) {
    const Vector3& corner = mesh.vertices_mm[a];
    const Vector3 normal =
        cross(minus(mesh.vertices_mm[b], corner), minus(mesh.vertices_mm[c], corner));
    sum += std::sqrt(dot(normal, normal));
  }
  return sum / 2;
}

}  // namespace radiomics
