#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// A log-likelihood at one point.
struct LocalLikelihood {
  double value = 0;
  std::vector<double> score{};  ///< first derivatives
  Matrix information{};         ///< negative second derivatives
};

using LogLikelihood = std::function<LocalLikelihood(std::span<const double> parameters)>;

struct Maximum {
  std::vector<double> parameters;
  LocalLikelihood at;
  int iterations = 0;
  bool converged = false;
};

/// Climbs a concave log-likelihood from 0 by Newton's method with step halving, until a step would
/// raise it by less than 1e-13; that step is still taken, so that parameters are good to about
/// 1e-12 standard errors. Where the likelihood rises for ever it ends far out: see is_infinite().
/// Parameters that the information does not determine are to be left out before, by
/// independent_parameters().
Maximum maximise(const LogLikelihood& log_likelihood, std::size_t parameters, int max_iterations);

/// Those parameters, in order, whose information is not a combination of that of the ones before
/// (nor none at all): pivots of the Cholesky factorisation above 1e-11 of their diagonal.
std::vector<std::size_t> independent_parameters(const Matrix& information);

/// Columns with mean 0 and variance 1 (1/n). A constant column is all 0.
struct StandardisedColumns {
  Matrix values;
  std::vector<double> means;
  std::vector<double> scales;  ///< 1 for a constant column
};

StandardisedColumns standardised_columns(const Matrix& matrix);

/// What part of each parameter is its own: 1 where no other one tells the same, near 0 where the
/// others nearly do; 1 / sqrt(variance inflation) by the information at 0. `information` is
/// regular.
std::vector<double> own_parts(const Matrix& information);

/// A parameter of a standardised column beyond 10, or its standard error above 100, says that the
/// likelihood rises for ever: the parameter is not estimable (TermStatus::infinite). Both times
/// `own_part`, for columns that are nearly dependent have large parameters that cancel.
bool is_infinite(double standardised_parameter, double std_error, double own_part);

}  // namespace radiomics
