#pragma once

#include <cstddef>
#include <vector>

#include "radiomics/statistics/inference.h"

namespace radiomics {

/// Which features each of several refits selected.
struct Selections {
  std::size_t features = 0;                        ///< that could have been selected
  std::vector<std::vector<std::size_t>> chosen{};  ///< per refit: indices, each once
};

/// The fraction of the refits that selected each feature; NaN without refits.
std::vector<double> selection_frequencies(const Selections& selections);

/// How far the refits agree: 1 if all select the same features, 0 on average if each selects at
/// random as many as it does. NaN for fewer than two refits, and where all or no features are
/// always selected: there is no choice to agree on. Standard error from the asymptotic normality of
/// the mean. Cost: O(refits x features).
/// \source Nogueira, Sechidis and Brown 2018, Journal of Machine Learning Research 18(174), their
///         definition 4 and theorem 7
Estimate selection_stability(const Selections& selections, double conf_level = 0.95);

}  // namespace radiomics
