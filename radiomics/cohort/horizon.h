#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace radiomics {

/// The unit of a column of times. A month has 30.4375 days, a year 365.25.
enum class TimeUnit { days, months, years };

std::string_view to_string(TimeUnit unit);  ///< "days", "months", "years"

/// The unit with that name; nothing for any other word.
std::optional<TimeUnit> parse_time_unit(std::string_view name);

/// Reads a time: "24" in the unit of the column or, where that unit is known, "730d", "24m", "2y".
/// \throws Error invalid_argument if it is no such number, negative, or its unit needs that of the
///         column
double parse_horizon(std::string_view text, std::optional<TimeUnit> column_unit);

/// A time in the unit of the column for a sentence with "at": "2 years" where it is a whole number
/// of them, else "18 months"; "time 24" where the unit is not known.
std::string horizon_phrase(double time, std::optional<TimeUnit> column_unit);

/// The distance of the ticks of a time axis that ends at `last`: whole years, halves or quarters of
/// a year where the times are months; else 0, any that suits the numbers.
double tick_step(double last, std::optional<TimeUnit> column_unit);

}  // namespace radiomics
