#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// How far apart two clusters are, given the distances between their members.
enum class Linkage { average, complete, single };

std::string_view to_string(Linkage linkage);  ///< "average", "complete", "single"

/// Agglomerative clustering of variables at the distance 1 - |correlation|: the two clusters that
/// are closest are joined for as long as they are `height` or less apart (1 - the threshold of
/// redundancy). Of pairs equally close the first in the order of the columns is joined.
///
/// `correlations` is square and symmetric; NaN (a constant variable) counts as 0. Returns one
/// number per column, from 0 in order of first appearance, as R's cutree does from 1. Cost:
/// O(columns^2) and a copy of the matrix; O(columns^3) at worst. \source Lance and Williams 1967,
/// doi:10.1093/comjnl/9.4.373
std::vector<int> cluster_variables(const Matrix& correlations, double height, Linkage linkage);

/// What decides which variable stands for its cluster. Each span has one entry per variable.
struct KeepCriteria {
  std::span<const double>
      reliability{};  ///< e.g. ICC, the higher the better; empty or NaN: unknown
  std::span<const double> volume_correlation{};  ///< the sign is ignored; empty or NaN: unknown
  std::span<const std::string> names{};
};

/// The variable that each cluster keeps: the one with the highest reliability; among equals that
/// with the lowest |correlation with volume|; among equals the first by the bytes of its name. What
/// is unknown comes last. `clusters` as cluster_variables() gives; one index per cluster.
std::vector<std::size_t> kept_per_cluster(std::span<const int> clusters,
                                          const KeepCriteria& criteria);

/// Goes through the variables in order and keeps each whose |correlation| with all kept before is
/// not above `threshold`; NaN is not. Indices in ascending order.
std::vector<std::size_t> greedily_kept(const Matrix& correlations, double threshold);

}  // namespace radiomics
