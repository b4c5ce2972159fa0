#include "radiomics/features/spatial_autocorrelation.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <complex>
#include <vector>

#include "radiomics/core/fft.h"

namespace radiomics {
namespace {

using Complex = std::complex<double>;

/// The three functions on voxels that are correlated: 0 outside the mask.
enum Field { inside, score, square, field_count };

/// z-scores; 0 if all intensities are equal.
struct Standardise {
  double mean, factor;

  explicit Standardise(const Sample& sample)
      : mean(sample.mean), factor(sample.moment_2 > 0 ? 1 / std::sqrt(sample.moment_2) : 0) {}
  double operator()(double x) const { return factor * (x - mean); }
};

struct ScoredVoxel {
  Vector3 place_mm;
  double score;
};

std::vector<ScoredVoxel> scored_voxels(const Region& region, const Sample& sample) {
  const Standardise standardise(sample);
  const Vector3& spacing_mm = region.image.geometry().spacing_mm;
  const Index3 size = region.image.geometry().size;
  std::vector<ScoredVoxel> voxels;
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x)
        if (region.intensity(x, y, z))
          voxels.push_back({{x * spacing_mm[0], y * spacing_mm[1], z * spacing_mm[2]},
                            standardise(region.image(x, y, z))});
  return voxels;
}

/// A box of voxels, the length to which its axes are padded so that no pair meets around the
/// corner, and the number of frequencies that differ for even functions.
struct PaddedBox {
  Box box;
  Index3 size, padded, half;
  Vector3 spacing_mm;

  explicit PaddedBox(const Region& region)
      : box(bounding_box(region.intensity)),
        size(box.size()),
        spacing_mm(region.image.geometry().spacing_mm) {
    for (int axis = 0; axis < 3; ++axis) {
      padded[axis] = fast_fft_length(2 * size[axis] - 1);
      half[axis] = padded[axis] / 2 + 1;
    }
  }
};

/// The transform of 1/distance along x, and then of y and z for two frequencies of x at a time. It
/// is real and even along every axis, as 1/distance is: only one half is kept of each axis, and two
/// real functions share a complex one, of which they remain the real and imaginary part.
class KernelTransform {
 public:
  explicit KernelTransform(const PaddedBox& grid)
      : grid_(grid),
        along_x_(std::size_t(grid.half[0]) * grid.half[1] * grid.half[2]),
        slab_(std::size_t(grid.padded[1]) * grid.padded[2]),
        along_y_({grid.padded[1], grid.half[2], 1, grid.padded[1]}),
        along_z_({grid.padded[2], grid.half[1], grid.padded[1], 1}) {
    transform_along_x();
  }

  /// Transforms what belongs to the frequencies kx (real part) and kx + 1 (imaginary part) of x.
  void load(int kx) {
    const auto [half_x, half_y, half_z] = grid_.half;
    const auto [padded_x, padded_y, padded_z] = grid_.padded;
    for (int z = 0; z < half_z; ++z)
      for (int y = 0; y < padded_y; ++y) {
        const int mirrored = std::min(y, padded_y - y);
        slab_[std::size_t(z) * padded_y + y] = {*at(kx, mirrored, z),
                                                kx + 1 < half_x ? *at(kx + 1, mirrored, z) : 0};
      }
    along_y_.forward(slab_);
    for (int z = half_z; z < padded_z; ++z) std::copy_n(row(padded_z - z), half_y, row(z));
    along_z_.forward(slab_);
  }

  /// The frequencies 0 .. half - 1 of y, after load().
  const Complex* row_of(int kz) const {
    return slab_.data() + std::size_t(std::min(kz, grid_.padded[2] - kz)) * grid_.padded[1];
  }

 private:
  double* at(int kx, int y, int z) {
    return &along_x_[(std::size_t(kx) * grid_.half[2] + z) * grid_.half[1] + y];
  }
  Complex* row(int z) { return slab_.data() + std::size_t(z) * grid_.padded[1]; }

  double weight(int x, int y, int z) const {
    const Vector3& s = grid_.spacing_mm;
    const double squared = x * s[0] * (x * s[0]) + y * s[1] * (y * s[1]) + z * s[2] * (z * s[2]);
    return squared > 0 ? 1 / std::sqrt(squared) : 0;
  }

