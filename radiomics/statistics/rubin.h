#pragma once

#include <span>

namespace radiomics {

/// One coefficient, estimated on each of several imputed data sets, as one.
struct PooledEstimate {
  double estimate = 0;   ///< mean of the estimates
  double within = 0;     ///< mean of their variances
  double between = 0;    ///< variance of the estimates
  double variance = 0;   ///< within + (1 + 1 / data sets) x between
  double std_error = 0;  ///< its root
  double df = 0;         ///< of the t distribution of estimate / std_error; infinite if all agree
  double lambda = 0;     ///< the part of the variance that is due to missing values
  double p_value = 0;    ///< that the coefficient is 0
};

/// Rubin's rules. One estimate and one variance per imputed data set; all NaN with fewer than two,
/// or where an estimate is NaN.
/// \source Rubin 1987, doi:10.1002/9780470316696, section 3.3
PooledEstimate pool(std::span<const double> estimates, std::span<const double> variances);

/// The interval of a pooled estimate.
struct PooledInterval {
  double low = 0;
  double high = 0;
};
PooledInterval interval(const PooledEstimate& pooled, double conf_level);

}  // namespace radiomics
