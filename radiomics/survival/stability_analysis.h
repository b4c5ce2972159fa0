#pragma once

#include <array>
#include <string>
#include <vector>

#include "radiomics/cohort/repeated_features.h"
#include "radiomics/statistics/agreement.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival stability`.
struct StabilityOptions {
  AnalysisOptions common{};
  std::string by{};                       ///< column of the raters, sessions or perturbations
  IccType icc_type = IccType::agreement;  ///< which of the three decides
  double threshold = 0.75;                ///< kept if the lower limit is not below it
};

enum class StabilityStatus {
  ok,
  missing_values,  ///< a cell is missing: nothing is guessed
  constant,        ///< one value throughout: no correlation is defined
};

std::string_view to_string(StabilityStatus status);  ///< as the enumerators are written

/// How well a feature repeats. All NaN unless `status` is ok.
struct StableFeature {
  std::string name{};
  StabilityStatus status = StabilityStatus::ok;
  std::size_t n = 0;                           ///< patients
  std::size_t k = 0;                           ///< measurements of each
  std::array<IntraclassCorrelation, 3> icc{};  ///< ICC(1,1), ICC(A,1), ICC(C,1)
  double ccc = undefined;                      ///< Lin's; of two measurements only
  double within_subject_cv = undefined;
  bool keep = false;
};

struct StabilityAnalysis {
  RepeatedFeatures table{};
  std::vector<StableFeature> features{};
  std::vector<AnalysisWarning> feature_warnings{};  ///< missing_values, constant

  std::vector<AnalysisWarning> warnings() const;
  std::size_t kept() const;
};

/// The coefficient that decides.
const IntraclassCorrelation& deciding(const StableFeature& feature, IccType type);

/// \throws Error what read_repeated_features() throws
StabilityAnalysis analyse_stability(const StabilityOptions& options, int threads = 1);

}  // namespace radiomics
