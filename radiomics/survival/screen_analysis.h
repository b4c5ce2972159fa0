#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/feature_columns.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/redundancy.h"
#include "radiomics/survival/stability_file.h"
#include "radiomics/survival/term_result.h"

namespace radiomics {

/// Over which tests p-values are adjusted.
enum class TestFamily { endpoint, all };

std::string_view to_string(TestFamily family);  ///< "endpoint", "all"

/// From this |Spearman correlation| with the volume on a feature is called its surrogate.
inline constexpr double surrogate_correlation = 0.8;

/// Everything that decides the numbers of `radiomics survival screen`.
struct ScreenOptions {
  AnalysisOptions common{};  ///< `covariates` adjust every fit
  std::string volume{};      ///< a column; "": not known
  std::string diameter{};
  double redundancy = 0.9;                            ///< |correlation| above which one is enough
  std::optional<Linkage> linkage = Linkage::average;  ///< none: greedy
  TestFamily family = TestFamily::endpoint;
  std::filesystem::path stability{};  ///< stability.csv; "": none
};

/// "average", "complete", "single", "greedy"
std::string_view linkage_name(const std::optional<Linkage>& linkage);

/// The p-values of a family of tests, adjusted. NaN where there is no p-value.
struct AdjustedP {
  double bh = undefined;
  double by = undefined;
  double holm = undefined;
  double bonferroni = undefined;
};

/// What one feature has to do with one endpoint.
struct ScreenedFeature {
  std::string name{};
  std::size_t n = 0;  ///< patients who have it, beside time, event and covariates
  int events = 0;
  TermResult term{};
  std::string problem{};           ///< why it could not be fitted; "" if it could
  double concordance = undefined;  ///< of the model: feature and covariates
  double p_value_lr = undefined;   ///< likelihood ratio of the feature, given the covariates
  AdjustedP p_adjusted{};          ///< of the Wald p-value
};

/// Features that say the same. Indices into the features of the analysis.
struct RedundantCluster {
  std::vector<std::size_t> features{};
  std::size_t kept = 0;
};

/// What the features have to do with each other and with size, whatever the endpoint. Spearman, on
/// all patients of the cohort who have every feature. NaN where undefined.
struct FeatureRelations {
  std::size_t n = 0;  ///< these patients
  Matrix correlations{};
  std::vector<double> rho_volume{}, rho_diameter{};  ///< all NaN if the column is not named
  std::vector<RedundantCluster> clusters{};          ///< by first appearance; constants are in none
  std::vector<std::size_t> kept{};                   ///< ascending
  std::vector<std::optional<std::size_t>> cluster_of{};  ///< of each feature

  bool is_surrogate(std::size_t feature) const;
  /// What stands for a feature; itself if it is kept, nothing if it is constant.
  std::optional<std::size_t> kept_for(std::size_t feature) const;
};

/// The results of one endpoint, or why there are none.
struct ScreenResult {
  std::string endpoint{};
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;             ///< patients with time, event and covariates
  int events = 0;
  std::size_t n_missing = 0;
  std::vector<ScreenedFeature> features{};  ///< in the order of the analysis
  std::size_t tests = 0;                    ///< p-values of this endpoint
  std::size_t family = 0;                   ///< p-values that were adjusted together
  std::string text{};                       ///< what it says, in words
  std::vector<AnalysisWarning> warnings{};
};

struct ScreenAnalysis {
  Cohort cohort{};
  FeatureColumns features{};
  StabilityTable stability{};  ///< empty without a file
  FeatureRelations relations{};
  std::vector<ScreenResult> results{};
  std::vector<AnalysisWarning> feature_warnings{};  ///< missing cells, exact copies

  std::vector<AnalysisWarning> warnings() const;  ///< of the cohort, features, endpoints
  const FeatureStability* stability_of(std::size_t feature) const;  ///< nullptr: not known
};

/// Reads the tables and fits a Cox model to every feature and endpoint, each on the patients who
/// have that feature. What is wrong with one endpoint is in its result. The result does not depend
/// on `threads`. Cost: O(features x patients) fits, O(features^2 x patients) correlations.
/// \throws Error what read_cohort(), feature_columns() and read_stability_file() throw
ScreenAnalysis analyse_screen(const ScreenOptions& options, int threads = 1);

/// What the screening of one endpoint says: how many tests, how many below the level by chance, and
/// what is left after adjustment. Never more than that.
std::string screen_text(const ScreenResult& result, const ScreenAnalysis& analysis,
                        const ScreenOptions& options);

}  // namespace radiomics
