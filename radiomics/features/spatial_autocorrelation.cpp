#include "radiomics/features/spatial_autocorrelation.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <complex>
#include <vector>

#include "radiomics/core/fft.h"
#include "radiomics/core/mask_runs.h"

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

void add(PairSums& to, const PairSums& sums, double factor) {
  to.weights += factor * sums.weights;
  to.products += factor * sums.products;
  to.squares += factor * sums.squares;
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
    // A longer x is paid for in all transforms, of which few are along x.
    padded = {smooth_fft_length(2 * size[0] - 1), fast_fft_length(2 * size[1] - 1),
              fast_fft_length(2 * size[2] - 1)};
    for (int axis = 0; axis < 3; ++axis) half[axis] = padded[axis] / 2 + 1;
  }
};

/// Numbers that share a line of the cache: what is read or written across rows is, for speed, in
/// blocks of so many.
constexpr int line = 4;

/// Calls visit(i, repeat) for all i below `count` and all repeats: all of these for one line of i
/// before the next line.
template <class Visit>
void for_each_in_lines(int count, int repeats, Visit visit) {
  for (int first = 0; first < count; first += line)
    for (int repeat = 0; repeat < repeats; ++repeat)
      for (int i = first; i < std::min(first + line, count); ++i) visit(i, repeat);
}

/// Transforms a slab along y, row by row, and then along z, a line of columns at a time.
class SlabTransform {
 public:
  /// \param size  how many rows are not 0
  SlabTransform(int padded_y, int padded_z, int size)
      : size_(size),
        row_(std::size_t(padded_y + line - 1) / line * line),
        lines_(row_.values().size() * size),
        columns_(std::size_t(line) * padded_z),
        along_y_({padded_y, 1, 1, 0}),
        along_z_({padded_z, line, line, 1}) {}

  /// \param row  of padded length, in an FftArray
  void load_row(const Complex* row, int z) {
    along_y_.forward(row, row_.data());
    for (std::size_t y = 0; y < row_.values().size(); y += line)
      std::copy_n(&row_[y], line, &lines_[y * size_ + std::size_t(z) * line]);
  }

  /// A line of columns from y on, a multiple of a line; z fastest, and of padded length. Columns
  /// beyond the last are 0.
  void transform_columns(int y, Complex* columns) {
    std::copy_n(&lines_[std::size_t(y) * size_], size_ * line, columns_.data());
    along_z_.forward(columns_.data(), columns);
  }

  /// The same if row z is also row padded_z - z.
  void transform_even_columns(int y, Complex* columns) {
    const Complex* rows = &lines_[std::size_t(y) * size_];
    for (int z = 1; z < size_; ++z)
      std::copy_n(rows + z * line, line, columns_.values().end() - z * line);
    transform_columns(y, columns);
  }

 private:
  int size_;
  FftArray row_;
  FftArray lines_;    ///< of rows: the first lines of all rows, then the second, ...
  FftArray columns_;  ///< a line of them before their transform: z slowest
  Fft along_y_, along_z_;
};

/// The transform of 1/distance along x, and then of y and z for two frequencies of x at a time. It
/// is real and even along every axis, as 1/distance is: only one half is kept of each axis, and two
/// real functions share a complex one, of which they remain the real and imaginary part.
class KernelTransform {
 public:
  explicit KernelTransform(const PaddedBox& grid)
      : grid_(grid),
        along_x_(std::size_t(grid.half[0]) * grid.half[1] * grid.half[2]),
        row_(grid.padded[1]),
        slab_(grid.padded[1], grid.padded[2], grid.half[2]),
        columns_(std::size_t(grid.half[1] + line) * grid.padded[2]) {
    transform_along_x();
  }

