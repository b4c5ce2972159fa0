#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace radiomics {

/// Right-censored follow-up: how long each patient was observed, and whether that time ended with
/// the event. Both have one entry per patient; times are finite and not negative.
struct SurvivalData {
  std::vector<double> time;
  std::vector<std::uint8_t> event;  ///< 1 the event, 0 censored

  std::size_t size() const { return time.size(); }
  int events() const;
};

/// Those of the patients whose index is listed.
SurvivalData subset(const SurvivalData& data, std::span<const std::size_t> patients);

/// The largest difference at which two times count as one: square root of the machine epsilon,
/// times the mean of the distinct times where that is above 1.
double tie_tolerance(std::span<const double> times);

/// The same data with times that differ by rounding only (0.3 and 0.1 + 0.2) made equal: where
/// neighbours in the sorted times are closer than tie_tolerance(), all of the run become its first.
/// Do this once for the patients of an analysis, before they are split into groups.
/// \source the rule of R's survival package: its vignette "Roundoff error and tied times"
SurvivalData with_ties_merged(const SurvivalData& data);

/// The patients of each stratum (`strata` numbered from 0; empty: one stratum), by time.
std::vector<std::vector<std::size_t>> strata_by_time(std::span<const double> time,
                                                     std::span<const int> strata);

/// How many patients are at risk, die and leave at each distinct time.
struct RiskTable {
  std::vector<double> time;  ///< distinct, ascending; times with censorings only are included
  std::vector<int> n_risk;   ///< followed to this time or longer
  std::vector<int> n_event;
  std::vector<int> n_censor;
};

/// Cost: one sort.
RiskTable risk_table(const SurvivalData& data);

}  // namespace radiomics
