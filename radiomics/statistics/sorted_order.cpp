#include "radiomics/statistics/sorted_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace radiomics {
namespace {

static_assert(std::numeric_limits<double>::is_iec559);

// Numbers sort as their bits do, once the sign is taken care of. A radix sort has no comparisons
// that cannot be predicted, which is what sorting costs otherwise.
constexpr int digit_bits = 11;
constexpr std::size_t digits = (64 + digit_bits - 1) / digit_bits;
constexpr std::size_t buckets = std::size_t{1} << digit_bits;
constexpr std::size_t worth_it = 1000;  // values; below, the buckets cost more than comparisons

struct Item {
  std::uint64_t key;
  std::size_t index;
};

std::uint64_t key_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 is 0
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

std::size_t digit_of(std::uint64_t key, std::size_t digit) {
  return std::size_t(key >> (digit * digit_bits)) & (buckets - 1);
}

using Counts = std::array<std::uint32_t, buckets>;

std::vector<Counts> counts_of_digits(const std::vector<Item>& items) {
  std::vector<Counts> counts(digits);
  for (const Item& item : items)
    for (std::size_t digit = 0; digit < digits; ++digit) ++counts[digit][digit_of(item.key, digit)];
  return counts;
}

void sort_by_digits(std::vector<Item>& items) {
  auto counts = counts_of_digits(items);
  std::vector<Item> sorted(items.size());
  for (std::size_t digit = 0; digit < digits; ++digit) {
    Counts& places = counts[digit];
    if (places[digit_of(items.front().key, digit)] == items.size()) continue;  // all alike
    std::uint32_t next = 0;
    for (auto& place : places) {
      const auto count = place;
      place = next;
      next += count;
    }
    for (const Item& item : items) sorted[places[digit_of(item.key, digit)]++] = item;
    items.swap(sorted);
  }
}

}  // namespace

std::vector<std::size_t> sorted_order(std::span<const double> values) {
  std::vector<Item> items(values.size());
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = {key_of(values[i]), i};
  if (items.size() >= worth_it)
    sort_by_digits(items);
  else
    std::ranges::sort(items, [](const Item& a, const Item& b) {
      return a.key < b.key || (a.key == b.key && a.index < b.index);
    });
  std::vector<std::size_t> order(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) order[i] = items[i].index;
  return order;
}

}  // namespace radiomics
