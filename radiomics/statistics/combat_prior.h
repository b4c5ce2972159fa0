#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace radiomics {

/// What one batch shows in every feature, on the standardised scale. One entry per feature.
struct BatchEffects {
  std::size_t patients = 0;       ///< in the batch, two or more
  std::vector<double> locations;  ///< mean
  std::vector<double> variances;  ///< divisor patients - 1; above 0
};

/// The posterior effects under a normal prior of the locations and an inverse gamma prior of the
/// variances, whose parameters are those that match the moments over the features (two or more).
/// Sections 3.2 and appendix A.1 of the source.
/// \source Johnson, Li and Rabinovic 2007, doi:10.1093/biostatistics/kxj037
BatchEffects shrunken_parametric(const BatchEffects& observed);

/// The posterior mean where the prior of a feature is the effects of all other features, each
/// weighted by its likelihood.
BatchEffects shrunken_nonparametric(const BatchEffects& observed);

}  // namespace radiomics
