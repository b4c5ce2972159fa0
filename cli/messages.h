#pragma once

#include <iostream>
#include <string_view>

namespace cli {

/// Writes the one line in which the program reports an error.
inline void print_error(std::string_view kind, std::string_view text) {
  std::cerr << "radiomics: error: " << kind << ": " << text << '\n';
}

inline void print_warning(std::string_view text) {
  std::cerr << "radiomics: warning: " << text << '\n';
}

}  // namespace cli
