#include "radiomics/cohort/horizon.h"

#include <array>
#include <cmath>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

struct Unit {
  TimeUnit unit;
  std::string_view name;
  double days;
};

constexpr std::array<Unit, 3> units{{{TimeUnit::days, "days", 1},
                                     {TimeUnit::months, "months", 30.4375},
                                     {TimeUnit::years, "years", 365.25}}};

const Unit* unit_with_letter(char letter) {
  for (const auto& unit : units)
    if (unit.name[0] == letter) return &unit;
  return nullptr;
}

}  // namespace

std::string_view to_string(TimeUnit unit) { return units[std::size_t(unit)].name; }

std::optional<TimeUnit> parse_time_unit(std::string_view name) {
  for (const auto& unit : units)
    if (unit.name == name) return unit.unit;
  return {};
}

double parse_horizon(std::string_view text, std::optional<TimeUnit> column_unit) {
  const std::string shown = "'" + one_line(text) + "'";
  const Unit* unit = text.empty() ? nullptr : unit_with_letter(text.back());
  const auto value = to_number(unit ? text.substr(0, text.size() - 1) : text);
  require(value && std::isfinite(*value) && *value >= 0, ErrorKind::invalid_argument,
          shown + " is no time; write a number such as 24, or 24m, 2y, 730d");
  if (!unit) return *value;
  require(
      column_unit.has_value(), ErrorKind::invalid_argument,
      shown + " has a unit, and that of the time column is not known; name it with --time-unit");
  // The rounding of one division at most: 2y are exactly 24 months.
  return *value * unit->days / units[std::size_t(*column_unit)].days;
}

std::string horizon_phrase(double time, std::optional<TimeUnit> column_unit) {
  if (!column_unit) return "time " + rounded_text(time, 6);
  const double years = time * units[std::size_t(*column_unit)].days / 365.25;
  const bool whole = years >= 0.5 && std::abs(years - std::round(years)) < 1e-3;
  const double number = whole ? std::round(years) : time;
  std::string noun(to_string(whole ? TimeUnit::years : *column_unit));
  if (number == 1) noun.pop_back();
  return rounded_text(number, 6) + " " + noun;
}

double tick_step(double last, std::optional<TimeUnit> column_unit) {
  if (column_unit != TimeUnit::months) return 0;
  for (const double step : {1, 3, 6, 12, 24, 60})
    if (last / step <= 10) return step;
  return 120;
}

}  // namespace radiomics
