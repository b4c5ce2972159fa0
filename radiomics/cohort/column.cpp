#include "radiomics/cohort/column.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// The column whose name differs in letter case or blanks, begins with the other, or has it in it;
/// "" if none.
std::string near_match(const std::vector<std::string>& columns, const std::string& name) {
  const std::string wanted = lower_case(trimmed(name));
  for (const auto& column : columns)
    if (lower_case(trimmed(column)) == wanted) return column;
  for (const auto& column : columns)
    if (wanted.size() > 2 && lower_case(column).starts_with(wanted)) return column;
  for (const auto& column : columns)
    if (wanted.size() > 2 && lower_case(column).find(wanted) != std::string::npos) return column;
  return {};
}

/// A name as it is typed in a list.
std::string typed(const std::string& name) {
  return name.find(',') == std::string::npos ? name : '"' + name + '"';
}

[[noreturn]] void refuse_name(const Cohort& cohort, const std::string& name) {
  std::vector<std::string> columns, files;
  for (const auto& table : cohort.tables) {
    columns.insert(columns.end(), table.text.columns.begin(), table.text.columns.end());
    files.push_back(table.file);
  }
  for (const auto& derived : cohort.derived) columns.push_back(derived.name);
  const std::string near = near_match(columns, name);
  std::ranges::transform(columns, columns.begin(), typed);
  throw Error(ErrorKind::column_not_found,
              join(files, ", ") + ": no column '" + one_line(name) + "'" +
                  (near.empty() ? "" : "; did you mean '" + typed(one_line(near)) + "'?") +
                  "; columns: " + listed(columns));
}

std::string and_more(std::size_t count) {
  return count > 1 ? " (and " + counted(count - 1, "more cell") + ")" : "";
}

/// One spelling for equal numbers where all cells are numbers; the cells themselves otherwise.
std::vector<std::string> keys_of(const Column& column, const CellRules& rules, bool& numeric) {
  std::vector<std::string> keys(column.cells.begin(), column.cells.end());
  numeric = true;
  for (std::size_t i = 0; i < keys.size() && numeric; ++i)
    numeric = column.missing[i] || to_number(keys[i], rules).has_value();
  if (!numeric) return keys;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (!column.missing[i]) keys[i] = to_text(*to_number(keys[i], rules));
  return keys;
}

std::vector<std::string> sorted_levels(const Column& column, const std::vector<std::string>& keys,
                                       bool numeric) {
  std::set<std::string> distinct;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (!column.missing[i]) distinct.insert(keys[i]);
  std::vector<std::string> levels(distinct.begin(), distinct.end());
  if (numeric)
    std::ranges::sort(levels, {}, [](const std::string& key) {
      const double value = *to_number(key);  // of "NAN", too: last
      return std::pair(std::isnan(value), std::isnan(value) ? 0 : value);
    });
  return levels;
}

/// The number that is written with at most 15 digits and no exponent, which most are; NaN for any
/// other text. A whole number over a power of ten, both exact: their quotient is the nearest
/// double.
double short_decimal(std::string_view text) {
  constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t whole = 0;
  std::size_t digits = 0, before_point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = unsigned(text[i]) - unsigned('0');
    if (digit < 10) {
      whole = 10 * whole + digit;
      if (++digits > 15) return undefined;
    } else if (text[i] == '.' && before_point == text.size()) {
      before_point = digits;
    } else {
      return undefined;
    }
  }
  if (digits == 0) return undefined;
  const double value = double(whole) / powers[digits - std::min(digits, before_point)];
  return negative ? -value : value;
}

/// What to_number() refuses because it is out of range; without its exponent it is a number.
std::optional<double> zero_or_infinity(std::string_view text) {
  const auto e = text.find_first_of("eE");
  if (e == std::string_view::npos || !to_number(text.substr(0, e)) ||
      !to_integer(text.substr(e + 1)))
    return {};
  if (text[e + 1] == '-') return 0;
  return text[0] == '-' ? -std::numeric_limits<double>::infinity()
                        : std::numeric_limits<double>::infinity();
}

std::optional<double> number_with_point(std::string_view text) {
  std::optional<double> value = to_number(text);
  if (!value) value = zero_or_infinity(text);
  return value;
}

Column derived_column(const Cohort& cohort, const DerivedColumn& derived) {
  const auto text = std::make_shared<const std::vector<std::string>>(derived.cells);
  Column result{.name = derived.name,
                .file = cohort.tables[0].file,
                .cells = {text->begin(), text->end()},
                .lines = {},
                .missing = {},
                .text = text};
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    result.lines.push_back(cohort.tables[0].text.lines[cohort.rows[0][i]]);
    result.missing.push_back(text->at(i).empty());
  }
  return result;
}

}  // namespace

std::string Column::place(std::size_t patient) const {
  return file + ":" + to_text(lines[patient]) + ":" + one_line(name);
}

