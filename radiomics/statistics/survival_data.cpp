#include "radiomics/statistics/survival_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace radiomics {
namespace {

std::vector<double> distinct_sorted(std::span<const double> times) {
  std::vector<double> distinct(times.begin(), times.end());
  std::ranges::sort(distinct);
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  return distinct;
}

double tolerance_of_distinct(std::span<const double> distinct) {
  const double mean =
      std::accumulate(distinct.begin(), distinct.end(), 0.0) / std::max<double>(1, distinct.size());
  return std::sqrt(std::numeric_limits<double>::epsilon()) * std::max(1.0, mean);
}

}  // namespace

int SurvivalData::events() const { return std::accumulate(event.begin(), event.end(), 0); }

SurvivalData subset(const SurvivalData& data, std::span<const std::size_t> patients) {
  SurvivalData part;
  for (const auto patient : patients) {
    part.time.push_back(data.time[patient]);
    part.event.push_back(data.event[patient]);
  }
  return part;
}

double tie_tolerance(std::span<const double> times) {
  return tolerance_of_distinct(distinct_sorted(times));
}

SurvivalData with_ties_merged(const SurvivalData& data) {
  const std::vector<double> distinct = distinct_sorted(data.time);
  const double tolerance = tolerance_of_distinct(distinct);
  std::vector<double> starts;  // the first time of each run
  for (std::size_t i = 0; i < distinct.size(); ++i)
    if (i == 0 || distinct[i] - distinct[i - 1] > tolerance) starts.push_back(distinct[i]);
  SurvivalData merged = data;
  for (double& time : merged.time) time = *(std::ranges::upper_bound(starts, time) - 1);
  return merged;
}

std::vector<std::vector<std::size_t>> strata_by_time(std::span<const double> time,
                                                     std::span<const int> strata) {
  const int count = strata.empty() ? 1 : 1 + *std::ranges::max_element(strata);
  std::vector<std::vector<std::size_t>> result(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < time.size(); ++i)
    result[strata.empty() ? 0 : std::size_t(strata[i])].push_back(i);
  for (auto& patients : result)
    std::ranges::sort(patients, {}, [time](std::size_t i) { return time[i]; });
  return result;
}

RiskTable risk_table(const SurvivalData& data) {
  std::vector<std::size_t> order(data.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&data](std::size_t i) { return data.time[i]; });
  RiskTable table;
  int at_risk = int(data.size());
  for (std::size_t i = 0; i < order.size();) {
    const double time = data.time[order[i]];
    int events = 0, all = 0;
    for (; i < order.size() && data.time[order[i]] == time; ++i, ++all)
      events += data.event[order[i]];
    table.time.push_back(time);
    table.n_risk.push_back(at_risk);
    table.n_event.push_back(events);
    table.n_censor.push_back(all - events);
    at_risk -= all;
  }
  return table;
}

}  // namespace radiomics
