#include "radiomics/statistics/cox_risk_sets.h"

#include <algorithm>
#include <tuple>

namespace radiomics {
namespace {

/// What is compared in sorting lies together: sorting indices alone would jump about in memory.
struct SortKey {
  double time;
  int stratum;
  bool event;
  std::size_t row;

  bool operator<(const SortKey& other) const {
    return std::tie(stratum, other.time, event, row) <
           std::tie(other.stratum, time, other.event, other.row);
  }
};

std::vector<SortKey> sorted_keys(const SurvivalData& outcome, std::span<const int> strata) {
  std::vector<SortKey> keys;
  keys.reserve(outcome.size());
  for (std::size_t i = 0; i < outcome.size(); ++i)
    keys.push_back({outcome.time[i], strata.empty() ? 0 : strata[i], outcome.event[i] != 0, i});
  std::sort(keys.begin(), keys.end());
  return keys;
}

/// Adds the deaths of the rows from `first` to the end of their stratum; returns that end.
std::size_t add_stratum(CoxRiskSets& sets, const std::vector<SortKey>& keys, std::size_t first) {
  std::size_t first_new = first, i = first;
  while (i < keys.size() && keys[i].stratum == keys[first].stratum) {
    const double time = keys[i].time;
    while (i < keys.size() && keys[i].stratum == keys[first].stratum && keys[i].time == time &&
           !keys[i].event)
      ++i;
    const std::size_t first_death = i;
    while (i < keys.size() && keys[i].stratum == keys[first].stratum && keys[i].time == time) ++i;
    if (first_death == i) continue;
    sets.deaths.push_back({time, keys[first].stratum, first, first_new, first_death, i});
    first_new = i;
  }
  return i;
}

}  // namespace

CoxRiskSets cox_risk_sets(const SurvivalData& outcome, std::span<const int> strata) {
  const std::vector<SortKey> keys = sorted_keys(outcome, strata);
  CoxRiskSets sets;
  for (std::size_t i = 0; i < keys.size();) {
    sets.stratum_starts.push_back(i);
    i = add_stratum(sets, keys, i);
  }
  sets.stratum_starts.push_back(keys.size());
  for (const SortKey& key : keys) {
    sets.order.push_back(key.row);
    sets.outcome.time.push_back(key.time);
    sets.outcome.event.push_back(key.event);
  }
  return sets;
}

}  // namespace radiomics
