#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

struct LogisticOptions {
  int max_iterations = 50;
};

/// A fitted logistic model. Vectors over terms begin with the intercept, followed by one entry per
/// column of the covariates; NaN where a term is not estimable, and so are its rows and columns of
/// vcov.
struct LogisticFit {
  std::vector<double> coefficients;
  std::vector<double> std_errors;
  std::vector<TermStatus> status;
  Matrix vcov;                 ///< terms x terms
  std::vector<double> fitted;  ///< probability of the event, one entry per row
  double log_likelihood = undefined;
  double deviance = undefined;       ///< -2 log-likelihood
  double null_deviance = undefined;  ///< of the intercept alone
  double aic = undefined;            ///< terms that are not aliased count
  Test likelihood_ratio{};           ///< against the intercept alone; NaN with weights
  std::size_t n = 0;
  int events = 0;
  int iterations = 0;
  bool converged = false;
};

/// Fits the log odds of `outcome` (1 event, 0 none) as a linear function of the covariates by
/// iteratively reweighted least squares (Newton's method with step halving).
///
/// Separation: terms along which the likelihood rises for ever are `infinite`, by is_infinite(),
/// and so is the intercept if it then has a standard error above 100; deviance and test hold.
/// `weights` (one per row, not negative; empty: 1 each) multiply the log-likelihood, as for inverse
/// probabilities of censoring. Standard errors are then those of the sandwich, which takes the
/// weights as known: for estimated weights it is on the safe side.
/// No event or nothing but events: coefficients NaN, converged false. Never throws for numbers.
/// Cost: O(rows x columns^2) per iteration.
/// \source McCullagh and Nelder, Generalized Linear Models, chapters 2 and 4; sandwich: White 1982,
///         doi:10.2307/1912526
LogisticFit fit_logistic(const Matrix& covariates, std::span<const std::uint8_t> outcome,
                         std::span<const double> weights = {}, const LogisticOptions& options = {});

/// The test of a model against one whose terms are among its own, on the same rows: the difference
/// of the deviances.
Test likelihood_ratio_test(const LogisticFit& small, const LogisticFit& big);

/// The probability of the event for each row of other covariates; aliased terms count as 0. NaN if
/// a term is infinite.
std::vector<double> predicted_probability(const LogisticFit& fit, const Matrix& covariates);

/// The mean squared difference between the outcome (1 or 0) and its probability; NaN without rows.
/// \source Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2
double brier_score(std::span<const double> probability, std::span<const std::uint8_t> outcome);

}  // namespace radiomics
