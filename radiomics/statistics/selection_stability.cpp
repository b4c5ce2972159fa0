#include "radiomics/statistics/selection_stability.h"

#include <cmath>

namespace radiomics {

std::vector<double> selection_frequencies(const Selections& selections) {
  const auto refits = double(selections.chosen.size());
  if (refits == 0) return std::vector<double>(selections.features, undefined);
  std::vector<double> frequencies(selections.features);
  for (const auto& chosen : selections.chosen)
    for (const auto feature : chosen) ++frequencies[feature];
  for (double& frequency : frequencies) frequency /= refits;
  return frequencies;
}

Estimate selection_stability(const Selections& selections, double conf_level) {
  const auto refits = double(selections.chosen.size()), count = double(selections.features);
  if (refits < 2 || count == 0) return {};
  const std::vector<double> frequency = selection_frequencies(selections);
  double variance = 0, mean_size = 0;  // both per feature
  for (const double p : frequency) {
    variance += refits / (refits - 1) * p * (1 - p) / count;
    mean_size += p / count;
  }
  const double by_chance = mean_size * (1 - mean_size);
  if (!(by_chance > 0)) return {};
  const double stability = 1 - variance / by_chance;

  std::vector<double> influence;
  double mean = 0;
  for (const auto& chosen : selections.chosen) {
    const double size = double(chosen.size()) / count;
    double overlap = 0;
    for (const auto feature : chosen) overlap += frequency[feature] / count;
    influence.push_back((overlap - size * mean_size +
                         stability / 2 * (2 * mean_size * size - size - mean_size + 1)) /
                        by_chance);
    mean += influence.back() / refits;
  }
  double squares = 0;
  for (const double one : influence) squares += (one - mean) * (one - mean);
  return normal_estimate(stability, 2 / refits * std::sqrt(squares), conf_level);
}

}  // namespace radiomics
