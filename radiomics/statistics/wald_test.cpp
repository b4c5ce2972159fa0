#include "radiomics/statistics/wald_test.h"

#include <cmath>
#include <vector>

#include <Eigen/QR>

namespace radiomics {

Test wald_test(std::span<const double> coefficients, const Matrix& vcov,
               std::span<const std::size_t> terms) {
  std::vector<std::size_t> kept;
  for (const auto j : terms)
    if (!std::isnan(coefficients[j])) kept.push_back(j);
  const auto count = Eigen::Index(kept.size());
  Eigen::VectorXd values(count);
  Eigen::MatrixXd variance(count, count);
  for (Eigen::Index r = 0; r < count; ++r) {
    values(r) = coefficients[kept[std::size_t(r)]];
    for (Eigen::Index c = 0; c < count; ++c)
      variance(r, c) = vcov(kept[std::size_t(r)], kept[std::size_t(c)]);
  }
  if (count == 0) return {};
  const Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> solver(variance);
  return chi_squared_test(values.dot(solver.solve(values)), double(solver.rank()));
}

}  // namespace radiomics
