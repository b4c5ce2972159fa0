#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "radiomics/core/text.h"

namespace radiomics {

/// Numbers for messages, to three decimals: 1.2 for 1.199999999999999. Internal to io.
inline double shortened(double value) { return std::round(value * 1e3) / 1e3; }
inline std::string short_text(double value) { return to_text(shortened(value)); }

/// The same of several, with a separator between them.
template <class Array>
std::string short_text(Array values, std::string_view separator) {
  std::ranges::transform(values, values.begin(), shortened);
  return join(values, separator);
}

}  // namespace radiomics
