// A sphere of voxels is a stack of rows, and the sum of a row is the difference of two prefix sums.
// Those of all rows of one width are added up first.

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "radiomics/core/mask_runs.h"
#include "radiomics/features/local_intensity.h"

namespace radiomics {
namespace {

/// The voxels (-half_width .. half_width, y, z) from the centre of the sphere, and for y or z other
/// than 0 those of (.., -y, -z).
struct SphereRows {
  int y, z, half_width;

  bool is_middle() const { return y == 0 && z == 0; }
};

struct Sphere {
  Index3 reach{};                ///< the farthest voxels along x, y, z
  std::vector<SphereRows> rows;  ///< by width
  double voxel_count = 0;
};

int steps_within(double squared_mm, double spacing_mm) {
  return int(std::floor(std::sqrt(squared_mm) / spacing_mm));
}

Sphere sphere_of(double radius_mm, const Vector3& spacing_mm) {
  Sphere sphere;
  const double squared = radius_mm * radius_mm;
  for (int axis = 0; axis < 3; ++axis) sphere.reach[axis] = steps_within(squared, spacing_mm[axis]);
  for (int z = -sphere.reach[2]; z <= sphere.reach[2]; ++z)
    for (int y = -sphere.reach[1]; y <= sphere.reach[1]; ++y) {
      const double dy = y * spacing_mm[1], dz = z * spacing_mm[2];
      const double rest = squared - dy * dy - dz * dz;
      if (rest < 0 || std::pair(z, y) < std::pair(0, 0)) continue;
      const int half_width = steps_within(rest, spacing_mm[0]);
      sphere.rows.push_back({y, z, half_width});
      sphere.voxel_count += (2 * half_width + 1) * (sphere.rows.back().is_middle() ? 1 : 2);
    }
  std::ranges::stable_sort(sphere.rows, {}, &SphereRows::half_width);
  return sphere;
}

bool exists(const Image& image, int x, int y, int z) {
  const Index3& size = image.geometry().size;
  return x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2] &&
         std::isfinite(image(x, y, z));
}

/// Sums over spheres around the voxels of a box, slice after slice: only the slices that a sphere
/// reaches are kept.
class SphereSums {
 public:
  SphereSums() = default;
  SphereSums(const Box& box, const Sphere& sphere) : sphere_(sphere) {
    for (int axis = 0; axis < 3; ++axis) {
      first_[axis] = box.first[axis] - sphere.reach[axis];
      size_[axis] = box.size()[axis] + 2 * sphere.reach[axis];
    }
    ++size_[0];  // prefix sums start with 0
    next_ = first_[2];
    kept_ = 2 * sphere.reach[2] + 1;
    prefix_sums_.resize(std::size_t(size_[0]) * size_[1] * kept_);
  }

  /// Has to be called before compute() for voxels of the slice z, which never decreases.
  /// \param value  of a voxel (x, y, z) of the box or within reach of it
  template <class Value>
  void reach(int z, Value value) {
    next_ = std::max(next_, z - sphere_.reach[2]);
    for (; next_ <= z + sphere_.reach[2]; ++next_) {
      double* row = row_at(0, next_);
      for (int y = 0; y < size_[1]; ++y, row += size_[0])
        for (int x = 0; x + 1 < size_[0]; ++x)
          row[x + 1] = row[x] + value(x + first_[0], y + first_[1], next_);
    }
  }

  /// Around as many voxels, from one on along x, as there is room for in `sums`.
  void compute(const Index3& voxel, std::span<double> sums) {
    std::ranges::fill(sums, 0);
    std::vector<double> columns;  // of prefix sums, over the rows of one width
    for (auto row = sphere_.rows.begin(); row != sphere_.rows.end();) {
      const int half_width = row->half_width, width = 2 * half_width + 1;
      columns.assign(sums.size() + std::size_t(width), 0);
      for (; row != sphere_.rows.end() && row->half_width == half_width; ++row)
        add_rows(*row, voxel, columns);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += columns[i + width] - columns[i];
    }
  }

 private:
  /// The sums of row y of those kept of slice z.
  double* row_at(int y, int z) {
    const std::size_t slice = std::size_t(z - first_[2]) % kept_;
    return &prefix_sums_[(slice * size_[1] + y) * size_[0]];
  }

