#include "radiomics/statistics/sorted_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"

namespace radiomics {
namespace {

using Order = std::vector<std::size_t>;

Order stable_order(const std::vector<double>& values) {
  Order order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&values](std::size_t i) { return values[i]; });
  return order;
}

std::vector<double> random_values(std::size_t count, double (*value)(RandomStream&)) {
  RandomStream random(7, count);
  std::vector<double> values(count);
  for (auto& one : values) one = value(random);
  return values;
}

TEST(SortedOrder, equal_values_keep_the_order_of_their_indices) {
  EXPECT_EQ(sorted_order(std::vector<double>{}), Order{});
  EXPECT_EQ(sorted_order(std::vector<double>{3, 1, 3, 2, 1}), (Order{1, 4, 3, 0, 2}));
}

// The sizes lie on both sides of the number from which digits are sorted.
TEST(SortedOrder, is_that_of_a_stable_sort_by_comparison) {
  for (const std::size_t count :
       {std::size_t{10}, std::size_t{999}, std::size_t{1000}, std::size_t{20000}}) {
    const auto spread =
        random_values(count, [](RandomStream& r) { return std::exp(400 * (r.uniform() - 0.5)); });
    EXPECT_EQ(sorted_order(spread), stable_order(spread)) << count;
    const auto signs = random_values(count, [](RandomStream& r) { return r.uniform() - 0.5; });
    EXPECT_EQ(sorted_order(signs), stable_order(signs)) << count;
    const auto tied = random_values(count, [](RandomStream& r) { return double(r.below(60)); });
    EXPECT_EQ(sorted_order(tied), stable_order(tied)) << count;
  }
}

TEST(SortedOrder, zeros_of_both_signs_are_equal_and_infinities_are_the_ends) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> values(2000, 0.0);
  for (std::size_t i = 0; i < values.size(); i += 2) values[i] = -0.0;
  values[100] = infinity;
  values[1900] = -infinity;
  values[1000] = std::numeric_limits<double>::denorm_min();
  EXPECT_EQ(sorted_order(values), stable_order(values));
}

}  // namespace
}  // namespace radiomics
