#include "radiomics/statistics/rank_counts.h"

#include "radiomics/statistics/sorted_order.h"

namespace radiomics {

DenseRanks dense_ranks(std::span<const double> values) {
  const auto order = sorted_order(values);
  DenseRanks ranks{std::vector<std::uint32_t>(values.size()), 0};
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == 0 || values[order[k]] != values[order[k - 1]]) ++ranks.count;
    ranks.rank[order[k]] = std::uint32_t(ranks.count - 1);
  }
  return ranks;
}

}  // namespace radiomics