  /// The sum of all values of the row before a voxel.
  const double* sum_before(int x, int y, int z) {
    return row_at(y - first_[1], z) + (x - first_[0]);
  }

  void add_rows(const SphereRows& rows, const Index3& voxel, std::vector<double>& columns) {
    const int x = voxel[0] - rows.half_width;
    const double* row = sum_before(x, voxel[1] + rows.y, voxel[2] + rows.z);
    const double* mirrored = sum_before(x, voxel[1] - rows.y, voxel[2] - rows.z);
    if (rows.is_middle())
      for (std::size_t i = 0; i < columns.size(); ++i) columns[i] += row[i];
    else
      for (std::size_t i = 0; i < columns.size(); ++i) columns[i] += row[i] + mirrored[i];
  }

  Sphere sphere_;
  Index3 first_{};  ///< voxel of the first value
  Index3 size_{};
  int next_ = 0;  ///< slice that has not been reached yet
  std::size_t kept_ = 0;
  std::vector<double> prefix_sums_;  ///< of the slice z at its number modulo kept_
};

/// Means of the voxels that exist in spheres around the voxels of a box.
class SphereMeans {
 public:
  SphereMeans(const Image& image, const Box& box)
      : image_(image),
        sphere_(sphere_of(local_intensity_radius_mm, image.geometry().spacing_mm)),
        sums_(box, sphere_),
        all_exist_(all_exist(box)) {
    if (!all_exist_) counts_ = SphereSums(box, sphere_);
  }

  /// As SphereSums::compute(), for slices that never decrease.
  void compute(const Index3& voxel, std::span<double> means) {
    const auto value = [this](int x, int y, int z) {
      return exists(image_, x, y, z) ? image_(x, y, z) : 0;
    };
    const auto count = [this](int x, int y, int z) { return exists(image_, x, y, z) ? 1.0 : 0.0; };
    sums_.reach(voxel[2], value);
    sums_.compute(voxel, means);
    voxels_.assign(means.size(), sphere_.voxel_count);
    if (!all_exist_) {
      counts_.reach(voxel[2], count);
      counts_.compute(voxel, voxels_);
    }
    for (std::size_t i = 0; i < means.size(); ++i) means[i] /= voxels_[i];
  }

 private:
  bool all_exist(const Box& box) const {
    const auto [x, y, z] = sphere_.reach;
    for (int k = box.first[2] - z; k <= box.last[2] + z; ++k)
      for (int j = box.first[1] - y; j <= box.last[1] + y; ++j)
        for (int i = box.first[0] - x; i <= box.last[0] + x; ++i)
          if (!exists(image_, i, j, k)) return false;
    return true;
  }

  const Image& image_;
  Sphere sphere_;
  SphereSums sums_;
  bool all_exist_;
  SphereSums counts_;           ///< of voxels that exist, unless all do
  std::vector<double> voxels_;  ///< of each sphere of a row
};

/// Calls visit(x, y, z, count) for every row of the mask, from its first to its last voxel.
template <class Visit>
void for_each_row(const Mask& mask, const Box& box, Visit visit) {
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y) {
      const std::uint8_t* row = &mask(0, y, z);
      int first = box.first[0], last = box.last[0];
      while (first <= last && row[first] == 0) ++first;
      while (last > first && row[last] == 0) --last;
      if (first <= last) visit(first, y, z, last - first + 1);
    }
}

}  // namespace

LocalIntensity summarise_local_intensity(const Region& region) {
  const Box box = bounding_box(region.intensity);
  SphereMeans means(region.image, box);
  std::vector<double> row(box.size()[0]);
  constexpr double lowest = -std::numeric_limits<double>::infinity();
  double highest_intensity = lowest;
  LocalIntensity result{lowest, lowest};
  for_each_row(region.intensity, box, [&](int x, int y, int z, int count) {
    means.compute({x, y, z}, std::span(row).first(count));
    for (int i = 0; i < count; ++i) {
      if (region.intensity(x + i, y, z) == 0) continue;
      const double intensity = region.image(x + i, y, z);
      result.global_peak = std::max(result.global_peak, row[i]);
      if (intensity > highest_intensity) {
        highest_intensity = intensity;
        result.local_peak = lowest;
      }
      if (intensity == highest_intensity) result.local_peak = std::max(result.local_peak, row[i]);
    }
  });
  return result;
}

}  // namespace radiomics
