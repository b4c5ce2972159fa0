#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "radiomics/cohort/horizon.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/kaplan_meier.h"

// Numbers as people read them. What cannot be shown is a word, never "nan".

namespace radiomics {

/// "0.0213" (3 significant digits), "< 0.001", "> 0.999"; `otherwise` if undefined.
std::string p_cell(double p, std::string_view otherwise = "not tested");

/// "p = 0.0213", "p < 0.001", "p > 0.999"; `otherwise` if undefined.
std::string p_phrase(double p, std::string_view otherwise = "not tested");

/// "95 %" of 0.95; so many decimals, or as many as it has (up to six digits) if negative.
std::string percent(double fraction, int decimals = -1);

/// "18.2" (4 significant digits); `otherwise` if undefined.
std::string time_text(double time, std::string_view otherwise = "not reached");

/// "18.2 (12.1 to not reached)"; "not reached" alone if neither it nor its lower limit is.
std::string with_limits(const QuantileEstimate& quantile);

/// "0.643 (0.581 to 0.705)"; without limits if those are undefined, "not estimable" if it is.
std::string with_limits(const Estimate& estimate, int decimals);

/// The same of a probability, as C is: limits that the normal approximation puts beyond 0 and 1
/// are cut there. result.json and the CSV tables hold them uncut, as R has them.
std::string probability_with_limits(const Estimate& probability, int decimals);

/// A hazard or odds ratio: "1.10 (1.02 to 1.19)". More decimals where the interval is narrower than
/// 0.05 (a ratio per cubic millimetre), fewer from 10 on, "< 0.01" and "> 1000" at the ends.
/// "not estimable" if the ratio is not finite.
std::string ratio_with_limits(double ratio, double conf_low, double conf_high);
std::string ratio_with_limits(const Estimate& ratio);

/// A value of a variable: "19.31", and "44372" where digits alone would give 4.437e+04.
std::string value_text(double value, int significant_digits);

/// "0.643"; a dash if undefined.
std::string number_or_dash(double value, int decimals);

/// " (months)", for the heading of times; "" where the unit is not known.
std::string unit_in_brackets(const std::optional<TimeUnit>& unit);

}  // namespace radiomics
