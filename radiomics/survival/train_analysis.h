#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/core/error.h"
#include "radiomics/survival/model_file.h"
#include "radiomics/survival/signature_pipeline.h"
#include "radiomics/survival/signature_validation.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival train`.
struct TrainOptions {
  AnalysisOptions common{};             ///< covariates: forced too. Ties: efron or breslow
  std::vector<std::string> forced{};    ///< always in the model, without penalty
  std::string volume{};                 ///< enters as its logarithm; "": not known
  std::string diameter{};               ///< a rival to be beaten, nothing else
  std::string combat{};                 ///< column of batches to be harmonised; "": none
  std::vector<std::string> preserve{};  ///< columns whose effect on the features ComBat leaves
  std::filesystem::path stability{};    ///< stability.csv: features that repeat; "": all
  bool residualise = false;             ///< features less what log volume explains
  bool impute_median = false;           ///< else patients with a missing value are left out
  double redundancy = 0.9;
  std::optional<Linkage> linkage = Linkage::average;  ///< nothing: greedy
  std::optional<double> prefilter{};                  ///< p of the univariable filter
  double penalty_mix = 1;                             ///< 1 lasso, 0 ridge
  bool standardize = true;
  std::optional<double> lambda{};
  LambdaRule lambda_rule = LambdaRule::best;
  // The path of penalties, of the whole table and of every resample: shorter than that of a fit by
  // itself, as penalties below 1 % of the largest are never the best ones of a sparse signature.
  double lambda_min_ratio = 0.01;
  int lambda_count = 50;
  std::vector<std::pair<std::string, double>> penalty_factors{};  ///< by feature
  int inner_folds = 5;
  int outer_folds = 5;
  int repeats = 10;
  int bootstrap = 500;
  int permutations = 200;
  std::string folds{};  ///< column of the outer folds; the others are inner folds then
  std::filesystem::path resamples{};  ///< file of bootstrap samples; "": they are drawn
};

/// What must be beaten: the forced columns, volume or diameter alone, without penalty, judged on
/// the same folds and resamples as the signature.
struct Baseline {
  std::string name{};  ///< "forced columns", "log(volume)", "diameter"
  bool is_size = false;
  // Of a size, with the score of the signature:
  double rho = undefined;  ///< Spearman
  double r2 = undefined;   ///< of the linear regression
  double apparent = undefined;
  double nested_mean = undefined;
  double optimism_corrected = undefined;
  double est_632plus = undefined;
};

struct TrainResult {
  std::string endpoint{};
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;
  int events = 0;
  std::size_t n_missing = 0;
  std::vector<std::string> features{};  ///< candidates, as columns; entries of the signature
  std::vector<char> logarithm{};        ///< per feature
  FittedSignature signature{};
  SignatureValidation validation{};
  std::size_t parameters = 0;  ///< candidates and forced columns, not only those selected
  double events_per_parameter = undefined;
  std::vector<Baseline> baselines{};
  /// Hazard ratio per standard deviation of the score of patients not seen, alone and beside log
  /// volume: geometric means over the repetitions of the cross-validation, folds as strata.
  /// Descriptive: repetitions share their patients. NaN without volume.
  double score_ratio = undefined;
  double score_ratio_beside_volume = undefined;
  PrognosticModel model{};
  std::vector<AnalysisWarning> warnings{};

  std::string feature_label(std::size_t feature) const;  ///< "log(volume)" or the name
  /// Terms of the model that are not 0.
  std::vector<PrognosticTerm> selected_terms() const;
};

struct TrainAnalysis {
  Cohort cohort;
  std::vector<TrainResult> results;
};

/// Trains a signature for every endpoint and validates the whole way to it.
/// \throws Error what read_cohort() throws
TrainAnalysis analyse_train(const TrainOptions& options, int threads = 1);

}  // namespace radiomics
