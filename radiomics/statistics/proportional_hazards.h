#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "radiomics/statistics/cox.h"

namespace radiomics {

/// How time enters a coefficient that changes with it.
enum class TimeTransform {
  km,        ///< 1 - S(t-), S the Kaplan-Meier estimate of all patients
  rank,      ///< mean rank among the times of all patients
  identity,  ///< t
  log,       ///< log t; undefined if somebody dies at time 0
};

std::string_view to_string(TimeTransform transform);  ///< "km", "rank", "identity", "log"

/// That transform of each of `times`.
std::vector<double> transformed_times(const SurvivalData& outcome, std::span<const double> times,
                                      TimeTransform transform);

/// Whether hazards are proportional: score tests of coefficients that change as a function of time,
/// coefficient(t) = coefficient + slope x g(t), of the hypothesis that the slopes are 0.
struct ProportionalHazardsTest {
  std::vector<Test> per_term;      ///< one per column of the covariates; NaN if not estimable
  std::vector<Test> per_variable;  ///< the columns of one variable jointly
  Test global;
};

/// `variable`: numbered from 0, one per column; empty: each column is one. Undefined without
/// events, or where a coefficient is infinite. Exact ties are treated as Breslow's.
/// Cost: a sort, then O(rows x terms^2).
/// \source Grambsch and Therneau 1994, doi:10.1093/biomet/81.3.515, as the exact score test of an
///         extended model with the variance at each time of death, not its average
ProportionalHazardsTest test_proportional_hazards(const CoxFit& fit, const CoxData& data,
                                                  TimeTransform transform,
                                                  std::span<const int> variable = {});

}  // namespace radiomics
