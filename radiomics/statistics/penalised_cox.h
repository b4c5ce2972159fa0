#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

struct PenalisedCoxOptions {
  double alpha = 1;               ///< 1 lasso, 0 ridge, between them elastic net
  std::vector<double> lambdas{};  ///< not negative; solved in descending order; empty: the path
  int lambda_count = 100;         ///< of the path
  double lambda_min_ratio = undefined;    ///< of the path; NaN: 0.01 if n < p, else 1e-4
  std::vector<double> penalty_factors{};  ///< one per column, finite, not negative; empty: 1
  bool standardize = true;                ///< false: the penalty is on the columns as they are
  Ties ties = Ties::breslow;              ///< or efron
  double tolerance = 1e-8;                ///< of the conditions of the minimum: kkt below
};

/// Why a path has fewer solutions than lambdas.
enum class PathEnd {
  complete,       ///< it has them all
  saturated,      ///< the next model explains over 99.9 % of the deviance: coefficients run off
  not_converged,  ///< the minimum at the next lambda is out of reach of double precision
  no_events,
};

std::string_view to_string(PathEnd end);  ///< "complete", "saturated", "not_converged", "no_events"

/// Solutions for descending penalties. Vectors have one entry per lambda that was solved.
struct PenalisedCoxPath {
  double lambda_max = undefined;  ///< the least lambda at which no penalised column is in the model
  std::vector<double> lambda;
  std::vector<int> df;  ///< coefficients that are not zero
  /// (l - l0) / (l_sat - l0): l0 of all coefficients 0, l_sat the largest that any model can have.
  std::vector<double> dev_ratio;
  std::vector<double> log_likelihood;  ///< without the penalty
  std::vector<double> kkt;  ///< the largest violation of the conditions of a minimum, per
                            ///< standardised column; at most the tolerance
  Matrix coefficients;      ///< columns of the data x lambdas, per unit of the data as it came
  double log_likelihood_null = undefined;
  std::vector<char> constant;  ///< per column of the data: does not vary, coefficient 0
  PathEnd end = PathEnd::complete;

  std::span<const double> coefficients_at(std::size_t k) const { return coefficients.column(k); }
};

/// Minimises  -l(b) / n + lambda * sum_j f_j (alpha |b_j| + (1 - alpha) b_j^2 / 2)  with the
/// partial log-likelihood l, on columns divided by their standard deviation (the one with 1/n) and
/// penalty factors f scaled to sum to the number of columns. A factor of 0 leaves a column
/// unpenalised.
///
/// The path falls by a constant ratio from lambda_max, which is taken at the fit of the unpenalised
/// columns; alpha counts as at least 0.001 there. Given lambdas are solved as they are. Times are
/// above 0 and merged (with_ties_merged), covariates finite. A null model is a valid answer.
///
/// Cost, per lambda with a coefficients: O(n a^2 + a^3) where the second derivative is renewed, O(n
/// a) otherwise, and O(n) per column that may enter. Ridge with more columns than patients works
/// with as many columns as patients.
/// \source lasso for Cox: Tibshirani 1997,
///         doi:10.1002/(SICI)1097-0258(19970228)16:4<385::AID-SIM380>3.0.CO;2-3; path and
///         scaling: Simon, Friedman, Hastie, Tibshirani 2011, doi:10.18637/jss.v039.i05
PenalisedCoxPath fit_penalised_cox(const SurvivalData& outcome, const Matrix& covariates,
                                   const PenalisedCoxOptions& options = {});

}  // namespace radiomics
