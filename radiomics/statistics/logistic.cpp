#include "radiomics/statistics/logistic.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include <Eigen/Dense>

#include "radiomics/statistics/newton.h"

namespace radiomics {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Problem {
  MatrixXd x;       ///< a column of ones, then standardised terms
  ArrayXd outcome;  ///< 1 or 0
  ArrayXd weights;
};

ArrayXd probability(const ArrayXd& log_odds) { return 1 / (1 + (-log_odds).exp()); }

/// p (1 - p), which keeps its digits where p is close to 1.
ArrayXd variance(const ArrayXd& log_odds) { return probability(log_odds) * probability(-log_odds); }

/// log(1 + exp(x)), which neither overflows nor loses small values.
double log_one_plus_exp(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

double log_likelihood(const Problem& problem, const ArrayXd& log_odds) {
  double sum = 0;
  for (Index i = 0; i < log_odds.size(); ++i)
    sum += problem.weights(i) * (problem.outcome(i) * log_odds(i) - log_one_plus_exp(log_odds(i)));
  return sum;
}

LocalLikelihood likelihood_at(const Problem& problem, std::span<const double> parameters) {
  const auto count = Index(parameters.size());
  const ArrayXd log_odds = (problem.x * VectorXd::Map(parameters.data(), count)).array();
  const ArrayXd p = probability(log_odds);
  const VectorXd score = problem.x.transpose() * (problem.weights * (problem.outcome - p)).matrix();
  LocalLikelihood at{log_likelihood(problem, log_odds),
                     {score.begin(), score.end()},
                     Matrix(parameters.size(), parameters.size())};
  MatrixXd::Map(at.information.values.data(), count, count) =
      problem.x.transpose() * (problem.weights * variance(log_odds)).matrix().asDiagonal() *
      problem.x;
  return at;
}

Problem problem_of(const StandardisedColumns& columns, std::span<const std::uint8_t> outcome,
                   std::span<const double> weights) {
  const auto rows = Index(columns.values.rows), terms = Index(columns.values.columns);
  Problem problem{MatrixXd::Ones(rows, terms + 1), ArrayXd(rows), ArrayXd::Ones(rows)};
  problem.x.rightCols(terms) = MatrixXd::Map(columns.values.values.data(), rows, terms);
  for (Index i = 0; i < rows; ++i) problem.outcome(i) = outcome[std::size_t(i)];
  if (!weights.empty()) problem.weights = ArrayXd::Map(weights.data(), rows);
  return problem;
}

/// The inverse of the information at those log odds; columns of `x` may have any origin. By the QR
/// decomposition of the weighted rows, so that the intercept keeps its digits where other terms are
/// infinite.
MatrixXd inverse_information(const Problem& problem, const MatrixXd& x, const ArrayXd& log_odds) {
  const ArrayXd root = (problem.weights * variance(log_odds)).sqrt();
  const Eigen::HouseholderQR<MatrixXd> qr(root.matrix().asDiagonal() * x);
  const MatrixXd inverse_root =
      qr.matrixQR().topRows(x.cols()).triangularView<Eigen::Upper>().solve(
          MatrixXd::Identity(x.cols(), x.cols()));
  return inverse_root * inverse_root.transpose();
}

/// The covariance that holds for weights that are no counts.
MatrixXd sandwich(const Problem& problem, const MatrixXd& x, const ArrayXd& log_odds,
                  const MatrixXd& inverse) {
  const ArrayXd residuals = problem.weights * (problem.outcome - probability(log_odds));
  const MatrixXd influence = residuals.matrix().asDiagonal() * (x * inverse);
  return influence.transpose() * influence;
}

/// The terms in use and how to bring them back to the scale of the covariates. Term 0 is the
/// intercept.
struct TermScales {
  std::vector<std::size_t> kept;
  std::vector<double> means;   ///< 0 for the intercept, as of the others in use
  std::vector<double> scales;  ///< 1 for the intercept
};

TermScales scales_of(const StandardisedColumns& columns, const std::vector<std::size_t>& kept) {
  TermScales terms{kept, {}, {}};
  for (const auto term : kept) {
    terms.means.push_back(term == 0 ? 0 : columns.means[term - 1]);
    terms.scales.push_back(term == 0 ? 1 : columns.scales[term - 1]);
  }
  return terms;
}

/// By the inverse of the information: the sandwich does not grow along a separation.
void set_status(LogisticFit& fit, const TermScales& terms, const Maximum& maximum,
                const MatrixXd& inverse, const std::vector<double>& own) {
  bool any_infinite = false;
  for (std::size_t a = 1; a < terms.kept.size(); ++a) {
    const double error = std::sqrt(inverse(Index(a), Index(a)));
    const bool infinite = is_infinite(maximum.parameters[a], error, own[a]);
    fit.status[terms.kept[a]] = infinite ? TermStatus::infinite : TermStatus::ok;
    any_infinite = any_infinite || infinite;
  }
  const bool infinite = any_infinite && !(std::sqrt(inverse(0, 0)) <= 100);
  fit.status[0] = infinite ? TermStatus::infinite : TermStatus::ok;
}

void report_terms(LogisticFit& fit, const TermScales& terms, const Maximum& maximum,
                  const MatrixXd& vcov) {
  std::vector<double> raw = maximum.parameters;
  for (std::size_t a = 1; a < raw.size(); ++a) {
    raw[a] /= terms.scales[a];
    raw[0] -= raw[a] * terms.means[a];
  }
  const auto estimable = [&](std::size_t a) { return fit.status[terms.kept[a]] == TermStatus::ok; };
  for (std::size_t a = 0; a < raw.size(); ++a) {
    if (!estimable(a)) continue;
    fit.coefficients[terms.kept[a]] = raw[a];
    fit.std_errors[terms.kept[a]] = std::sqrt(vcov(Index(a), Index(a))) / terms.scales[a];
    for (std::size_t b = 0; b < raw.size(); ++b)
      if (estimable(b))
        fit.vcov(terms.kept[a], terms.kept[b]) =
            vcov(Index(a), Index(b)) / (terms.scales[a] * terms.scales[b]);
  }
}

double null_log_likelihood(const Problem& problem) {
  const double all = problem.weights.sum(), events = (problem.weights * problem.outcome).sum();
  return events * std::log(events / all) + (all - events) * std::log1p(-events / all);
}

/// Whether both outcomes occur with some weight.
bool has_both_outcomes(const Problem& problem) {
  const double events = (problem.weights * problem.outcome).sum();
  return events > 0 && (problem.weights * (1 - problem.outcome)).sum() > 0;
}

LogisticFit nothing_estimated(std::size_t terms, std::span<const std::uint8_t> outcome) {
  return {.coefficients = std::vector<double>(terms, undefined),
          .std_errors = std::vector<double>(terms, undefined),
          .status = std::vector<TermStatus>(terms, TermStatus::aliased),
          .vcov = Matrix(terms, terms, undefined),
          .fitted = std::vector<double>(outcome.size(), undefined),
          .n = outcome.size(),
          .events = int(std::ranges::count(outcome, std::uint8_t{1}))};
}

void report_likelihood(LogisticFit& fit, const Maximum& maximum, double null_log_likelihood) {
  fit.log_likelihood = maximum.at.value;
  fit.iterations = maximum.iterations;
  fit.converged = maximum.converged;
  fit.deviance = -2 * fit.log_likelihood;
  fit.null_deviance = -2 * null_log_likelihood;
  fit.aic = fit.deviance + 2 * double(maximum.parameters.size());
}

}  // namespace

LogisticFit fit_logistic(const Matrix& covariates, std::span<const std::uint8_t> outcome,
                         std::span<const double> weights, const LogisticOptions& options) {
  assert(outcome.size() == covariates.rows &&
         (weights.empty() || weights.size() == outcome.size()));
  LogisticFit fit = nothing_estimated(covariates.columns + 1, outcome);
  const StandardisedColumns columns = standardised_columns(covariates);
  Problem problem = problem_of(columns, outcome, weights);
  if (!has_both_outcomes(problem)) return fit;

  const LocalLikelihood start = likelihood_at(problem, std::vector<double>(covariates.columns + 1));
  const TermScales terms = scales_of(columns, independent_parameters(start.information));
  problem.x = MatrixXd(problem.x(Eigen::all, terms.kept));
  const Maximum maximum =
      maximise([&problem](std::span<const double> at) { return likelihood_at(problem, at); },
               terms.kept.size(), options.max_iterations);
  report_likelihood(fit, maximum, null_log_likelihood(problem));
  if (weights.empty())
    fit.likelihood_ratio =
        chi_squared_test(fit.null_deviance - fit.deviance, double(terms.kept.size() - 1));

  const ArrayXd log_odds =
      (problem.x * VectorXd::Map(maximum.parameters.data(), problem.x.cols())).array();
  const ArrayXd fitted = probability(log_odds);
  fit.fitted.assign(fitted.begin(), fitted.end());
  MatrixXd x = problem.x;
  for (std::size_t a = 1; a < terms.kept.size(); ++a)
    x.col(Index(a)).array() += terms.means[a] / terms.scales[a];
  const MatrixXd inverse = inverse_information(problem, x, log_odds);
  set_status(fit, terms, maximum, inverse,
             own_parts(likelihood_at(problem, std::vector<double>(terms.kept.size())).information));
  report_terms(fit, terms, maximum,
               weights.empty() ? inverse : sandwich(problem, x, log_odds, inverse));
  return fit;
}

Test likelihood_ratio_test(const LogisticFit& small, const LogisticFit& big) {
  const auto df = [](const LogisticFit& fit) {
    return fit.status.size() - std::size_t(std::ranges::count(fit.status, TermStatus::aliased));
  };
  return chi_squared_test(small.deviance - big.deviance, double(df(big)) - double(df(small)));
}

std::vector<double> predicted_probability(const LogisticFit& fit, const Matrix& covariates) {
  std::vector<double> result(covariates.rows, undefined);
  if (fit.status.empty() || std::ranges::count(fit.status, TermStatus::infinite) > 0 ||
      fit.status[0] != TermStatus::ok)
    return result;
  for (std::size_t i = 0; i < covariates.rows; ++i) {
    double log_odds = fit.coefficients[0];
    for (std::size_t j = 0; j < covariates.columns; ++j)
      if (fit.status[j + 1] == TermStatus::ok)
        log_odds += fit.coefficients[j + 1] * covariates(i, j);
    result[i] = 1 / (1 + std::exp(-log_odds));
  }
  return result;
}

double brier_score(std::span<const double> probability, std::span<const std::uint8_t> outcome) {
  double sum = 0;
  for (std::size_t i = 0; i < outcome.size(); ++i)
    sum += (outcome[i] - probability[i]) * (outcome[i] - probability[i]);
  return sum / double(outcome.size());
}

}  // namespace radiomics