  /// Transforms what belongs to the frequencies kx (real part) and kx + 1 (imaginary part) of x.
  void load(int kx) {
    const auto [half_x, half_y, half_z] = grid_.half;
    const auto [padded_x, padded_y, padded_z] = grid_.padded;
    for (int z = 0; z < half_z; ++z) {
      const double *real = row_along_x(kx, z),
                   *imaginary = row_along_x(kx + 1 < half_x ? kx + 1 : kx, z);
      for (int y = 0; y < half_y; ++y)
        row_[y] = row_[y == 0 ? 0 : padded_y - y] = {real[y], imaginary[y]};
      slab_.load_row(row_.data(), z);
    }
    for (int y = 0; y < half_y; y += line)
      slab_.transform_even_columns(y, &columns_[std::size_t(y) * padded_z]);
  }

  /// All frequencies of z, after load().
  const Complex* column_of(int ky) const {
    return &columns_[std::size_t(std::min(ky, grid_.padded[1] - ky)) * grid_.padded[2]];
  }

 private:
  double* row_along_x(int kx, int z) {
    return &along_x_[(std::size_t(kx) * grid_.half[2] + z) * grid_.half[1]];
  }

  void compute_weights(int y, int z, std::vector<double>& weights) const {
    const Vector3& s = grid_.spacing_mm;
    const double rest = y * s[1] * (y * s[1]) + z * s[2] * (z * s[2]);
    for (int x = 0; x < grid_.half[0]; ++x)
      weights[x] = 1 / std::sqrt(x * s[0] * (x * s[0]) + rest);
    if (rest == 0) weights[0] = 0;  // no pair
  }

  void transform_along_x() {
    const int half_x = grid_.half[0], half_y = grid_.half[1], half_z = grid_.half[2];
    const int length = grid_.padded[0];
    FftArray rows(std::size_t(half_y) * length), transformed(std::size_t(half_y) * length);
    std::vector<double> even(half_x), odd(half_x);
    const Fft fft({length, half_y, 1, length});
    for (int z = 0; z < half_z; z += 2) {
      for (int y = 0; y < half_y; ++y) {
        compute_weights(y, z, even);
        compute_weights(y, z + 1, odd);
        Complex* row = &rows[std::size_t(y) * length];
        for (int x = 0; x < half_x; ++x) row[x] = row[x == 0 ? 0 : length - x] = {even[x], odd[x]};
      }
      fft.forward(rows.data(), transformed.data());
      for_each_in_lines(half_x, half_y, [&](int kx, int y) {
        const Complex value = transformed[std::size_t(y) * length + kx];
        row_along_x(kx, z)[y] = value.real();
        if (z + 1 < half_z) row_along_x(kx, z + 1)[y] = value.imag();
      });
    }
  }

  const PaddedBox& grid_;
  std::vector<double> along_x_;  ///< y fastest, then z, then the frequency of x
  FftArray row_;
  SlabTransform slab_;
  FftArray columns_;  ///< one or two frequencies of x: z fastest
};

/// The fields, transformed along x: a list of slabs (y fastest, then z) for each of some
/// frequencies. They are most of what a region takes of memory, and little of its time: those of a
/// large box are transformed twice, and each time one half is kept.
class FieldSlabs {
 public:
  FieldSlabs(const PaddedBox& grid, const Region& region, const Sample& sample)
      : grid_(grid),
        region_(region),
        standardise_(sample),
        pairs_((grid.size[1] + 1) / 2),
        slab_size_(std::size_t(field_count) * grid.size[2] * 2 * pairs_),
        kept_(frequencies_at_once(grid.half[0], slab_size_)),
        slabs_(kept_ * slab_size_),
        rows_(std::size_t(field_count) * pairs_ * grid.padded[0]),
        transformed_(std::size_t(field_count) * pairs_ * grid.padded[0]),
        fft_({grid.padded[0], field_count * pairs_, 1, grid.padded[0]}) {
    load(0);
  }

  /// Has to be called before row_of() for the frequency kx, which never decreases.
  void reach(int kx) {
    if (kx >= first_ + kept_) load(kx);
  }

