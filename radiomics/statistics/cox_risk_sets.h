#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// The deaths at one time of one stratum. Positions count the rows in the order of CoxRiskSets.
struct DeathTime {
  double time = 0;
  int stratum = 0;
  std::size_t first = 0;        ///< where the stratum begins: positions [first, end) are at risk
  std::size_t first_new = 0;    ///< [first_new, end) are at risk here, at no later time of death
  std::size_t first_death = 0;  ///< [first_death, end) die
  std::size_t end = 0;
};

/// Who is at risk when, found once per outcome: fits to other covariates or to resampled rows use
/// it again without sorting.
struct CoxRiskSets {
  /// The row at each position: stratum after stratum, the latest time first; of one time those
  /// censored come before those who die.
  std::vector<std::size_t> order;
  std::vector<DeathTime> deaths;            ///< in the same order: latest first
  std::vector<std::size_t> stratum_starts;  ///< and the number of rows as the last entry
  SurvivalData outcome;                     ///< by position

  std::size_t size() const { return order.size(); }
};

/// Times have their ties merged. `strata`: numbered from 0, one per patient; empty: one stratum.
/// Cost: one sort.
CoxRiskSets cox_risk_sets(const SurvivalData& outcome, std::span<const int> strata = {});

}  // namespace radiomics
