#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "radiomics/statistics/bootstrap_validation.h"
#include "radiomics/statistics/cross_validation.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/survival/signature_pipeline.h"

namespace radiomics {

/// How a signature is judged; every resample goes through the whole of fit_signature().
struct ValidationPlan {
  /// A fold per patient, for each repetition of the outer cross-validation.
  std::vector<std::vector<int>> folds{};
  std::vector<Resample> resamples{};  ///< of the bootstrap
  int permutations = 0;               ///< of the outcomes
  int outer_folds = 5;                ///< of a permutation, which has one repetition
  bool keep_folds = false;            ///< permutations use folds[0] as they are, not drawn anew
  double conf_level = 0.95;
  int threads = 1;
};

/// Repeated cross-validation with everything, the choice of lambda too, inside.
struct NestedValidation {
  std::vector<CrossValidation> repeats{};
  std::vector<double> per_repeat{};  ///< mean C of the folds
  double mean = undefined;           ///< of per_repeat
  double sd = undefined;             ///< of per_repeat: how much the division into folds matters
  double pooled = undefined;         ///< means over the repetitions
  double stratified = undefined;
  double fold_low = undefined;  ///< the worst and the best fold
  double fold_high = undefined;
};

/// The nested C with outcomes dealt to other patients.
struct PermutationTest {
  std::vector<double> concordance{};
  double mean = undefined;
  double sd = undefined;
  /// (1 + permutations with at least the C of the true outcomes) / (1 + permutations)
  double p_value = undefined;
};

/// How many fits had which problem, by SignatureProblem.
using ProblemCounts = std::array<int, 5>;

struct SignatureValidation {
  NestedValidation nested{};
  OptimismBootstrap bootstrap{};
  std::vector<double> selection_frequency{};  ///< per feature, over the bootstrap
  Estimate stability{};
  double mean_selected = undefined;  ///< features per resample
  int null_models = 0;               ///< resamples that selected nothing
  PermutationTest permutation{};
  ProblemCounts problems{};  ///< fits of resamples and folds that failed, and count nowhere
  int lost_columns = 0;      ///< fits in which a forced column did not vary; it counts as 0
};

/// Harrell's C of `signature`, the fit to all rows, under the plan. Fold f of repetition r,
/// resample b and permutation k each have random numbers of their own: the result does not depend
/// on the number of threads. Cost: as many fits as folds, resamples and folds of permutations.
/// \source permutation: Ojala and Garriga 2010, Journal of Machine Learning Research 11:1833
SignatureValidation validate_signature(const SignatureData& data, const FittedSignature& signature,
                                       const SignatureOptions& options, const ValidationPlan& plan);

/// Predictions for each fold by the signature of the others, and their C. `first_fit` numbers the
/// streams.
CrossValidation nested_fold_scores(const SignatureData& data, std::span<const int> folds,
                                   const SignatureOptions& options, std::uint32_t first_fit = 1,
                                   int threads = 1);

}  // namespace radiomics
