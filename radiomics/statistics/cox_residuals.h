#pragma once

#include <cstddef>
#include <vector>

#include "radiomics/statistics/cox.h"

namespace radiomics {

/// Residuals of every patient, in the order of the data. NaN where a coefficient is infinite.
struct CoxResiduals {
  std::vector<double> expected;    ///< cumulative hazard to the own time: events expected
  std::vector<double> martingale;  ///< event - expected
  std::vector<double> deviance;    ///< martingale made symmetric
  Matrix score;   ///< rows x terms: the patient's part of the score; NaN for terms not estimable
  Matrix dfbeta;  ///< score x vcov: about how much each coefficient owes to the patient
};

/// Under Efron's rule those who die together are at risk in part of their own deaths, here too.
/// Exact ties are treated as Breslow's. Cost: a sort, then O(rows x terms^2).
/// \source Therneau, Grambsch and Fleming 1990, doi:10.1093/biomet/77.1.147; Therneau and Grambsch,
///         Modeling Survival Data, 2000, chapter 4
CoxResiduals cox_residuals(const CoxFit& fit, const CoxData& data);

/// One row per event, ordered by stratum and time.
struct SchoenfeldResiduals {
  std::vector<std::size_t> patient;
  std::vector<double> time;
  Matrix residuals;  ///< covariate less the mean of those at risk
  Matrix scaled;     ///< residual x vcov x number of events + coefficient: an estimate of it then
};

/// \source Schoenfeld 1982, doi:10.1093/biomet/69.1.239; scaled: Grambsch and Therneau 1994,
///         doi:10.1093/biomet/81.3.515
SchoenfeldResiduals schoenfeld_residuals(const CoxFit& fit, const CoxData& data);

/// The patients whose dfbeta is largest in units of the standard error, over all terms.
struct InfluentialPatient {
  std::size_t patient = 0;
  std::size_t term = 0;  ///< which it moves most
  double dfbeta = 0;
  double standardised = 0;  ///< dfbeta / standard error of the term
};
std::vector<InfluentialPatient> most_influential(const CoxFit& fit, const CoxResiduals& residuals,
                                                 std::size_t count);

}  // namespace radiomics
