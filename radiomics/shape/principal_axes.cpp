#include "radiomics/shape/principal_axes.h"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

#include <Eigen/Eigenvalues>

#include "radiomics/core/mask_runs.h"

namespace radiomics {
namespace {

__extension__ using Integer128 = __int128;

/// Sums over voxels of products of their indices.
struct Moments {
  std::int64_t count = 0;
  std::array<std::int64_t, 3> sum{};
  std::array<std::array<std::int64_t, 3>, 3> product{};  ///< upper triangle
};

/// The sum of the squares below n.
std::int64_t squares_below(std::int64_t n) { return (n - 1) * n * (2 * n - 1) / 6; }

void add_run(Moments& moments, const MaskRun& run) {
  const std::int64_t n = run.size(), y = run.y, z = run.z;
  const std::int64_t x = (std::int64_t(run.first) + run.last) * n / 2;  // n or the sum is even
  moments.count += n;
  moments.sum[0] += x;
  moments.sum[1] += n * y;
  moments.sum[2] += n * z;
  moments.product[0][0] += squares_below(run.last + 1) - squares_below(run.first);
  moments.product[0][1] += x * y;
  moments.product[0][2] += x * z;
  moments.product[1][1] += n * y * y;
  moments.product[1][2] += n * y * z;
  moments.product[2][2] += n * z * z;
}

Moments moments_of(const Mask& mask) {
  Moments moments;
  for_each_run(mask, [&](const MaskRun& run) { add_run(moments, run); });
  return moments;
}

/// Only one rounding per entry: the numerator is exact, and the same wherever the region lies.
Eigen::Matrix3d covariance_mm2(const Moments& moments, const Vector3& spacing_mm) {
  const auto n = double(moments.count);
  Eigen::Matrix3d covariance;
  for (int i = 0; i < 3; ++i)
    for (int j = i; j < 3; ++j) {
      const Integer128 numerator = Integer128(moments.count) * moments.product[i][j] -
                                   Integer128(moments.sum[i]) * moments.sum[j];
      covariance(i, j) = covariance(j, i) =
          double(numerator) / (n * (n - 1)) * spacing_mm[i] * spacing_mm[j];
    }
  return covariance;
}

}  // namespace

PrincipalAxes principal_axes(const Mask& mask) {
  const Moments moments = moments_of(mask);
  assert(moments.count > 0);
  if (moments.count == 1) {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    return {undefined, undefined, undefined};
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(
      covariance_mm2(moments, mask.geometry().spacing_mm), Eigen::EigenvaluesOnly);
  const Eigen::Vector3d& variances_mm2 = solver.eigenvalues();  // the smallest first
  // What rounding leaves of a variance of 0 is below this; that of voxels out of line is far above.
  const double rounding = 1e-14 * variances_mm2[2];
  const auto length_mm = [&](double variance) {
    return variance > rounding ? 4 * std::sqrt(variance) : 0;
  };
  return {length_mm(variances_mm2[2]), length_mm(variances_mm2[1]), length_mm(variances_mm2[0])};
}

}  // namespace radiomics
