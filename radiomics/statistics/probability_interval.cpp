#include "radiomics/statistics/probability_interval.h"

#include <algorithm>
#include <cmath>

#include "radiomics/statistics/inference.h"

namespace radiomics {

std::string_view to_string(ConfidenceType type) {
  switch (type) {
    case ConfidenceType::log_log:
      return "log-log";
    case ConfidenceType::log:
      return "log";
    case ConfidenceType::plain:
      return "plain";
  }
  return "";
}

std::pair<double, double> probability_interval(double p, double log_error, double z,
                                               ConfidenceType type) {
  if (p == 0) return {undefined, undefined};
  const auto within = [](double value) { return std::clamp(value, 0.0, 1.0); };
  switch (type) {
    case ConfidenceType::plain:
      return {within(p - z * p * log_error), within(p + z * p * log_error)};
    case ConfidenceType::log:
      return {within(p * std::exp(-z * log_error)), within(p * std::exp(z * log_error))};
    case ConfidenceType::log_log:
      break;
  }
  if (p == 1) return {undefined, undefined};
  const double half_width = -z * log_error / std::log(p);
  return {std::pow(p, std::exp(half_width)), std::pow(p, std::exp(-half_width))};
}

}  // namespace radiomics