  void transform_along_x() {
    const int length = grid_.padded[0], half_z = grid_.half[2];
    FftArray rows(std::size_t(grid_.half[1]) * length);
    const Fft fft({length, grid_.half[1], 1, length});
    for (int z = 0; z < half_z; z += 2) {
      for (int y = 0; y < grid_.half[1]; ++y)
        for (int x = 0; x < grid_.half[0]; ++x) {
          const std::size_t first = std::size_t(y) * length;
          rows[first + x] =
              rows[first + (length - x) % length] = {weight(x, y, z), weight(x, y, z + 1)};
        }
      fft.forward(rows);
      for (int y = 0; y < grid_.half[1]; ++y)
        for (int kx = 0; kx < grid_.half[0]; ++kx) {
          const Complex value = rows[std::size_t(y) * length + kx];
          *at(kx, y, z) = value.real();
          if (z + 1 < half_z) *at(kx, y, z + 1) = value.imag();
        }
    }
  }

  const PaddedBox& grid_;
  std::vector<double> along_x_;  ///< y fastest, then z, then the frequency of x
  FftArray slab_;                ///< one or two frequencies of x: y fastest
  Fft along_y_, along_z_;
};

/// The fields, transformed along x: a list of slabs (y fastest, then z) for every frequency.
class FieldSlabs {
 public:
  FieldSlabs(const PaddedBox& grid, const Region& region, const Sample& sample)
      : grid_(grid),
        slabs_(std::size_t(field_count) * grid.half[0] * grid.size[1] * grid.size[2]),
        row_count_((field_count * grid.size[1] + 1) / 2),
        rows_(std::size_t(row_count_) * grid.padded[0]) {
    const Fft fft({grid.padded[0], row_count_, 1, grid.padded[0]});
    const Standardise standardise(sample);
    for (int z = 0; z < grid.size[2]; ++z) {
      std::ranges::fill(rows_.values(), 0);
      for (int y = 0; y < grid.size[1]; ++y) fill_rows(region, standardise, y, z);
      fft.forward(rows_);
      for (int field = 0; field < field_count; ++field)
        for (int y = 0; y < grid.size[1]; ++y) store_row(field, y, z);
    }
  }

  const Complex* row_of(int field, int kx, int z) const {
    return &slabs_[((std::size_t(kx) * field_count + field) * grid_.size[2] + z) * grid_.size[1]];
  }

 private:
  // The transforms of two real rows share a complex one: row 2i is the real part, row 2i + 1 the
  // imaginary.
  double* real_row(int field, int y) {
    const int row = field * grid_.size[1] + y;
    return reinterpret_cast<double*>(&rows_[std::size_t(row / 2) * grid_.padded[0]]) + row % 2;
  }

  void fill_rows(const Region& region, const Standardise& standardise, int y, int z) {
    const auto [x0, y0, z0] = grid_.box.first;
    const std::uint8_t* mask = &region.intensity(x0, y0 + y, z0 + z);
    const double* image = &region.image(x0, y0 + y, z0 + z);
    double *ones = real_row(inside, y), *scores = real_row(score, y),
           *squares = real_row(square, y);
    for (int x = 0; x < grid_.size[0]; ++x) {
      if (mask[x] == 0) continue;
      const double value = standardise(image[x]);
      ones[2 * x] = 1;
      scores[2 * x] = value;
      squares[2 * x] = value * value;
    }
  }

  void store_row(int field, int y, int z) {
    const int length = grid_.padded[0], row = field * grid_.size[1] + y;
    const Complex* packed = &rows_[std::size_t(row / 2) * length];
    const std::size_t step = std::size_t(field_count) * grid_.size[2] * grid_.size[1];
    Complex* to = &slabs_[(std::size_t(field) * grid_.size[2] + z) * grid_.size[1] + y];
    for (int kx = 0; kx < grid_.half[0]; ++kx, to += step) {
      const Complex a = packed[kx], b = std::conj(packed[kx == 0 ? 0 : length - kx]);
      const Complex sum = a + b, difference = a - b;
      *to = row % 2 == 0 ? 0.5 * sum : Complex(0.5 * difference.imag(), -0.5 * difference.real());
    }
  }

  const PaddedBox& grid_;
  std::vector<Complex> slabs_;
  int row_count_;
  FftArray rows_;
};

/// The fields at one frequency of x, transformed along y and z.
class Slab {
 public:
  explicit Slab(const PaddedBox& grid)
      : grid_(grid),
        values_{FftArray(cells(grid)), FftArray(cells(grid)), FftArray(cells(grid))},
        along_y_({grid.padded[1], grid.size[2], 1, grid.padded[1]}),
        along_z_({grid.padded[2], grid.padded[1], grid.padded[1], 1}) {}

