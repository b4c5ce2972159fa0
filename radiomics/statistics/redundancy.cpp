#include "radiomics/statistics/redundancy.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace radiomics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Joins clusters, closest first. A cluster goes by the index of its first member; for each the
/// nearest of the clusters that come after it is remembered, so that a join looks at few pairs.
class Agglomeration {
 public:
  Agglomeration(const Matrix& correlations, Linkage linkage)
      : distances_(correlations),
        linkage_(linkage),
        sizes_(correlations.columns, 1),
        parents_(correlations.columns),
        nearest_(correlations.columns),
        nearest_distance_(correlations.columns) {
    for (double& value : distances_.values) value = std::isnan(value) ? 1 : 1 - std::abs(value);
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
    for (std::size_t i = 0; i < parents_.size(); ++i) find_nearest(i);
  }

  /// Joins the two closest clusters unless they are farther apart than `height`.
  bool join_closest(double height) {
    const auto closest = std::ranges::min_element(nearest_distance_);
    if (closest == nearest_distance_.end() || !(*closest <= height)) return false;
    const auto first = std::size_t(closest - nearest_distance_.begin());
    join(first, nearest_[first]);
    return true;
  }

  /// The index by which the cluster of a variable goes.
  std::size_t root(std::size_t variable) const {
    while (parents_[variable] != variable) variable = parents_[variable];
    return variable;
  }

 private:
  bool is_alive(std::size_t cluster) const { return parents_[cluster] == cluster; }

  void find_nearest(std::size_t cluster) {
    nearest_distance_[cluster] = infinity;
    for (std::size_t other = cluster + 1; other < parents_.size(); ++other) {
      if (!is_alive(other) || !(distances_(other, cluster) < nearest_distance_[cluster])) continue;
      nearest_[cluster] = other;
      nearest_distance_[cluster] = distances_(other, cluster);
    }
  }

  double joined_distance(std::size_t first, std::size_t second, std::size_t other) const {
    const double a = distances_(other, first), b = distances_(other, second);
    if (linkage_ == Linkage::complete) return std::max(a, b);
    if (linkage_ == Linkage::single) return std::min(a, b);
    return (sizes_[first] * a + sizes_[second] * b) / (sizes_[first] + sizes_[second]);
  }

  void join(std::size_t first, std::size_t second) {
    parents_[second] = first;
    nearest_distance_[second] = infinity;
    for (std::size_t other = 0; other < parents_.size(); ++other)
      if (other != first && is_alive(other))
        distances_(other, first) = distances_(first, other) = joined_distance(first, second, other);
    sizes_[first] += sizes_[second];
    find_nearest(first);
    for (std::size_t other = 0; other < second; ++other)
      if (other != first && is_alive(other)) renew_nearest(other, first, second);
  }

  /// After a join: only a cluster that was nearest to one of the two can have lost its nearest.
  void renew_nearest(std::size_t cluster, std::size_t first, std::size_t second) {
    if (nearest_distance_[cluster] < infinity &&
        (nearest_[cluster] == first || nearest_[cluster] == second))
      return find_nearest(cluster);
    if (cluster > first || !(distances_(first, cluster) < nearest_distance_[cluster])) return;
    nearest_[cluster] = first;
    nearest_distance_[cluster] = distances_(first, cluster);
  }

  Matrix distances_;
  Linkage linkage_;
  std::vector<double> sizes_;
  std::vector<std::size_t> parents_;  ///< the cluster that one was joined to, or itself
  std::vector<std::size_t> nearest_;
  std::vector<double> nearest_distance_;
};

double known_or(std::span<const double> values, std::size_t i, double otherwise) {
  return values.empty() || std::isnan(values[i]) ? otherwise : values[i];
}

bool is_better(std::size_t a, std::size_t b, const KeepCriteria& criteria) {
  const double reliability_a = known_or(criteria.reliability, a, -infinity);
  const double reliability_b = known_or(criteria.reliability, b, -infinity);
  if (reliability_a != reliability_b) return reliability_a > reliability_b;
  const double volume_a = std::abs(known_or(criteria.volume_correlation, a, infinity));
  const double volume_b = std::abs(known_or(criteria.volume_correlation, b, infinity));
  if (volume_a != volume_b) return volume_a < volume_b;
  return !criteria.names.empty() && criteria.names[a] < criteria.names[b];
}

}  // namespace

std::string_view to_string(Linkage linkage) {
  switch (linkage) {
    case Linkage::average:
      return "average";
    case Linkage::complete:
      return "complete";
    case Linkage::single:
      break;
  }
  return "single";
}

std::vector<int> cluster_variables(const Matrix& correlations, double height, Linkage linkage) {
  assert(correlations.rows == correlations.columns);
  Agglomeration agglomeration(correlations, linkage);
  while (agglomeration.join_closest(height)) {
  }
  std::vector<int> clusters(correlations.columns, -1);
  int count = 0;
  for (std::size_t i = 0; i < clusters.size(); ++i) {  // a root is the first of its cluster
    const std::size_t root = agglomeration.root(i);
    clusters[i] = root == i ? count++ : clusters[root];
  }
  return clusters;
}

std::vector<std::size_t> kept_per_cluster(std::span<const int> clusters,
                                          const KeepCriteria& criteria) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const auto cluster = std::size_t(clusters[i]);
    if (cluster == kept.size())
      kept.push_back(i);
    else if (is_better(i, kept[cluster], criteria))
      kept[cluster] = i;
  }
  return kept;
}

std::vector<std::size_t> greedily_kept(const Matrix& correlations, double threshold) {
  std::vector<std::size_t> kept;
  for (std::size_t j = 0; j < correlations.columns; ++j)
    if (std::ranges::none_of(
            kept, [&](std::size_t other) { return std::abs(correlations(other, j)) > threshold; }))
      kept.push_back(j);
  return kept;
}

}  // namespace radiomics
