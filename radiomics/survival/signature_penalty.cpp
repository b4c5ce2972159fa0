#include <algorithm>
#include <cmath>
#include <numeric>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/cross_validation.h"
#include "radiomics/statistics/sample_moments.h"
#include "radiomics/survival/signature_training.h"

namespace radiomics {
namespace {

using Rows = std::vector<std::size_t>;

/// Numbers from 0 without gaps. \return how many there are
int renumber(std::vector<int>& folds) {
  std::vector<int> used = folds;
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  for (int& fold : folds) fold = int(std::ranges::lower_bound(used, fold) - used.begin());
  return int(used.size());
}

/// An inner fold for each training row, the same for copies of a patient; empty if there cannot be
/// two.
std::vector<int> inner_folds(const Training& training, std::uint32_t fit) {
  const auto& options = training.options;
  if (!options.given_folds.empty()) {
    std::vector<int> folds = entries(options.given_folds, training.rows);
    return renumber(folds) < 2 ? std::vector<int>{} : folds;
  }
  Rows patients(training.rows.begin(), training.rows.end());
  std::ranges::sort(patients);
  patients.erase(std::unique(patients.begin(), patients.end()), patients.end());
  const auto index_of = [&patients](std::size_t row) {
    return std::size_t(std::ranges::lower_bound(patients, row) - patients.begin());
  };
  std::vector<std::uint8_t> event(patients.size());
  for (std::size_t i = 0; i < training.rows.size(); ++i)
    event[index_of(training.rows[i])] = training.outcome.event[i];
  const int events = std::accumulate(event.begin(), event.end(), 0);
  const int count = std::min(options.inner_folds, events);
  if (count < 2) return {};
  RandomStream random(options.seed, stream_of(StreamUse::inner_folds, fit));
  const auto of_patient = event_stratified_folds(event, count, random);
  std::vector<int> folds;
  for (const auto row : training.rows) folds.push_back(of_patient[index_of(row)]);
  return folds;
}

/// The lambda and its place in the path; sets the problem if there is none.
std::size_t choose_lambda(Training& training, const Matrix& columns,
                          const PenalisedCoxOptions& penalty, std::uint32_t fit) {
  auto& fitted = training.fitted;
  const auto& lambdas = fitted.path.lambda;
  if (lambdas.size() < 2) return 0;
  const auto folds = inner_folds(training, fit);
  if (folds.empty()) {
    fitted.problem = SignatureProblem::no_inner_folds;
    return 0;
  }
  fitted.cv = cross_validate_penalised_cox(training.outcome, columns, lambdas, folds, penalty);
  const double chosen =
      training.options.rule == LambdaRule::best ? fitted.cv.lambda_best : fitted.cv.lambda_1se;
  // Without a fold that has a solution the largest penalty is taken: nothing is selected.
  const auto found = std::ranges::find(lambdas, chosen);
  return found == lambdas.end() ? 0 : std::size_t(found - lambdas.begin());
}

PenalisedCoxOptions penalty_of(const Training& training) {
  PenalisedCoxOptions penalty = training.options.penalty;
  penalty.penalty_factors =
      training.options.penalty_factors.empty()
          ? std::vector<double>(training.fitted.candidates.size(), 1.0)
          : entries(training.options.penalty_factors, training.fitted.candidates);
  penalty.penalty_factors.resize(penalty.penalty_factors.size() + training.forced.columns, 0.0);
  if (training.options.lambda) penalty.lambdas = {*training.options.lambda};
  return penalty;
}

void take_coefficients(Training& training, std::size_t place) {
  auto& fitted = training.fitted;
  const auto values = fitted.path.coefficients_at(place);
  for (std::size_t k = 0; k < fitted.candidates.size(); ++k) {
    const std::size_t j = fitted.candidates[k];
    fitted.coefficients[j] = values[k];
    if (values[k] != 0) fitted.fate[j] = FeatureFate::selected;
    fitted.volume_coefficient -= values[k] * fitted.volume_slope[j];
  }
  const auto forced = values.subspan(fitted.candidates.size());
  fitted.forced_coefficients.assign(forced.begin(), forced.end());
  fitted.lambda = fitted.path.lambda[place];
  fitted.log_likelihood = fitted.path.log_likelihood[place];
}

}  // namespace

void fit_penalised(Training& training, std::uint32_t fit) {
  auto& fitted = training.fitted;
  fitted.candidates = training.left();
  fitted.coefficients.assign(training.features.columns, 0);
  const Matrix columns = beside(columns_of(training.features, fitted.candidates), training.forced);
  if (columns.columns == 0) {
    fitted.log_likelihood = fitted.log_likelihood_null = cox_log_likelihood(
        {.outcome = training.outcome, .covariates = columns}, {}, training.options.penalty.ties);
    return;
  }
  const PenalisedCoxOptions penalty = penalty_of(training);
  fitted.path = fit_penalised_cox(training.outcome, columns, penalty);
  for (std::size_t j = 0; j < columns.columns; ++j)
    fitted.path_sd.push_back(population_sd(columns.column(j)));
  fitted.log_likelihood_null = fitted.path.log_likelihood_null;
  if (fitted.path.lambda.empty()) {
    fitted.problem = SignatureProblem::no_convergence;
    return;
  }
  for (std::size_t j = fitted.candidates.size(); j < columns.columns; ++j)
    fitted.lost_columns += fitted.path.constant[j];
  const std::size_t place = choose_lambda(training, columns, penalty, fit);
  if (fitted.problem == SignatureProblem::none) take_coefficients(training, place);
}

}  // namespace radiomics
