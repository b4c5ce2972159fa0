#pragma once

#include <iostream>
#include <string_view>

#include "radiomics/core/text.h"

namespace cli {

/// Writes the one line in which the program reports an error.
inline void print_error(std::string_view kind, std::string_view text) {
  std::cerr << "radiomics: error: " << kind << ": " << radiomics::one_line(text) << '\n';
}

inline void print_warning(std::string_view text) {
  std::cerr << "radiomics: warning: " << radiomics::one_line(text) << '\n';
}

}  // namespace cli