  const Complex* row_of(int field, int kx, int z) const {
    return &slabs_[(kx - first_) * slab_size_ +
                   (std::size_t(field) * grid_.size[2] + z) * 2 * pairs_];
  }

 private:
  static int frequencies_at_once(int count, std::size_t slab_size) {
    constexpr std::size_t large = std::size_t(32) << 20;  // bytes
    if (count * slab_size * sizeof(Complex) < large) return count;
    return std::min(count, ((count + 1) / 2 + line - 1) / line * line);
  }

  void load(int kx) {
    first_ = kx;
    for (int z = 0; z < grid_.size[2]; ++z) {
      for (int y = 0; y < grid_.size[1]; ++y) fill_rows(y, z);
      fft_.forward(rows_.data(), transformed_.data());
      for (int field = 0; field < field_count; ++field) store_rows(field, z);
    }
  }

  // The transforms of two real rows share a complex one: row 2i is the real part, row 2i + 1 the
  // imaginary.
  double* real_row(int field, int y) {
    const std::size_t pair = std::size_t(field) * pairs_ + y / 2;
    return reinterpret_cast<double*>(&rows_[pair * grid_.padded[0]]) + y % 2;
  }

  void fill_rows(int y, int z) {
    const auto [x0, y0, z0] = grid_.box.first;
    const std::uint8_t* mask = &region_.intensity(x0, y0 + y, z0 + z);
    const double* image = &region_.image(x0, y0 + y, z0 + z);
    double *ones = real_row(inside, y), *scores = real_row(score, y),
           *squares = real_row(square, y);
    for (int x = 0; x < grid_.size[0]; ++x) {
      const double value = mask[x] ? standardise_(image[x]) : 0;
      ones[2 * x] = mask[x] ? 1 : 0;
      scores[2 * x] = value;
      squares[2 * x] = value * value;
    }
  }

  void store_rows(int field, int z) {
    const int length = grid_.padded[0];
    const Complex* packed = &transformed_[std::size_t(field) * pairs_ * length];
    Complex* const slab = &slabs_[(std::size_t(field) * grid_.size[2] + z) * 2 * pairs_];
    for_each_in_lines(std::min(kept_, grid_.half[0] - first_), pairs_, [&](int i, int pair) {
      const Complex* row = packed + std::size_t(pair) * length;
      const int kx = first_ + i;
      const Complex a = row[kx], b = std::conj(row[kx == 0 ? 0 : length - kx]);
      const Complex sum = a + b, difference = a - b;
      Complex* to = slab + i * slab_size_ + 2 * pair;
      to[0] = 0.5 * sum;
      to[1] = {0.5 * difference.imag(), -0.5 * difference.real()};
    });
  }

  const PaddedBox& grid_;
  const Region& region_;
  Standardise standardise_;
  int pairs_;  ///< of rows
  std::size_t slab_size_;
  int first_ = 0;  ///< frequency of those that are kept
  int kept_;       ///< so many
  FftArray slabs_;
  FftArray rows_, transformed_;
  Fft fft_;
};

/// The fields at one frequency of x, transformed along y and z, and what is summed of them.
class Slab {
 public:
  explicit Slab(const PaddedBox& grid)
      : grid_(grid),
        row_(grid.padded[1]),
        slabs_{slab(grid), slab(grid), slab(grid)},
        columns_{columns(grid), columns(grid), columns(grid)},
        weights_(2 * std::size_t(grid.padded[2])),
        sums_{weights_, weights_, weights_} {}

  void load(const FieldSlabs& fields, int kx) {
    for (int field = 0; field < field_count; ++field)
      for (int z = 0; z < grid_.size[2]; ++z) {
        std::copy_n(fields.row_of(field, kx, z), grid_.size[1], row_.data());
        slabs_[field].load_row(row_.data(), z);
      }
  }

