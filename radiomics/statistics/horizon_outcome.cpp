#include "radiomics/statistics/horizon_outcome.h"

#include <algorithm>

#include "radiomics/statistics/kaplan_meier.h"

namespace radiomics {
namespace {

/// The probability of being uncensored just before a time.
double uncensored_before(const KaplanMeierCurve& censoring, double time) {
  const auto here = std::ranges::lower_bound(censoring.table.time, time);
  const auto earlier = std::size_t(here - censoring.table.time.begin());
  return earlier == 0 ? 1 : censoring.estimate[earlier - 1];
}

}  // namespace

HorizonOutcome horizon_outcome(const SurvivalData& data, double horizon) {
  CompetingRisksData single{data.time, {}};
  for (const auto event : data.event) single.cause.push_back(event);
  return horizon_outcome(single, horizon, 1);
}

HorizonOutcome horizon_outcome(const CompetingRisksData& data, double horizon, int cause) {
  const KaplanMeierCurve censoring =
      reverse_kaplan_meier(any_event(data), ReverseTies::deaths_first);
  const double tolerance = tie_tolerance(data.time);
  HorizonOutcome result{.horizon = horizon, .patients = {}, .event = {}, .weights = {}};
  for (std::size_t i = 0; i < data.size(); ++i) {
    const bool before = data.time[i] < horizon - tolerance;
    if (before && data.cause[i] == 0) {
      ++result.excluded;
      continue;
    }
    const bool by_then = data.time[i] <= horizon + tolerance;
    const double known = before ? data.time[i] : horizon - tolerance;
    result.patients.push_back(i);
    result.event.push_back(by_then && data.cause[i] == cause);
    result.weights.push_back(1 / uncensored_before(censoring, known));
  }
  return result;
}

}  // namespace radiomics
