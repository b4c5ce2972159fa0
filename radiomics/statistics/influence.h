#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"

namespace radiomics {

/// An estimate that is to first order a mean over patients, and what each of them contributes: the
/// influences have mean 0. Estimates from the same patients are compared through them.
struct InfluenceEstimate {
  Estimate estimate{};  ///< of a quantity in [0, 1]: so are the limits
  std::vector<double> influence{};
};

/// The standard error is the sample standard deviation (n - 1) of the influences divided by the
/// root of n.
InfluenceEstimate influence_estimate(double estimate, std::vector<double> influence, double level);

/// `second` minus `first`, the standard error from the differences of the influences. NaN where
/// one of them is.
Estimate difference(const InfluenceEstimate& first, const InfluenceEstimate& second, double level);

}  // namespace radiomics
