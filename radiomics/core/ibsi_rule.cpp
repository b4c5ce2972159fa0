#include "radiomics/core/ibsi_rule.h"

#include <cmath>

namespace radiomics {
namespace {

double as_printed(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double last_digit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
  return std::round(value / last_digit) * last_digit;
}

}  // namespace

bool agrees_with_ibsi(double value, double published, double tolerance) {
  // Powers of ten and decimal fractions are not exact in binary; digits beyond the third are gone.
  const double binary = 1e-9 * std::abs(published);
  return std::abs(as_printed(value) - published) <= tolerance + binary;
}

}  // namespace radiomics
