#pragma once

#include <cctype>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace radiomics {

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// Whether every element that is opened is closed, in order, and every '&' begins a reference.
inline testing::AssertionResult is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    const std::string tag = xml.substr(at + 1, xml.find('>', at) - at - 1);
    if (tag.starts_with('?') || tag.ends_with('/')) continue;
    const std::string name = tag.substr(0, tag.find_first_of(" \n"));
    if (!name.starts_with('/'))
      open.push_back("/" + name);
    else if (open.empty() || open.back() != name)
      return testing::AssertionFailure() << "<" << name << "> closes nothing";
    else
      open.pop_back();
  }
  for (std::size_t at = xml.find('&'); at != std::string::npos; at = xml.find('&', at + 1))
    if (xml.find(';', at) > at + 6) return testing::AssertionFailure() << "a bare &";
  return open.empty() ? testing::AssertionSuccess()
                      : testing::AssertionFailure() << "<" << open.back() << "> is missing";
}

/// What holds for every figure, whatever its numbers are.
inline void expect_sound(const std::string& svg) {
  EXPECT_TRUE(is_well_formed(svg));
  for (const char* part : {"nan", "inf", "<script", "href", " id=", "url("})
    EXPECT_EQ(count(svg, part), 0u) << part;
}

/// The attribute of the first element that has `part`; NaN if there is none.
inline double attribute_of(const std::string& svg, const std::string& element,
                           const std::string& part, const std::string& name) {
  for (std::size_t at = svg.find("<" + element + " "); at != std::string::npos;
       at = svg.find("<" + element + " ", at + 1)) {
    // A text counts with its content.
    const std::string one = svg.substr(at, svg.find('\n', at) - at);
    const auto value = one.find(" " + name + "=\"");
    if (one.find(part) != std::string::npos && value != std::string::npos)
      return std::stod(one.substr(value + name.size() + 3));
  }
  return std::nan("");
}

}  // namespace radiomics
