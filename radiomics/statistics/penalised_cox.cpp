#include "radiomics/statistics/penalised_cox.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include <Eigen/Core>

#include "radiomics/statistics/partial_likelihood.h"
#include "radiomics/statistics/penalised_cox_solver.h"
#include "radiomics/statistics/penalised_design.h"

namespace radiomics {
namespace {

constexpr double saturation = 0.999;
constexpr double least_alpha = 0.001;  // of lambda_max

/// The gradient of -l/n by every column.
std::vector<double> gradient(const Matrix& columns, std::span<const double> residuals) {
  const auto n = Eigen::Index(columns.rows);
  const Eigen::Map<const Eigen::MatrixXd> x(columns.values.data(), n,
                                            Eigen::Index(columns.columns));
  const Eigen::VectorXd product =
      x.transpose() * Eigen::Map<const Eigen::VectorXd>(residuals.data(), n) / -double(n);
  return {product.begin(), product.end()};
}

/// The residuals at the fit of the columns without penalty (not its best fit, where there is none).
std::vector<double> residuals_without_penalised(const PartialLikelihood& likelihood,
                                                const PenalisedDesign& design, double tolerance) {
  std::vector<std::size_t> free;
  for (std::size_t j = 0; j < design.factor.size(); ++j)
    if (design.factor[j] == 0 && design.scale[j] > 0) free.push_back(j);
  const Matrix columns = columns_of(design.columns, free);
  const std::vector<double> none(free.size());
  PenalisedCoxSolver solver(likelihood, columns, none, none, tolerance);
  if (!free.empty()) solver.solve(0);
  return {solver.residuals().begin(), solver.residuals().end()};
}

double largest_lambda(const PartialLikelihood& likelihood, const PenalisedDesign& design,
                      const PenalisedCoxOptions& options) {
  const auto slopes = gradient(
      design.columns, residuals_without_penalised(likelihood, design, 0.01 * options.tolerance));
  const double alpha = std::max(options.alpha, least_alpha);
  double largest = 0;
  for (std::size_t j = 0; j < slopes.size(); ++j) {
    if (design.factor[j] == 0 || design.scale[j] == 0) continue;
    const double unit = options.standardize ? 1 : design.scale[j];
    largest = std::max(largest, std::abs(slopes[j]) * unit / (alpha * design.factor[j]));
  }
  return largest;
}

std::vector<double> path_lambdas(double largest, double ratio, int count) {
  if (!(largest > 0)) return {0};
  std::vector<double> lambdas{largest};
  for (int k = 1; k < count; ++k)
    lambdas.push_back(largest * std::pow(ratio, double(k) / double(count - 1)));
  return lambdas;
}

/// The problem as the solver gets it: the design, or its rotation.
class PathSolver {
 public:
  PathSolver(const PartialLikelihood& likelihood, const PenalisedDesign& design,
             const PenalisedCoxOptions& options)
      : design_(design) {
    if (options.alpha == 0 && design.columns.columns > design.columns.rows)
      rotated_ = rotated_ridge(design);
    if (rotated_)
      // The rotation may add up what the violations of all columns have left.
      solver_.emplace(likelihood, rotated_->columns, rotated_->l1, rotated_->l2,
                      0.01 * options.tolerance);
    else
      solver_.emplace(likelihood, design.columns, design.l1, design.l2, options.tolerance);
  }

  /// Coefficients of the standardised columns; nothing if there is no solution in reach.
  std::optional<std::vector<double>> solve(double lambda) {
    if (!solver_->solve(lambda)) return {};
    if (!rotated_) return solver_->coefficients();
    return rotated_->rotate_back(solver_->coefficients());
  }

  double log_likelihood() const { return solver_->log_likelihood(); }

  /// Of the last solution, on every column of the design.
  double violation(const std::vector<double>& coefficients, double lambda) const {
    if (!rotated_) return solver_->violation();
    PenalisedQuadratic::Penalty penalty{design_.l1, design_.l2};
    for (auto* weights : {&penalty.l1, &penalty.l2})
      for (auto& weight : *weights) weight *= lambda;
    return PenalisedQuadratic::violation(coefficients,
                                         gradient(design_.columns, solver_->residuals()), penalty);
  }

 private:
  const PenalisedDesign& design_;
  std::optional<RotatedRidge> rotated_;
  std::optional<PenalisedCoxSolver> solver_;
};

void append(PenalisedCoxPath& path, double lambda, const std::vector<double>& coefficients) {
  path.lambda.push_back(lambda);
  path.df.push_back(int(std::ranges::count_if(coefficients, [](double b) { return b != 0; })));
  path.coefficients.values.insert(path.coefficients.values.end(), coefficients.begin(),
                                  coefficients.end());
  ++path.coefficients.columns;
}

void solve_all(PenalisedCoxPath& path, const std::vector<double>& lambdas,
               const PartialLikelihood& likelihood, const PenalisedDesign& design,
               const PenalisedCoxOptions& options) {
  PathSolver solver(likelihood, design, options);
  const double range = likelihood.saturated() - path.log_likelihood_null;
  for (const double lambda : lambdas) {
    const auto coefficients = solver.solve(lambda);
    // With one patient at risk at every death there is nothing to explain.
    const double explained =
        range > 0 ? (solver.log_likelihood() - path.log_likelihood_null) / range : 0;
    if (explained > saturation) path.end = PathEnd::saturated;
    if (!coefficients) path.end = explained > saturation ? path.end : PathEnd::not_converged;
    if (path.end != PathEnd::complete) return;
    append(path, lambda, design.on_original_scale(*coefficients));
    path.dev_ratio.push_back(explained);
    path.log_likelihood.push_back(solver.log_likelihood());
    path.kkt.push_back(solver.violation(*coefficients, lambda));
  }
}

}  // namespace

std::string_view to_string(PathEnd end) {
  switch (end) {
    case PathEnd::complete:
      return "complete";
    case PathEnd::saturated:
      return "saturated";
    case PathEnd::not_converged:
      return "not_converged";
    case PathEnd::no_events:
      return "no_events";
  }
  return "";
}

PenalisedCoxPath fit_penalised_cox(const SurvivalData& outcome, const Matrix& covariates,
                                   const PenalisedCoxOptions& options) {
  assert(covariates.rows == outcome.size());
  PenalisedCoxPath path;
  path.coefficients.rows = covariates.columns;
  if (outcome.events() == 0) {
    path.end = PathEnd::no_events;
    return path;
  }
  const PartialLikelihood likelihood(outcome, options.ties);
  const PenalisedDesign design = penalised_design(covariates, likelihood.order(), options);
  for (const double scale : design.scale) path.constant.push_back(scale == 0);
  path.log_likelihood_null = likelihood.at(std::vector<double>(outcome.size())).log_likelihood;
  path.lambda_max = largest_lambda(likelihood, design, options);
  auto lambdas = options.lambdas;
  std::ranges::sort(lambdas, std::greater());
  if (lambdas.empty()) {
    const double usual = covariates.rows < covariates.columns ? 0.01 : 1e-4;
    const double ratio = std::isnan(options.lambda_min_ratio) ? usual : options.lambda_min_ratio;
    lambdas = path_lambdas(path.lambda_max, ratio, options.lambda_count);
  }
  solve_all(path, lambdas, likelihood, design, options);
  return path;
}

}  // namespace radiomics
