#include "radiomics/statistics/redundancy.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Clusters = std::vector<int>;
using Indices = std::vector<std::size_t>;

/// The symmetric matrix with those entries above the diagonal, row by row.
Matrix correlations(std::size_t count, const std::vector<double>& upper) {
  Matrix result(count, count, 1);
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = i + 1; j < count; ++j) result(i, j) = result(j, i) = upper[next++];
  return result;
}

Matrix random_correlations(std::size_t count) {
  std::vector<double> upper(count * (count - 1) / 2);
  RandomStream random(3, 4);
  for (double& value : upper) value = 2 * random.uniform() - 1;
  return correlations(count, upper);
}

// Distances 0.05, 0.13 and 0.06: the first two are joined; the third is then 0.06 away by single,
// (0.13 + 0.06) / 2 = 0.095 by average and 0.13 by complete linkage.
TEST(ClusterVariables, LinkagesDifferByHand) {
  const Matrix matrix = correlations(3, {0.95, -0.87, 0.94});
  EXPECT_EQ(cluster_variables(matrix, 0.08, Linkage::single), (Clusters{0, 0, 0}));
  EXPECT_EQ(cluster_variables(matrix, 0.08, Linkage::average), (Clusters{0, 0, 1}));
  EXPECT_EQ(cluster_variables(matrix, 0.10, Linkage::average), (Clusters{0, 0, 0}));
  EXPECT_EQ(cluster_variables(matrix, 0.10, Linkage::complete), (Clusters{0, 0, 1}));
  EXPECT_EQ(cluster_variables(matrix, 0.04, Linkage::single), (Clusters{0, 1, 2}));
}

// {0, 2} at 0.01 and {1, 3} at 0.02; the four distances between them are 0.2, 0.3, 0.4 and 0.5.
TEST(ClusterVariables, AverageCountsEveryPairOfMembers) {
  const Matrix matrix = correlations(4, {0.8, 0.99, 0.7, 0.6, 0.98, 0.5});
  EXPECT_EQ(cluster_variables(matrix, 0.1, Linkage::average), (Clusters{0, 1, 0, 1}));
  EXPECT_EQ(cluster_variables(matrix, 0.349, Linkage::average), (Clusters{0, 1, 0, 1}));
  EXPECT_EQ(cluster_variables(matrix, 0.351, Linkage::average), (Clusters{0, 0, 0, 0}));
}

TEST(ClusterVariables, AConstantVariableStandsAlone) {
  EXPECT_EQ(cluster_variables(correlations(3, {undefined, 0.95, undefined}), 0.1, Linkage::average),
            (Clusters{0, 1, 0}));
  EXPECT_TRUE(cluster_variables(Matrix(), 0.1, Linkage::average).empty());
}

/// Clusters by single linkage are the connected parts of the graph of pairs that are close.
TEST(ClusterVariables, SingleLinkageFindsConnectedParts) {
  const Matrix matrix = random_correlations(60);
  for (const double height : {0.01, 0.02, 0.03, 0.05}) {
    Clusters parts(60);
    int count = 0;
    for (std::size_t i = 0; i < 60; ++i) parts[i] = int(i);
    for (int pass = 0; pass < 60; ++pass)
      for (std::size_t i = 0; i < 60; ++i)
        for (std::size_t j = 0; j < 60; ++j)
          if (1 - std::abs(matrix(i, j)) <= height) parts[i] = std::min(parts[i], parts[j]);
    Clusters numbered(60);
    for (std::size_t i = 0; i < 60; ++i)
      numbered[i] = parts[i] == int(i) ? count++ : numbered[std::size_t(parts[i])];
    ASSERT_LT(count, 60);
    EXPECT_EQ(cluster_variables(matrix, height, Linkage::single), numbered);
  }
}

TEST(ClusterVariables, CompleteLinkageKeepsAllPairsClose) {
  const Matrix matrix = random_correlations(80);
  const auto clusters = cluster_variables(matrix, 0.3, Linkage::complete);
  EXPECT_LT(*std::ranges::max_element(clusters), 60);
  for (std::size_t i = 0; i < 80; ++i)
    for (std::size_t j = 0; j < 80; ++j)
      if (clusters[i] == clusters[j]) {
        EXPECT_LE(1 - std::abs(matrix(i, j)), 0.3);
      }
}

TEST(KeptPerCluster, ReliabilityThenVolumeThenName) {
  const Clusters clusters{0, 1, 0, 0, 1};
  const std::vector<std::string> names{"d", "e", "c", "b", "a"};
  const std::vector<double> reliability{0.8, 0.9, 0.9, 0.9, undefined};
  const std::vector<double> volume{0.1, 0.9, -0.7, 0.6, 0.1};
  EXPECT_EQ(kept_per_cluster(clusters, {reliability, volume, names}), (Indices{3, 1}));
  EXPECT_EQ(kept_per_cluster(clusters, {reliability, {}, names}), (Indices{3, 1}));
  EXPECT_EQ(kept_per_cluster(clusters, {{}, volume, names}), (Indices{0, 4}));
  EXPECT_EQ(kept_per_cluster(clusters, {{}, {}, names}), (Indices{3, 4}));
  EXPECT_EQ(kept_per_cluster(clusters, {}), (Indices{0, 1}));
}

TEST(GreedilyKept, ComparesWithWhatIsKeptOnly) {
  // 1 is too close to 0; 2 is close to 1 only, and that is gone.
  EXPECT_EQ(greedily_kept(correlations(3, {-0.95, 0.5, 0.95}), 0.9), (Indices{0, 2}));
  EXPECT_EQ(greedily_kept(correlations(2, {0.9}), 0.9), (Indices{0, 1}));  // not above
  EXPECT_EQ(greedily_kept(correlations(2, {undefined}), 0.9), (Indices{0, 1}));
}

}  // namespace
}  // namespace radiomics
