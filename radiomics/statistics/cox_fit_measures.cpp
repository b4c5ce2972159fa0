#include "radiomics/statistics/cox_fit_measures.h"

#include <cmath>

#include <Eigen/LU>

namespace radiomics {

CoxFitMeasures cox_fit_measures(const CoxFit& fit) {
  if (fit.events == 0) return {};
  const double lr = fit.likelihood_ratio.statistic, n = double(fit.n);
  CoxFitMeasures result;
  result.aic = -2 * fit.log_likelihood + 2.0 * fit.df;
  result.bic = -2 * fit.log_likelihood + fit.df * std::log(double(fit.events));
  result.cox_snell = -std::expm1(-lr / n);
  result.nagelkerke = result.cox_snell / -std::expm1(2 * fit.log_likelihood_null / n);
  result.shrinkage = fit.df > 0 ? (lr - fit.df) / lr : undefined;
  return result;
}

std::vector<double> variance_inflation(const CoxFit& fit, const Matrix& vcov) {
  return variance_inflation(fit.status, vcov);
}

std::vector<double> variance_inflation(std::span<const TermStatus> status, const Matrix& vcov) {
  std::vector<std::size_t> terms;
  for (std::size_t j = 0; j < status.size(); ++j)
    if (status[j] == TermStatus::ok) terms.push_back(j);
  Eigen::MatrixXd correlation(Eigen::Index(terms.size()), Eigen::Index(terms.size()));
  for (std::size_t j = 0; j < terms.size(); ++j)
    for (std::size_t k = 0; k < terms.size(); ++k)
      correlation(Eigen::Index(j), Eigen::Index(k)) =
          vcov(terms[j], terms[k]) / std::sqrt(vcov(terms[j], terms[j]) * vcov(terms[k], terms[k]));
  std::vector<double> result(status.size(), undefined);
  if (terms.empty()) return result;
  const Eigen::MatrixXd inverse = correlation.inverse();
  for (std::size_t j = 0; j < terms.size(); ++j)
    result[terms[j]] = inverse(Eigen::Index(j), Eigen::Index(j));
  return result;
}

}  // namespace radiomics
