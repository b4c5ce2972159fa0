#pragma once

#include <iostream>
#include <set>
#include <span>
#include <string_view>

#include "radiomics/core/text.h"
#include "radiomics/tables/feature_table.h"

namespace cli {

/// Writes the one line in which the program reports an error.
inline void print_error(std::string_view kind, std::string_view text) {
  std::cerr << "radiomics: error: " << kind << ": " << radiomics::one_line(text) << '\n';
}

inline void print_warning(std::string_view text) {
  std::cerr << "radiomics: warning: " << radiomics::one_line(text) << '\n';
}

/// Each error once: what is wrong with a mask fails all of its regions.
inline void print_failures(std::span<const radiomics::Failure> failures) {
  std::set<std::string_view> printed;
  for (const radiomics::Failure& failure : failures)
    if (printed.insert(failure.message).second) print_error(failure.kind, failure.message);
}

}  // namespace cli
