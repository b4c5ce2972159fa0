#include "radiomics/statistics/cox_robust.h"

#include <algorithm>
#include <cmath>

#include <Eigen/QR>

#include "radiomics/statistics/cox_residuals.h"
#include "radiomics/statistics/cox_state.h"

namespace radiomics {
namespace {

/// The rows of those columns, summed up within clusters.
Eigen::MatrixXd cluster_sums(const Matrix& values, const std::vector<std::size_t>& columns,
                             std::span<const int> cluster) {
  const int clusters = cluster.empty() ? int(values.rows) : 1 + *std::ranges::max_element(cluster);
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(clusters, Eigen::Index(columns.size()));
  for (std::size_t j = 0; j < columns.size(); ++j)
    for (std::size_t i = 0; i < values.rows; ++i)
      sums(cluster.empty() ? Eigen::Index(i) : cluster[i], Eigen::Index(j)) +=
          values(i, columns[j]);
  return sums;
}

/// vector' (rows' rows)^-1 vector; with fewer clusters than terms there is no inverse: NaN.
Test quadratic_test(const Eigen::VectorXd& vector, const Eigen::MatrixXd& rows) {
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> products(rows.transpose() * rows);
  if (vector.size() == 0 || products.rank() < vector.size()) return {};
  return chi_squared_test(vector.dot(products.solve(vector)), double(vector.size()));
}

}  // namespace

CoxRobust cox_robust(const CoxFit& fit, const CoxData& data, std::span<const int> cluster) {
  const std::size_t terms = fit.coefficients.size();
  CoxRobust result{Matrix(terms, terms, undefined), std::vector<double>(terms, undefined), {}, {}};
  if (!is_finite(fit)) return result;
  CoxFit null = fit;
  for (double& coefficient : null.coefficients) coefficient *= 0;
  const auto& columns = cox_state(fit, data).terms;
  const auto dfbeta = cluster_sums(cox_residuals(fit, data).dfbeta, columns, cluster);
  const auto score = cluster_sums(cox_residuals(null, data).score, columns, cluster);
  const Eigen::MatrixXd vcov = dfbeta.transpose() * dfbeta;
  Eigen::VectorXd coefficients(vcov.cols());
  for (Eigen::Index j = 0; j < vcov.cols(); ++j) {
    coefficients(j) = fit.coefficients[columns[std::size_t(j)]];
    result.std_errors[columns[std::size_t(j)]] = std::sqrt(vcov(j, j));
    for (Eigen::Index k = 0; k < vcov.cols(); ++k)
      result.vcov(columns[std::size_t(j)], columns[std::size_t(k)]) = vcov(j, k);
  }
  result.wald = quadratic_test(coefficients, dfbeta);
  result.score = quadratic_test(score.colwise().sum(), score);
  return result;
}

}  // namespace radiomics
