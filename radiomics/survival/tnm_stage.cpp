#include "radiomics/survival/tnm_stage.h"

#include <algorithm>
#include <array>
#include <map>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// Lower case without blanks, dots and what tells how it was found: c, p, y, r, a.
std::string bare(std::string_view text, char letter) {
  std::string result;
  for (const char c : lower_case(trimmed(text)))
    if (c != ' ' && c != '.' && c != '-' && c != '_') result += c;
  const auto at = result.find(letter);
  if (at == std::string::npos) return result;
  const bool only_prefixes = std::ranges::all_of(
      result.substr(0, at), [](char c) { return std::string_view("cpyra").find(c) < 5; });
  return only_prefixes ? result.substr(at + 1) : "?";
}

/// A digit of 0 ... `largest` and letters that it may have.
std::optional<std::string> category(char letter, const std::string& text, char largest,
                                    std::string_view letters) {
  if (text.empty() || text[0] < '0' || text[0] > largest) return {};
  if (text.size() > 2 || (text.size() == 2 && letters.find(text[1]) == std::string_view::npos))
    return {};
  return std::string(1, letter) + text;
}

/// What T, N and their absence of metastasis make; "" where it is not settled.
using Row = std::array<std::string_view, 4>;  // N0 N1 N2 N3

Row row_of_7th(std::string_view t) {
  if (t.starts_with("T1")) return {"IA", "IIA", "IIIA", "IIIB"};
  if (t == "T2a") return {"IB", "IIA", "IIIA", "IIIB"};
  if (t == "T2b") return {"IIA", "IIB", "IIIA", "IIIB"};
  if (t == "T2") return {"", "", "IIIA", "IIIB"};
  if (t == "T3") return {"IIB", "IIIA", "IIIA", "IIIB"};
  if (t == "T4") return {"IIIA", "IIIA", "IIIB", "IIIB"};
  return {};
}

Row row_of_8th(std::string_view t) {
  if (t == "T1a") return {"IA1", "IIB", "IIIA", "IIIB"};
  if (t == "T1b") return {"IA2", "IIB", "IIIA", "IIIB"};
  if (t == "T1c") return {"IA3", "IIB", "IIIA", "IIIB"};
  if (t.starts_with("T1")) return {"IA", "IIB", "IIIA", "IIIB"};
  if (t == "T2a") return {"IB", "IIB", "IIIA", "IIIB"};
  if (t == "T2b") return {"IIA", "IIB", "IIIA", "IIIB"};
  if (t == "T2") return {"", "IIB", "IIIA", "IIIB"};
  if (t == "T3") return {"IIB", "IIIA", "IIIB", "IIIC"};
  if (t == "T4") return {"IIIA", "IIIA", "IIIB", "IIIC"};
  return {};
}

std::string_view metastatic_group(std::string_view m, TnmEdition edition) {
  if (edition == TnmEdition::seventh) return "IV";
  if (m == "M1c") return "IVB";
  return m == "M1" ? "IV" : "IVA";
}

}  // namespace

std::optional<std::string> t_category(std::string_view text) {
  const std::string t = bare(text, 't');
  if (t == "is") return "Tis";
  if (t.starts_with("1mi")) return "T1mi";
  return category('T', t, '4', t.starts_with('1') ? "abc" : t.starts_with('2') ? "ab" : "");
}

std::optional<std::string> n_category(std::string_view text) {
  return category('N', bare(text, 'n'), '3', "");
}

std::optional<std::string> m_category(std::string_view text) {
  const std::string m = bare(text, 'm');
  return category('M', m, '1', m.starts_with('1') ? "abc" : "");
}

std::optional<std::string> stage_group(std::string_view text) {
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    const auto first = stage_group(text.substr(0, dash)), last = stage_group(text.substr(dash + 1));
    return first && last ? std::optional(*first + "-" + *last) : std::nullopt;
  }
  std::string word = lower_case(trimmed(text));
  if (word.starts_with("stage")) word = word.substr(5);
  word = lower_case(trimmed(word));
  static const std::map<char, std::string> roman{
      {'1', "i"}, {'2', "ii"}, {'3', "iii"}, {'4', "iv"}};
  if (!word.empty() && roman.contains(word[0])) word = roman.at(word[0]) + word.substr(1);
  static constexpr std::array<std::string_view, 18> groups{
      "0",   "i",   "ia",   "ia1",  "ia2",  "ia3", "ib",  "ii",  "iia",
      "iib", "iii", "iiia", "iiib", "iiic", "iv",  "iva", "ivb", "occult"};
  if (std::ranges::find(groups, word) == groups.end()) return {};
  if (word == "occult") return word;
  std::ranges::transform(word, word.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  return word;
}

std::optional<std::string> disease_extent(std::string_view text) {
  std::string word;
  for (const char c : lower_case(trimmed(text)))
    if (c != ' ' && c != '-' && c != '_') word += c;
  for (const std::string_view start : {"limited", "ld", "ls"})
    if (word.starts_with(start)) return "limited";
  for (const std::string_view start : {"extensive", "ed", "es"})
    if (word.starts_with(start)) return "extensive";
  return {};
}

std::string main_category(std::string_view category) {
  return category == "Tis" ? "Tis" : std::string(category.substr(0, 2));
}

std::string main_group(std::string_view group) {
  return std::string(group.substr(0, group.find_first_of("ABC")));
}

std::optional<std::string> group_of(std::string_view t, std::string_view n, std::string_view m,
                                    TnmEdition edition) {
  if (m.starts_with("M1")) return std::string(metastatic_group(m, edition));
  if (t == "Tis") return n == "N0" ? std::optional<std::string>("0") : std::nullopt;
  const Row row = edition == TnmEdition::seventh ? row_of_7th(t) : row_of_8th(t);
  const auto nodes = std::size_t(n[1] - '0');
  if (row[nodes].empty()) return {};
  return std::string(row[nodes]);
}

std::string extent_of(std::string_view m) { return m == "M0" ? "limited" : "extensive"; }

}  // namespace radiomics
