#pragma once

#include <concepts>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace radiomics {

/// The shortest text that reads back as the same number: "0.1", "1e+22"; "nan" if undefined,
/// "inf" and "-inf".
std::string to_text(double value);
template <std::integral Integer>
std::string to_text(Integer value) {
  return std::to_string(value);
}

/// The number rounded for people: at most so many significant digits ("0.00131", "12.3"), or always
/// so many decimals ("0.500"); "nan" if undefined.
std::string rounded_text(double value, int significant_digits);
std::string fixed_text(double value, int decimals);

/// The number that the whole text is, in the C locale; nothing for "", "1,5", "1 mm", "0x1".
/// Leading and trailing blanks are not skipped. Accepts "nan" and "inf".
std::optional<double> to_number(std::string_view text);
std::optional<int> to_integer(std::string_view text);

std::string_view trimmed(std::string_view text);  ///< without blanks, tabs and line ends around
std::vector<std::string> split(std::string_view text, char separator);

/// As split, but a separator between double quotes belongs to its part; the quotes stay, so that
/// the parts can be split further. A quote that is not closed reaches to the end.
std::vector<std::string> split_outside_quotes(std::string_view text, char separator);
/// The text inside double quotes, "" in it as one quote; a text that has none around it as it is.
std::string unquoted(std::string_view text);

std::string lower_case(std::string_view text);  ///< ASCII letters only; other bytes are kept

/// Whether the whole text matches a shell-style pattern (`*` any run, `?` any character of UTF-8),
/// ignoring the case of ASCII letters.
bool matches(std::string_view text, std::string_view pattern);

/// The text on one line: control characters become blanks. For names that come from files.
std::string one_line(std::string_view text);

/// The length in bytes of the well-formed UTF-8 character at the start of a text that is not empty;
/// 0 if there is none. \source The Unicode Standard, table 3-7
std::size_t utf8_length(std::string_view text);

/// The text with every byte that is no valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// The text for an element or an attribute of XML or HTML: one line, valid UTF-8.
std::string markup_escaped(std::string_view text);

/// The items (numbers or strings) with a separator between them: "5x4x4", "1, 3".
template <std::ranges::input_range Items>
std::string join(const Items& items, std::string_view separator) {
  std::string text;
  bool first = true;
  for (const auto& item : items) {
    if (!first) text += separator;
    first = false;
    if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(item)>>)
      text += to_text(item);
    else
      text += item;
  }
  return text;
}

}  // namespace radiomics
