#include "radiomics/statistics/survival_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "radiomics/statistics/sorted_order.h"

namespace radiomics {
namespace {

std::vector<double> in_order(std::span<const double> values, std::span<const std::size_t> order) {
  std::vector<double> result(values.size());
  for (std::size_t k = 0; k < order.size(); ++k) result[k] = values[order[k]];
  return result;
}

double tolerance_of_sorted(std::span<const double> sorted) {
  double sum = 0, distinct = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[i] == sorted[i - 1]) continue;
    sum += sorted[i];
    ++distinct;
  }
  const double mean = sum / std::max(1.0, distinct);
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
  if (std::ranges::is_sorted(times)) return tolerance_of_sorted(times);
  return tolerance_of_sorted(in_order(times, sorted_order(times)));
}

SurvivalData with_ties_merged(const SurvivalData& data) {
  const auto order = sorted_order(data.time);
  const std::vector<double> sorted = in_order(data.time, order);
  const double tolerance = tolerance_of_sorted(sorted);
  SurvivalData merged = data;
  double first_of_run = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == 0 || sorted[k] - sorted[k - 1] > tolerance) first_of_run = sorted[k];
    merged.time[order[k]] = first_of_run;
  }
  return merged;
}

std::vector<std::vector<std::size_t>> strata_by_time(std::span<const double> time,
                                                     std::span<const int> strata) {
  const int count = strata.empty() ? 1 : 1 + *std::ranges::max_element(strata);
  std::vector<std::vector<std::size_t>> result(static_cast<std::size_t>(count));
  for (const std::size_t i : sorted_order(time))
    result[strata.empty() ? 0 : std::size_t(strata[i])].push_back(i);
  return result;
}

RiskTable risk_table(const SurvivalData& data) {
  const auto order = sorted_order(data.time);
  RiskTable table;
  table.time.reserve(order.size());
  for (auto* counts : {&table.n_risk, &table.n_event, &table.n_censor})
    counts->reserve(order.size());
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
