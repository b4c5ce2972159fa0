#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace radiomics {

/// What is kept below the level over many tests: the rate of false discoveries, or the probability
/// of a single one.
enum class Adjustment {
  benjamini_hochberg,   ///< false discovery rate; tests independent or positively dependent
  benjamini_yekutieli,  ///< false discovery rate under any dependence
  holm,                 ///< familywise error rate under any dependence
  hochberg,             ///< familywise error rate; tests independent or positively dependent
  bonferroni,           ///< familywise error rate; never better than holm
};

/// "BH", "BY", "holm", "hochberg", "bonferroni": R's names.
std::string_view to_string(Adjustment adjustment);

/// Adjusted p-values, one per test, at most 1. A NaN stays NaN and does not count as a test.
/// Cost: O(n log n).
/// \source Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini and
///         Yekutieli 2001, doi:10.1214/aos/1013699998; Holm 1979, doi:10.2307/4615733; Hochberg
///         1988, doi:10.1093/biomet/75.4.800
std::vector<double> adjusted_p_values(std::span<const double> p_values, Adjustment adjustment);

}  // namespace radiomics
