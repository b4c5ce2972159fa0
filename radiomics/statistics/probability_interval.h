#pragma once

#include <string_view>
#include <utility>

namespace radiomics {

/// The scale on which an estimated probability is assumed normal for its interval.
enum class ConfidenceType { log_log, log, plain };

std::string_view to_string(ConfidenceType type);  ///< "log-log", "log", "plain"

/// The limits of a probability `p`, within [0, 1]; `log_error` is the standard error of log p, that
/// of p divided by p, and `z` the normal quantile. NaN where p is 0, and on the log-log scale,
/// log(-log p), where it is 1.
/// \source Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, section 1.4
std::pair<double, double> probability_interval(double p, double log_error, double z,
                                               ConfidenceType type);

}  // namespace radiomics
