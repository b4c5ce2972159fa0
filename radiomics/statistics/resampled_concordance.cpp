#include "radiomics/statistics/resampled_concordance.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <tuple>

#include "radiomics/statistics/inference.h"

namespace radiomics {

ResampledConcordance::ResampledConcordance(const SurvivalData& data, std::span<const int> strata)
    : order_(data.size()) {
  assert(strata.empty() || strata.size() == data.size());
  const auto stratum = [strata](std::uint32_t i) { return strata.empty() ? 0 : strata[i]; };
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  std::ranges::sort(order_, {}, [&](std::uint32_t i) {
    return std::tuple{stratum(i), data.time[i], data.event[i] == 0};
  });
  const auto count = std::uint32_t(order_.size());
  for (std::uint32_t begin = 0; begin < count;) {
    const std::uint32_t first = order_[begin];
    TimeGroup group{begin, begin, begin, true};
    for (; group.end < count && data.time[order_[group.end]] == data.time[first] &&
           stratum(order_[group.end]) == stratum(first);
         ++group.end)
      group.events_end += data.event[order_[group.end]];
    if (group.end < count) group.last_of_stratum = stratum(order_[group.end]) != stratum(first);
    groups_.push_back(group);
    begin = group.end;
  }
}

double ResampledConcordance::operator()(const DenseRanks& risk, std::span<const int> counts) const {
  assert(risk.rank.size() == order_.size() && counts.size() == order_.size());
  RankCounts later(risk.count);
  double concordant = 0, pairs = 0;
  const auto add = [&](std::uint32_t i) {
    if (counts[i] > 0) later.add(risk.rank[i], counts[i]);
  };
  for (auto group = groups_.rbegin(); group != groups_.rend(); ++group) {
    if (group->last_of_stratum) later.clear();
    for (auto k = group->events_end; k < group->end; ++k) add(order_[k]);
    for (auto k = group->begin; k < group->events_end; ++k) {
      const std::uint32_t i = order_[k];
      if (counts[i] == 0) continue;
      concordant += counts[i] * (later.below(risk.rank[i]) + later.at(risk.rank[i]) / 2);
      pairs += counts[i] * later.total();
    }
    for (auto k = group->begin; k < group->events_end; ++k) add(order_[k]);
  }
  return pairs > 0 ? concordant / pairs : undefined;
}

std::vector<int> counts_of(std::span<const std::size_t> sample, std::size_t patients) {
  std::vector<int> counts(patients);
  for (const auto i : sample) ++counts[i];
  return counts;
}

}  // namespace radiomics
