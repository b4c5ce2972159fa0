#include "radiomics/statistics/multiplicity.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

/// The tests that have a p-value, the smallest first.
std::vector<std::size_t> sorted_tests(std::span<const double> p_values) {
  std::vector<std::size_t> tests;
  for (std::size_t i = 0; i < p_values.size(); ++i)
    if (!std::isnan(p_values[i])) tests.push_back(i);
  std::ranges::stable_sort(tests, {}, [&p_values](std::size_t i) { return p_values[i]; });
  return tests;
}

double harmonic_number(std::size_t count) {
  double sum = 0;
  for (std::size_t i = 1; i <= count; ++i) sum += 1 / double(i);
  return sum;
}

/// What the p-value of the `rank`th smallest of `count` is multiplied by.
double factor(Adjustment adjustment, std::size_t rank, std::size_t count, double harmonic) {
  switch (adjustment) {
    case Adjustment::benjamini_hochberg:
      return double(count) / double(rank);
    case Adjustment::benjamini_yekutieli:
      return harmonic * double(count) / double(rank);
    case Adjustment::holm:
    case Adjustment::hochberg:
      return double(count - rank + 1);
    case Adjustment::bonferroni:
      break;
  }
  return double(count);
}

}  // namespace

std::string_view to_string(Adjustment adjustment) {
  switch (adjustment) {
    case Adjustment::benjamini_hochberg:
      return "BH";
    case Adjustment::benjamini_yekutieli:
      return "BY";
    case Adjustment::holm:
      return "holm";
    case Adjustment::hochberg:
      return "hochberg";
    case Adjustment::bonferroni:
      break;
  }
  return "bonferroni";
}

std::vector<double> adjusted_p_values(std::span<const double> p_values, Adjustment adjustment) {
  const auto tests = sorted_tests(p_values);
  const std::size_t count = tests.size();
  const double harmonic = harmonic_number(count);
  std::vector<double> result(p_values.size(), undefined);
  for (std::size_t k = 0; k < count; ++k)
    result[tests[k]] =
        std::min(1.0, factor(adjustment, k + 1, count, harmonic) * p_values[tests[k]]);
  // A larger p-value never gets a smaller adjusted one: Holm steps down from the smallest, the
  // others step up from the largest.
  if (adjustment == Adjustment::holm)
    for (std::size_t k = 1; k < count; ++k)
      result[tests[k]] = std::max(result[tests[k]], result[tests[k - 1]]);
  else
    for (std::size_t k = count; k-- > 1;)
      result[tests[k - 1]] = std::min(result[tests[k - 1]], result[tests[k]]);
  return result;
}

}  // namespace radiomics
