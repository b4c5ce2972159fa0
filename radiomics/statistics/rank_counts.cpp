#include "radiomics/statistics/rank_counts.h"

#include <algorithm>
#include <numeric>

namespace radiomics {

DenseRanks dense_ranks(std::span<const double> values) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::ranges::sort(order, {}, [values](std::uint32_t i) { return values[i]; });
  DenseRanks ranks{std::vector<std::uint32_t>(values.size()), 0};
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == 0 || values[order[k]] != values[order[k - 1]]) ++ranks.count;
    ranks.rank[order[k]] = std::uint32_t(ranks.count - 1);
  }
  return ranks;
}

}  // namespace radiomics
