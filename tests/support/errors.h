#pragma once

#include <string>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"

namespace radiomics {

/// The error that `action` throws; a failure of the test if it throws none. One line is checked.
template <class Action>
Error error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return Error(ErrorKind::invalid_argument, "");
}

/// "kind: message" of the error that `action` throws; "accepted" if it throws none.
template <class Action>
std::string error_text(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return std::string(to_string(error.kind())) + ": " + error.what();
  }
  return "accepted";
}

}  // namespace radiomics

/// Expects that a statement throws an Error of a kind whose message holds a text.
#define EXPECT_ERROR(statement, expected_kind, part)                                      \
  do {                                                                                    \
    const radiomics::Error error_ = radiomics::error_of([&] { (void)(statement); });      \
    EXPECT_EQ(radiomics::to_string(error_.kind()), radiomics::to_string(expected_kind))   \
        << error_.what();                                                                 \
    EXPECT_NE(std::string(error_.what()).find(part), std::string::npos) << error_.what(); \
  } while (false)
