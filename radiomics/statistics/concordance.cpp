#include "radiomics/statistics/concordance.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <utility>

#include "radiomics/statistics/censoring_weights.h"
#include "radiomics/statistics/rank_counts.h"

namespace radiomics {
namespace {

using Patients = std::span<const std::uint32_t>;

/// Those of one stratum with one time; `weight` is that of a pair whose event is here.
struct TimeGroup {
  Patients events;
  Patients censored;
  double weight = 1;
};

/// What the pairs of each patient add up to.
struct PairSums {
  std::vector<double> all;
  std::vector<double> concordant;  ///< tied risk one half
};

/// The patients of each stratum by time, events first.
std::vector<std::vector<std::uint32_t>> ordered_strata(const SurvivalData& data,
                                                       std::span<const int> strata) {
  const int count = strata.empty() ? 1 : 1 + *std::ranges::max_element(strata);
  std::vector<std::vector<std::uint32_t>> result(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < data.size(); ++i)
    result[strata.empty() ? 0 : std::size_t(strata[i])].push_back(std::uint32_t(i));
  for (auto& patients : result)
    std::ranges::sort(patients, {}, [&data](std::uint32_t i) {
      return std::pair{data.time[i], data.event[i] == 0};
    });
  return result;
}

std::vector<TimeGroup> time_groups(const SurvivalData& data, Patients ordered) {
  std::vector<TimeGroup> groups;
  for (std::size_t begin = 0; begin < ordered.size();) {
    const double time = data.time[ordered[begin]];
    std::size_t middle = begin;
    while (middle < ordered.size() && data.time[ordered[middle]] == time &&
           data.event[ordered[middle]])
      ++middle;
    std::size_t end = middle;
    while (end < ordered.size() && data.time[ordered[end]] == time) ++end;
    groups.push_back({.events = ordered.subspan(begin, middle - begin),
                      .censored = ordered.subspan(middle, end - middle)});
    begin = end;
  }
  return groups;
}

void weigh(std::vector<TimeGroup>& groups, const SurvivalData& data, Patients ordered,
           const ConcordanceOptions& options) {
  if (options.weights == PairWeights::uno) {
    const CensoringCurve curve(
        subset(data, std::vector<std::size_t>(ordered.begin(), ordered.end())));
    for (auto& group : groups)
      if (!group.events.empty())
        group.weight = std::pow(curve.before(data.time[group.events[0]]), -2);
  }
  if (options.tau)
    for (auto& group : groups)
      if (!group.events.empty() && data.time[group.events[0]] > *options.tau) group.weight = 0;
}

/// Adds the pairs in which an event is the earlier one: from the last time back.
void add_pairs_of_events(const std::vector<TimeGroup>& groups, const DenseRanks& risk,
                         Concordance& result, PairSums& sums) {
  RankCounts later(risk.count);
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    for (const auto i : group->censored) later.add(risk.rank[i], 1);
    double tied_both = 0;
    for (const auto i : group->events) {
      const double below = later.below(risk.rank[i]), tied = later.at(risk.rank[i]);
      result.concordant += group->weight * below;
      result.tied_risk += group->weight * tied;
      result.discordant += group->weight * (later.total() - below - tied);
      sums.concordant[i] += group->weight * (below + tied / 2);
      sums.all[i] += group->weight * later.total();
      tied_both -= tied;
    }
    for (const auto i : group->events) {
      tied_both += later.at(risk.rank[i]);
      later.add(risk.rank[i], 1);
    }
    const double events = double(group->events.size());
    result.tied_both += group->weight * tied_both;
    result.tied_time += group->weight * (events * (events - 1) / 2 - tied_both);
  }
}

/// Adds the pairs in which a patient is the later one: from the first time on.
void add_pairs_of_followers(const std::vector<TimeGroup>& groups, const DenseRanks& risk,
                            PairSums& sums) {
  RankCounts earlier(risk.count);
  const auto add_pairs = [&](std::uint32_t i) {
    sums.concordant[i] += earlier.above(risk.rank[i]) + earlier.at(risk.rank[i]) / 2;
    sums.all[i] += earlier.total();
  };
  for (const auto& group : groups) {
    for (const auto i : group.events) add_pairs(i);
    for (const auto i : group.events) earlier.add(risk.rank[i], group.weight);
    for (const auto i : group.censored) add_pairs(i);
  }
}

}  // namespace

Concordance concordance(const SurvivalData& data, std::span<const double> risk,
                        const ConcordanceOptions& options, std::span<const int> strata) {
  assert(risk.size() == data.size() && (strata.empty() || strata.size() == data.size()));
  const DenseRanks ranks = dense_ranks(risk);
  Concordance result;
  PairSums sums{std::vector<double>(data.size()), std::vector<double>(data.size())};
  for (const auto& ordered : ordered_strata(data, strata)) {
    auto groups = time_groups(data, ordered);
    weigh(groups, data, ordered, options);
    add_pairs_of_events(groups, ranks, result, sums);
    if (options.influence) add_pairs_of_followers(groups, ranks, sums);
  }
  const double pairs = result.concordant + result.discordant + result.tied_risk;
  const double c = pairs > 0 ? (result.concordant + result.tied_risk / 2) / pairs : undefined;
  result.estimate.estimate = c;
  if (!options.influence) return result;
  result.influence.resize(data.size());
  for (std::size_t i = 0; i < data.size(); ++i)
    result.influence[i] = (sums.concordant[i] - c * sums.all[i]) / pairs;
  result.estimate = normal_estimate(c, influence_std_error(result.influence), options.conf_level);
  return result;
}

Estimate concordance_difference(const Concordance& first, const Concordance& second,
                                double conf_level) {
  assert(first.influence.size() == second.influence.size());
  std::vector<double> joint(first.influence.size());
  for (std::size_t i = 0; i < joint.size(); ++i)
    joint[i] = second.influence[i] - first.influence[i];
  return normal_estimate(second.estimate.estimate - first.estimate.estimate,
                         influence_std_error(joint), conf_level);
}

double influence_std_error(std::span<const double> influence, std::span<const int> clusters) {
  assert(clusters.empty() || clusters.size() == influence.size());
  std::vector<double> sums(influence.begin(), influence.end());
  if (!clusters.empty()) {
    sums.assign(1 + std::size_t(*std::ranges::max_element(clusters)), 0);
    for (std::size_t i = 0; i < influence.size(); ++i)
      sums[std::size_t(clusters[i])] += influence[i];
  }
  double squares = 0;
  for (const double sum : sums) squares += sum * sum;
  return std::sqrt(squares);
}

}  // namespace radiomics