  /// Adds the products with the kernel, of which the frequency of x is the real or the imaginary
  /// part.
  void add_products(const KernelTransform& kernel, bool imaginary, double factor) {
    const int length = grid_.padded[1];
    for (int first = 0; first < length; first += line) {
      for (int field = 0; field < field_count; ++field)
        slabs_[field].transform_columns(first, columns_[field].data());
      for (int ky = first; ky < std::min(first + line, length); ++ky) {
        const double* column = as_numbers(kernel.column_of(ky)) + imaginary;
        for (int k = 0; k < 2 * grid_.padded[2]; k += 2)
          weights_[k] = weights_[k + 1] = factor * column[k];
        add_column(inside, inside, ky - first, sums_[0]);
        add_column(score, score, ky - first, sums_[1]);
        add_column(inside, square, ky - first, sums_[2]);
      }
    }
  }

  PairSums sums() const {
    PairSums total;
    for (std::size_t k = 0; k < weights_.size(); ++k)
      add(total, {sums_[0][k], sums_[1][k], sums_[2][k]}, 1);
    return total;
  }

 private:
  static SlabTransform slab(const PaddedBox& grid) {
    return {grid.padded[1], grid.padded[2], grid.size[2]};
  }
  static FftArray columns(const PaddedBox& grid) {
    return FftArray(std::size_t(line) * grid.padded[2]);
  }
  static const double* as_numbers(const Complex* values) {
    return reinterpret_cast<const double*>(values);
  }

  // The real part of a * conj(b) is the sum of two products of real numbers: a loop over all
  // numbers, each with a sum of its own, of which processors can do several at a time.
  void add_column(Field a, Field b, int column, std::vector<double>& sums) {
    const std::size_t first = std::size_t(column) * grid_.padded[2];
    const double *w = weights_.data(), *of_a = as_numbers(&columns_[a][first]),
                 *of_b = as_numbers(&columns_[b][first]);
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += w[k] * of_a[k] * of_b[k];
  }

  const PaddedBox& grid_;
  FftArray row_;
  std::array<SlabTransform, field_count> slabs_;
  std::array<FftArray, field_count> columns_;  ///< a line of them
  std::vector<double> weights_;                ///< of a column: twice each, for complex numbers
  std::array<std::vector<double>, 3> sums_;    ///< as PairSums, for each number of a column
};

void add_pair(PairSums& sums, const ScoredVoxel& a, const ScoredVoxel& b) {
  const double w = 1 / std::hypot(a.place_mm[0] - b.place_mm[0], a.place_mm[1] - b.place_mm[1],
                                  a.place_mm[2] - b.place_mm[2]);
  sums.weights += w;
  sums.products += w * a.score * b.score;
  sums.squares += w * (a.score * a.score + b.score * b.score) / 2;
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
  FieldSlabs fields(grid, region, sample);
  KernelTransform kernel(grid);
  Slab slab(grid);
  for (int kx = 0; kx < grid.half[0]; ++kx) {
    const bool imaginary = kx % 2 == 1;
    if (!imaginary) kernel.load(kx);
    fields.reach(kx);
    slab.load(fields, kx);
    const bool is_own_mirror = kx == 0 || 2 * kx == grid.padded[0];
    slab.add_products(kernel, imaginary, is_own_mirror ? 1 : 2);
  }
  const PairSums sums = slab.sums();
  const double cells = double(grid.padded[0]) * grid.padded[1] * grid.padded[2];
  if (sample.moment_2 == 0) return {sums.weights / cells, 0, 0};  // not what rounding leaves of it
  return {sums.weights / cells, sums.products / cells, sums.squares / cells};
}

PairSums pair_sums(const Region& region, const Sample& sample) {
  const PaddedBox grid(region);
  const double cells = double(grid.padded[0]) * grid.padded[1] * grid.padded[2];
  const auto voxels = double(sample.sorted.size());
  // What a pair costs against a cell of the transform, roughly.
  const bool few = voxels * voxels <= 3 * cells;
  return few ? pair_sums_one_by_one(region, sample) : pair_sums_by_fft(region, sample);
}

}  // namespace radiomics
