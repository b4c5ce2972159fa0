#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/penalised_cox.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// How well each penalty predicts patients that the fit did not see. Vectors have one entry per
/// lambda.
struct PenalisedCoxCv {
  std::vector<double> lambda;
  /// Cross-validated partial log-likelihood: the sum over folds of what the patients of the fold
  /// add to the log-likelihood, l(b; all) - l(b; without the fold), at the coefficients b of the
  /// fit without the fold. NaN where a fold has no solution (PathEnd).
  std::vector<double> cvpl;
  /// Of cvpl. The contributions c of the folds are taken per event (e of them in the fold) and
  /// weighted by the events: E sqrt(sum e (c / e - cvpl / E)^2 / (E (K - 1))), E the sum of e; for
  /// folds of equal numbers of events it is sqrt(K) times the standard deviation of c. Folds
  /// without events do not count here. NaN for fewer than two folds.
  std::vector<double> std_error;
  Matrix contributions;            ///< folds x lambdas
  double lambda_best = undefined;  ///< of the largest cvpl; of several, the largest
  double lambda_1se = undefined;   ///< the largest with a cvpl within one std_error of the best
};

/// Fits the lambdas without each fold in turn; everything, standardisation too, is learnt on the
/// patients outside the fold. `folds`: one per patient, numbered from 0, at least two. `lambdas`:
/// those of the fit to all patients, so that every fold answers for the same penalties. Folds
/// should be balanced by event, and not more than there are events.
/// Same result for any number of threads. Cost: a path per fold.
/// \source Verweij and van Houwelingen 1993, doi:10.1002/sim.4780122407
PenalisedCoxCv cross_validate_penalised_cox(const SurvivalData& outcome, const Matrix& covariates,
                                            std::span<const double> lambdas,
                                            std::span<const int> folds,
                                            const PenalisedCoxOptions& options = {},
                                            int threads = 1);

}  // namespace radiomics
