#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace radiomics {

/// How likely a whole number is.
struct Share {
  int value;
  double p;  ///< > 0
};

/// The values that occur, in increasing order; their shares add up to 1.
using Distribution = std::vector<Share>;

/// \param counts  of the values 0, 1, 2, ...
/// \param total   their sum
inline Distribution distribution_of(std::span<const std::int64_t> counts, std::int64_t total) {
  Distribution result;
  for (std::size_t value = 0; value < counts.size(); ++value)
    if (counts[value] > 0) result.push_back({int(value), double(counts[value]) / double(total)});
  return result;
}

/// The mean of term(value), a function of double.
template <class Term>
double expectation(const Distribution& distribution, Term term) {
  double sum = 0;
  for (const auto& [value, p] : distribution) sum += term(double(value)) * p;
  return sum;
}

inline double mean(const Distribution& distribution) {
  return expectation(distribution, [](double value) { return value; });
}

inline double variance(const Distribution& distribution) {
  const double centre = mean(distribution);
  return expectation(distribution,
                     [&](double value) { return (value - centre) * (value - centre); });
}

/// In bits.
inline double entropy(const Distribution& distribution) {
  double sum = 0;
  for (const Share& share : distribution) sum -= share.p * std::log2(share.p);
  return sum;
}

/// The sum of squared shares.
inline double concentration(const Distribution& distribution) {
  double sum = 0;
  for (const Share& share : distribution) sum += share.p * share.p;
  return sum;
}

}  // namespace radiomics