  void load(const FieldSlabs& fields, int kx) {
    for (int field = 0; field < field_count; ++field) {
      FftArray& values = values_[field];
      std::ranges::fill(values.values(), 0);
      for (int z = 0; z < grid_.size[2]; ++z)
        std::copy_n(fields.row_of(field, kx, z), grid_.size[1],
                    values.data() + std::size_t(z) * grid_.padded[1]);
      along_y_.forward(values);
      along_z_.forward(values);
    }
  }

  /// Sums over y of the products with the weights: those of row kz of the kernel.
  PairSums sums(const std::vector<double>& weights, int kz) const {
    const std::size_t first = std::size_t(kz) * grid_.padded[1];
    const Complex *m = &values_[inside][first], *y = &values_[score][first],
                  *q = &values_[square][first];
    PairSums sums;
    for (std::size_t k = 0; k < weights.size(); ++k) {
      sums.weights += weights[k] * std::norm(m[k]);
      sums.products += weights[k] * std::norm(y[k]);
      sums.squares += weights[k] * (m[k].real() * q[k].real() + m[k].imag() * q[k].imag());
    }
    return sums;
  }

 private:
  static std::size_t cells(const PaddedBox& grid) {
    return std::size_t(grid.padded[1]) * grid.padded[2];
  }

  const PaddedBox& grid_;
  std::array<FftArray, field_count> values_;
  Fft along_y_, along_z_;
};

void add(PairSums& to, const PairSums& sums, double factor) {
  to.weights += factor * sums.weights;
  to.products += factor * sums.products;
  to.squares += factor * sums.squares;
}

void add_pair(PairSums& sums, const ScoredVoxel& a, const ScoredVoxel& b) {
  const double w = 1 / std::hypot(a.place_mm[0] - b.place_mm[0], a.place_mm[1] - b.place_mm[1],
                                  a.place_mm[2] - b.place_mm[2]);
  sums.weights += w;
  sums.products += w * a.score * b.score;
  sums.squares += w * (a.score * a.score + b.score * b.score) / 2;
}

/// The sums at one frequency of x, of which the kernel is the real or the imaginary part.
PairSums sums_of_slab(const PaddedBox& grid, const Slab& slab, const KernelTransform& kernel,
                      bool imaginary) {
  const int length = grid.padded[1];
  std::vector<double> weights(length);
  PairSums sums;
  for (int kz = 0; kz < grid.padded[2]; ++kz) {
    const Complex* row = kernel.row_of(kz);
    for (int ky = 0; ky < grid.half[1]; ++ky)
      weights[ky] = weights[(length - ky) % length] = imaginary ? row[ky].imag() : row[ky].real();
    add(sums, slab.sums(weights, kz), 1);
  }
  return sums;
}

}  // namespace

PairSums pair_sums_one_by_one(const Region& region, const Sample& sample) {
  const std::vector<ScoredVoxel> voxels = scored_voxels(region, sample);
  PairSums sums;
  for (std::size_t k = 0; k < voxels.size(); ++k) {
    PairSums of_voxel;  // summed first: less rounding
    for (std::size_t l = 0; l < k; ++l) add_pair(of_voxel, voxels[k], voxels[l]);
    add(sums, of_voxel, 2);
  }
  return sums;
}

PairSums pair_sums_by_fft(const Region& region, const Sample& sample) {
  const PaddedBox grid(region);
  const FieldSlabs fields(grid, region, sample);
  KernelTransform kernel(grid);
  Slab slab(grid);
  PairSums sums;
  for (int kx = 0; kx < grid.half[0]; ++kx) {
    const bool imaginary = kx % 2 == 1;
    if (!imaginary) kernel.load(kx);
    slab.load(fields, kx);
    const bool is_own_mirror = kx == 0 || 2 * kx == grid.padded[0];
    add(sums, sums_of_slab(grid, slab, kernel, imaginary), is_own_mirror ? 1 : 2);
  }
  const double cells = double(grid.padded[0]) * grid.padded[1] * grid.padded[2];
  if (sample.moment_2 == 0) return {sums.weights / cells, 0, 0};  // not what rounding leaves of it
  return {sums.weights / cells, sums.products / cells, sums.squares / cells};
}

PairSums pair_sums(const Region& region, const Sample& sample) {
  const PaddedBox grid(region);
  const double cells = double(grid.padded[0]) * grid.padded[1] * grid.padded[2];
  const auto voxels = double(sample.sorted.size());
  // What a pair costs against a cell of the transform, roughly.
  const bool few = voxels * voxels <= 16 * cells;
  return few ? pair_sums_one_by_one(region, sample) : pair_sums_by_fft(region, sample);
}

}  // namespace radiomics
