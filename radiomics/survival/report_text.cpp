#include "radiomics/survival/report_text.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// As many decimals as show two digits of the width of an interval, at least two.
int decimals_for(double width) {
  if (!(width > 0) || !std::isfinite(width)) return 2;
  return std::clamp(int(std::ceil(-std::log10(width))) + 1, 2, 8);
}

std::string ratio_text(double ratio, int decimals) {
  if (std::isnan(ratio)) return "not estimable";
  if (ratio > 1000) return "> 1000";
  if (ratio < 0.005) return "< 0.01";
  if (ratio >= 99.95) return fixed_text(ratio, 0);
  return fixed_text(ratio, ratio >= 9.995 ? 1 : decimals);
}

}  // namespace

std::string p_cell(double p, std::string_view otherwise) {
  if (std::isnan(p)) return std::string(otherwise);
  if (p < 0.001) return "< 0.001";
  return p > 0.999 ? "> 0.999" : rounded_text(p, 3);
}

std::string p_phrase(double p, std::string_view otherwise) {
  if (std::isnan(p)) return std::string(otherwise);
  const std::string cell = p_cell(p);
  return (cell.starts_with('<') || cell.starts_with('>') ? "p " : "p = ") + cell;
}

std::string percent(double fraction, int decimals) {
  if (!std::isfinite(fraction)) return "not estimable";
  return (decimals < 0 ? rounded_text(100 * fraction, 6) : fixed_text(100 * fraction, decimals)) +
         " %";
}

std::string time_text(double time, std::string_view otherwise) {
  return std::isfinite(time) ? value_text(time, 4) : std::string(otherwise);
}

std::string with_limits(const QuantileEstimate& quantile) {
  if (std::isnan(quantile.estimate) && std::isnan(quantile.conf_low)) return "not reached";
  return time_text(quantile.estimate) + " (" + time_text(quantile.conf_low) + " to " +
         time_text(quantile.conf_high) + ")";
}

std::string with_limits(const Estimate& estimate, int decimals) {
  if (!std::isfinite(estimate.estimate)) return "not estimable";
  std::string text = fixed_text(estimate.estimate, decimals);
  if (!std::isfinite(estimate.conf_low) || !std::isfinite(estimate.conf_high)) return text;
  return text + " (" + fixed_text(estimate.conf_low, decimals) + " to " +
         fixed_text(estimate.conf_high, decimals) + ")";
}

std::string probability_with_limits(const Estimate& probability, int decimals) {
  Estimate cut = probability;
  if (cut.conf_low < 0) cut.conf_low = 0;  // NaN stays
  if (cut.conf_high > 1) cut.conf_high = 1;
  return with_limits(cut, decimals);
}

std::string ratio_with_limits(double ratio, double conf_low, double conf_high) {
  if (!std::isfinite(ratio)) return "not estimable";
  const int decimals = decimals_for(conf_high - conf_low);
  std::string text = ratio_text(ratio, decimals);
  if (std::isnan(conf_low) || std::isnan(conf_high)) return text;
  return text + " (" + ratio_text(conf_low, decimals) + " to " + ratio_text(conf_high, decimals) +
         ")";
}

std::string ratio_with_limits(const Estimate& ratio) {
  return ratio_with_limits(ratio.estimate, ratio.conf_low, ratio.conf_high);
}

std::string value_text(double value, int significant_digits) {
  const std::string rounded = rounded_text(value, significant_digits);
  const bool in_full = rounded.find("e+") != std::string::npos && std::abs(value) < 1e12;
  return in_full ? fixed_text(value, 0) : rounded;
}

std::string number_or_dash(double value, int decimals) {
  return std::isnan(value) ? "–" : fixed_text(value, decimals);
}

std::string unit_in_brackets(const std::optional<TimeUnit>& unit) {
  return unit ? " (" + std::string(to_string(*unit)) + ")" : "";
}

}  // namespace radiomics