Column column(const Cohort& cohort, const std::string& name) {
  for (std::size_t t = 0; t < cohort.tables.size(); ++t) {
    const CsvCells& table = cohort.tables[t].text;
    const auto found = std::ranges::find(table.columns, name);
    if (found == table.columns.end()) continue;
    const auto at = std::size_t(found - table.columns.begin());
    Column result{.name = name,
                  .file = cohort.tables[t].file,
                  .cells = {},
                  .lines = {},
                  .missing = {},
                  .text = table.text};
    result.cells.reserve(cohort.size());
    result.lines.reserve(cohort.size());
    result.missing.reserve(cohort.size());
    for (const std::size_t row : cohort.rows[t]) {
      result.cells.push_back(trimmed(table.at(row, at)));
      result.lines.push_back(table.lines[row]);
      result.missing.push_back(cohort.cells.is_missing(result.cells.back()));
    }
    return result;
  }
  for (const auto& derived : cohort.derived)
    if (derived.name == name) return derived_column(cohort, derived);
  refuse_name(cohort, name);
}

std::optional<double> to_number(std::string_view cell, const CellRules& rules) {
  if (rules.decimal == '.') return number_with_point(cell);
  if (cell.find('.') != std::string_view::npos) return {};
  std::string text(cell);
  std::ranges::replace(text, rules.decimal, '.');
  return number_with_point(text);
}

std::vector<double> numbers(const Column& column, const CellRules& rules) {
  std::vector<double> result(column.cells.size(), undefined);
  std::vector<std::size_t> text, infinite;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (column.missing[i]) continue;
    if (rules.decimal == '.') result[i] = short_decimal(column.cells[i]);
    if (!std::isnan(result[i])) continue;
    const auto value = to_number(column.cells[i], rules);
    if (!value)
      text.push_back(i);
    else if (!std::isfinite(*value))
      infinite.push_back(i);
    else
      result[i] = *value;
  }
  const auto cell = [&column](std::size_t i) {
    return column.place(i) + ": '" + one_line(column.cells[i]) + "'";
  };
  if (!text.empty())
    throw Error(ErrorKind::not_numeric, cell(text[0]) + " is not a number" + and_more(text.size()) +
                                            "; correct it, or declare it missing with --na");
  if (!infinite.empty() && !rules.nonfinite_is_missing)
    throw Error(ErrorKind::nonfinite,
                cell(infinite[0]) + " is not finite" + and_more(infinite.size()) +
                    "; correct it, or let it count as missing with --nonfinite missing");
  return result;
}

double logarithm(double number, const Column& column, std::size_t patient) {
  require(!(number <= 0), ErrorKind::invalid_argument,
          column.place(patient) + ": " + to_text(number) +
              " has no logarithm; correct it or leave the cell empty");
  return std::log(number);
}

FactorSpec parse_factor(const std::string& text) {
  const auto parts = split_outside_quotes(text, ':');
  FactorSpec factor{.name = unquoted(parts[0]), .levels = {}};
  require(!factor.name.empty(), ErrorKind::invalid_argument,
          "'" + one_line(text) + "' names no column; write NAME or NAME:LEVEL,LEVEL");
  if (parts.size() == 1) return factor;
  for (const auto& level : split_outside_quotes(text.substr(parts[0].size() + 1), ',')) {
    factor.levels.push_back(unquoted(trimmed(level)));
    require(!factor.levels.back().empty() &&
                std::ranges::count(factor.levels, factor.levels.back()) == 1,
            ErrorKind::invalid_argument,
            "'" + one_line(text) + "' has an empty level or one that comes twice");
  }
  return factor;
}

Grouping group_by(const Column& column, const std::vector<std::string>& levels,
                  const CellRules& rules) {
  bool numeric = false;
  const std::vector<std::string> keys = keys_of(column, rules, numeric);
  std::vector<std::string> level_keys = levels;
  if (levels.empty())
    level_keys = sorted_levels(column, keys, numeric);
  else if (numeric)
    for (auto& key : level_keys)
      if (const auto value = to_number(key, rules)) key = to_text(*value);
  Grouping result{.labels = levels.empty() ? level_keys : levels, .group = {}};
  std::unordered_map<std::string_view, int> numbered;
  for (std::size_t level = 0; level < level_keys.size(); ++level)
    numbered.emplace(level_keys[level], int(level));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto found = numbered.find(keys[i]);
    result.group.push_back(column.missing[i] || found == numbered.end() ? -1 : found->second);
    if (!column.missing[i] && found == numbered.end())
      throw Error(ErrorKind::invalid_argument,
                  column.place(i) + ": '" + one_line(column.cells[i]) + "' is none of the levels " +
                      one_line(join(levels, ", ")) + "; add it to --factor");
  }
  return result;
}

Grouping crossed(const std::vector<Grouping>& groupings, std::size_t patients) {
  Grouping result;
  std::map<std::vector<int>, int> known;
  for (std::size_t i = 0; i < patients; ++i) {
    std::vector<int> key;
    std::string label;
    for (const auto& grouping : groupings) {
      key.push_back(grouping.group[i]);
      if (key.back() < 0) break;
      label += (label.empty() ? "" : ", ") + grouping.labels[std::size_t(key.back())];
    }
    if (!key.empty() && key.back() < 0) {
      result.group.push_back(-1);
      continue;
    }
    const auto [entry, is_new] = known.emplace(key, int(known.size()));
    if (is_new) result.labels.push_back(label);
    result.group.push_back(entry->second);
  }
  return result;
}

}  // namespace radiomics
