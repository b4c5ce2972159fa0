#include "radiomics/cohort/tnm_stage.h"

#include <algorithm>
#include <array>
#include <map>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// Lower case without blanks, dots and other signs between letters.
std::string letters_of(std::string_view text) {
  std::string result;
  for (const char c : lower_case(trimmed(text)))
    if (c != ' ' && c != '.' && c != '-' && c != '_') result += c;
  return result;
}

/// Without what may follow in brackets: several tumours "(m)" or their number, "(sn)", "(f)".
std::string without_suffix(const std::string& text) {
  const auto open = text.find('(');
  if (open == std::string::npos || text.back() != ')') return text;
  const std::string inside = text.substr(open + 1, text.size() - open - 2);
  const bool number =
      !inside.empty() && std::ranges::all_of(inside, [](char c) { return c >= '0' && c <= '9'; });
  return number || inside == "m" || inside == "sn" || inside == "f" ? text.substr(0, open) : text;
}

/// Without the letter and what tells how it was found: c, p, y, r, a.
std::string bare(std::string_view text, char letter) {
  std::string result = without_suffix(letters_of(text));
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
  if (t == "T2") return {"", "II", "IIIA", "IIIB"};
  if (t == "T3") return {"IIB", "IIIA", "IIIA", "IIIB"};
  if (t == "T4") return {"IIIA", "IIIA", "IIIB", "IIIB"};
  return {};
}

Row row_of_8th(std::string_view t) {
  if (t == "T1a" || t == "T1mi") return {"IA1", "IIB", "IIIA", "IIIB"};
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

/// A group as numbers that can be compared: III 3, A 1; 0 where it is not divided.
struct GroupParts {
  int number = 0, letter = 0;
};

GroupParts parts_of(std::string_view group) {
  const std::string_view main = group.substr(0, group.find_first_of("ABC"));
  GroupParts parts{.number = main == "IV" ? 4 : main.starts_with('I') ? int(main.size()) : 0};
  if (main.size() < group.size()) parts.letter = group[main.size()] - 'A' + 1;
  return parts;
}

/// Below 0, 0, above 0, as far as both are divided.
int compared(const GroupParts& a, const GroupParts& b) {
  if (a.number != b.number) return a.number - b.number;
  return a.letter == 0 || b.letter == 0 ? 0 : a.letter - b.letter;
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
  if (t == "1mi") return "T1mi";
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
  const std::string word = letters_of(text);
  const auto is = [&word](char first, std::string_view start, std::string_view whole) {
    const std::string letter(1, first);
    if (word == letter || word == start || word.starts_with(whole)) return true;
    for (const char* kind : {"d", "s"})
      for (const char* disease : {"", "sclc"})
        if (word == letter + kind + disease) return true;
    return false;
  };
  if (word.find("limited") != std::string::npos && word.find("extensive") != std::string::npos)
    return {};  // "limited/extensive"
  if (is('l', "lim", "limited")) return "limited";
  if (is('e', "ext", "extensive")) return "extensive";
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

bool agree(std::string_view stated, std::string_view group) {
  const auto dash = stated.find('-');
  const auto last = dash == std::string_view::npos ? stated : stated.substr(dash + 1);
  if (stated == "occult") return group == stated;
  const GroupParts ours = parts_of(group);
  return compared(parts_of(stated.substr(0, dash)), ours) <= 0 &&
         compared(ours, parts_of(last)) <= 0;
}

bool is_of_8th_only(std::string_view code) {
  static constexpr std::array<std::string_view, 9> only{"T1c", "T1mi", "M1c", "IA1", "IA2",
                                                        "IA3", "IIIC", "IVA", "IVB"};
  for (std::size_t start = 0; start <= code.size();) {
    const auto end = std::min(code.find('-', start), code.size());
    if (std::ranges::find(only, code.substr(start, end - start)) != only.end()) return true;
    start = end + 1;
  }
  return false;
}

std::string extent_of(std::string_view m) { return m == "M0" ? "limited" : "extensive"; }

}  // namespace radiomics
