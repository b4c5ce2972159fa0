#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"

namespace radiomics {

/// How much a model explains, and at what price in parameters. NaN without events.
struct CoxFitMeasures {
  double aic = undefined;         ///< -2 log-likelihood + 2 df
  double bic = undefined;         ///< -2 log-likelihood + df x log(events)
  double cox_snell = undefined;   ///< 1 - exp(-LR / n)
  double nagelkerke = undefined;  ///< cox_snell / the largest that it can be
  double shrinkage =
      undefined;  ///< heuristic: (LR - df) / LR; below 0 the model is worse than none
};

/// \source Volinsky and Raftery 2000, doi:10.1111/j.0006-341X.2000.00256.x (events in BIC);
///         Nagelkerke 1991, doi:10.1093/biomet/78.3.691; van Houwelingen and le Cessie 1990,
///         doi:10.1002/sim.4780091109
CoxFitMeasures cox_fit_measures(const CoxFit& fit);

/// Variance inflation factors: the diagonal of the inverse of the correlation matrix of the
/// estimable coefficients. NaN for other terms, 1 for a single one. `vcov`: that of the fit, or a
/// robust one. \source Davis et al. 1986, doi:10.1093/oxfordjournals.aje.a114421
std::vector<double> variance_inflation(const CoxFit& fit, const Matrix& vcov);

/// The same of any model with these terms (an intercept is none of them).
std::vector<double> variance_inflation(std::span<const TermStatus> status, const Matrix& vcov);

}  // namespace radiomics
