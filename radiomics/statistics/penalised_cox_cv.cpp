#include "radiomics/statistics/penalised_cox_cv.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

#include <Eigen/Core>

#include "radiomics/core/parallel_for.h"
#include "radiomics/statistics/partial_likelihood.h"

namespace radiomics {
namespace {

/// Of those coefficients on all patients, in the order of the likelihood.
double log_likelihood_of(const PartialLikelihood& likelihood, const Matrix& covariates,
                         std::span<const double> coefficients) {
  const auto n = Eigen::Index(covariates.rows);
  Eigen::VectorXd predictor = Eigen::VectorXd::Zero(n);
  for (std::size_t j = 0; j < coefficients.size(); ++j)
    if (coefficients[j] != 0)
      predictor +=
          coefficients[j] * Eigen::Map<const Eigen::VectorXd>(covariates.column(j).data(), n);
  std::vector<double> sorted;
  for (const auto i : likelihood.order()) sorted.push_back(predictor(Eigen::Index(i)));
  return likelihood.at(sorted).log_likelihood;
}

/// The contributions of one fold, one per lambda; NaN where it has no solution.
std::vector<double> contributions_of(int fold, const PartialLikelihood& likelihood,
                                     const SurvivalData& outcome, const Matrix& covariates,
                                     std::span<const int> folds,
                                     const PenalisedCoxOptions& options) {
  std::vector<std::size_t> training;
  for (std::size_t i = 0; i < folds.size(); ++i)
    if (folds[i] != fold) training.push_back(i);
  const auto path =
      fit_penalised_cox(subset(outcome, training), rows_of(covariates, training), options);
  std::vector<double> result(options.lambdas.size(), undefined);
  for (std::size_t k = 0; k < path.lambda.size(); ++k) {
    const double all = log_likelihood_of(likelihood, covariates, path.coefficients_at(k));
    if (std::isfinite(all)) result[k] = all - path.log_likelihood[k];
  }
  return result;
}

double std_error_of(std::span<const double> contributions, const std::vector<int>& events) {
  double sum = 0, all_events = 0, squares = 0;
  int count = 0;
  for (std::size_t f = 0; f < events.size(); ++f) {
    if (events[f] == 0) continue;
    sum += contributions[f];
    all_events += events[f];
    ++count;
  }
  if (count < 2) return undefined;
  for (std::size_t f = 0; f < events.size(); ++f) {
    if (events[f] == 0) continue;
    const double difference = contributions[f] / events[f] - sum / all_events;
    squares += events[f] * difference * difference;
  }
  return std::sqrt(all_events * squares / (count - 1));
}

void choose_lambdas(PenalisedCoxCv& cv) {
  std::size_t best = cv.lambda.size();
  for (std::size_t k = 0; k < cv.lambda.size(); ++k)
    if (!std::isnan(cv.cvpl[k]) && (best == cv.lambda.size() || cv.cvpl[k] > cv.cvpl[best]))
      best = k;
  if (best == cv.lambda.size()) return;
  cv.lambda_best = cv.lambda[best];
  for (std::size_t k = 0; k <= best; ++k)
    if (k == best || cv.cvpl[k] >= cv.cvpl[best] - cv.std_error[best]) {
      cv.lambda_1se = cv.lambda[k];
      return;
    }
}

}  // namespace

PenalisedCoxCv cross_validate_penalised_cox(const SurvivalData& outcome, const Matrix& covariates,
                                            std::span<const double> lambdas,
                                            std::span<const int> folds,
                                            const PenalisedCoxOptions& options, int threads) {
  assert(folds.size() == outcome.size() && !folds.empty());
  PenalisedCoxCv cv;
  cv.lambda.assign(lambdas.begin(), lambdas.end());
  std::ranges::sort(cv.lambda, std::greater());
  PenalisedCoxOptions given = options;
  given.lambdas = cv.lambda;
  if (given.lambdas.empty()) return cv;

  const PartialLikelihood likelihood(outcome, options.ties);
  const auto count = std::size_t(1 + *std::ranges::max_element(folds));
  std::vector<std::vector<double>> by_fold(count);
  parallel_for(count, threads, [&](std::size_t fold) {
    by_fold[fold] = contributions_of(int(fold), likelihood, outcome, covariates, folds, given);
  });
  std::vector<int> events(count);
  for (std::size_t i = 0; i < folds.size(); ++i) events[std::size_t(folds[i])] += outcome.event[i];

  cv.contributions = Matrix(count, cv.lambda.size());
  for (std::size_t k = 0; k < cv.lambda.size(); ++k) {
    double sum = 0;
    for (std::size_t f = 0; f < count; ++f) sum += cv.contributions(f, k) = by_fold[f][k];
    cv.cvpl.push_back(sum);
    cv.std_error.push_back(std_error_of(cv.contributions.column(k), events));
  }
  choose_lambdas(cv);
  return cv;
}

}  // namespace radiomics
