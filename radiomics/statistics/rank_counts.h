#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace radiomics {

/// Values replaced by their order: equal values share a number, numbered from 0.
struct DenseRanks {
  std::vector<std::uint32_t> rank;
  std::size_t count = 0;  ///< distinct values
};

/// No NaN. Cost: one sort.
DenseRanks dense_ranks(std::span<const double> values);

/// The weight of patients by the rank of their risk, and how much of it lies below a rank: the sums
/// that pairwise statistics need, in O(log ranks) each. Whole weights are summed exactly.
/// \source binary indexed tree: Fenwick 1994, doi:10.1002/spe.4380240306
class RankCounts {
 public:
  explicit RankCounts(std::size_t ranks) : weight_(ranks), tree_(ranks + 1) {}

  void clear() {
    std::ranges::fill(weight_, 0);
    std::ranges::fill(tree_, 0);
    total_ = 0;
  }

  void add(std::uint32_t rank, double weight) {
    weight_[rank] += weight;
    total_ += weight;
    for (std::size_t node = rank + 1; node < tree_.size(); node += node & (~node + 1))
      tree_[node] += weight;
  }

  double below(std::uint32_t rank) const {
    double sum = 0;
    for (std::size_t node = rank; node > 0; node &= node - 1) sum += tree_[node];
    return sum;
  }

  double at(std::uint32_t rank) const { return weight_[rank]; }
  double above(std::uint32_t rank) const { return total_ - below(rank) - at(rank); }
  double total() const { return total_; }

 private:
  std::vector<double> weight_;
  std::vector<double> tree_;  ///< node k holds the ranks of its lowest set bit up to k - 1
  double total_ = 0;
};

}  // namespace radiomics
