#pragma once

#include <string>

#include "tests/support/errors.h"

namespace radiomics {

/// What a guard says of a file that it refuses; "" of one that it lets through.
template <class Guard>
std::string refusal_by(const Guard& guard, const std::string& file) {
  try {
    guard(file);
  } catch (const Error& error) {
    return error_of([&] { throw error; }).what();
  }
  return "";
}

}  // namespace radiomics

/// Expects that what is said of a file, refusal(bytes), holds a text.
#define EXPECT_REFUSED(bytes, part)                                            \
  do {                                                                         \
    const std::string message = refusal(bytes);                                \
    EXPECT_NE(message.find(part), std::string::npos) << "'" << message << "'"; \
  } while (false)
