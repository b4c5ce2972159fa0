#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/statistics/combat.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/penalised_cox.h"
#include "radiomics/statistics/penalised_cox_cv.h"
#include "radiomics/statistics/redundancy.h"
#include "radiomics/statistics/survival_data.h"

// How a signature comes from a table: filters, harmonisation, redundancy, penalised Cox model, in
// one function of the training rows alone. The whole table and every resample go through it, so
// that nothing can be learnt from patients on whom the signature is judged.

namespace radiomics {

/// The patients. What has rows has one per patient.
struct SignatureData {
  SurvivalData outcome{};            ///< ties merged, times above 0
  Matrix features{};                 ///< candidates; NaN: missing, with `impute` only
  Matrix forced{};                   ///< always in the model, without penalty; no NaN
  std::vector<double> log_volume{};  ///< empty: no volume
  std::vector<int> batch{};          ///< numbered from 0; empty: nothing is harmonised
  Matrix preserved{};  ///< columns whose effect on the features ComBat leaves; no NaN; may be empty

  std::size_t size() const { return outcome.size(); }
};

enum class LambdaRule { best, one_se };

std::string_view to_string(LambdaRule rule);  ///< "best", "1se"

struct SignatureOptions {
  // One entry per feature, or empty.
  std::vector<std::string> names{};       ///< decide between equals
  std::vector<char> stable{};             ///< 0: dropped before everything else
  std::vector<double> reliability{};      ///< e.g. ICC, decides what a cluster keeps
  std::vector<char> untouched{};          ///< 1: neither harmonised nor residualised (the volume)
  std::vector<double> penalty_factors{};  ///< empty: 1

  double near_constant = 0.95;  ///< dropped if more than this share of patients have one value
  bool impute = false;          ///< missing values become the median of the training
  bool residualise = false;     ///< features less what log volume explains of them linearly
  double redundancy = 0.90;     ///< largest |Spearman| of two features that stay; 1: no filter
  std::optional<Linkage> linkage = Linkage::average;  ///< nothing: greedy, in table order
  double prefilter = undefined;    ///< largest p of a univariable likelihood ratio test; NaN: none
  PenalisedCoxOptions penalty{};   ///< alpha, path, ties; its penalty_factors are not looked at
  std::optional<double> lambda{};  ///< fixed; else chosen by inner cross-validation
  LambdaRule rule = LambdaRule::best;
  int inner_folds = 5;             ///< at most as many as there are events
  std::vector<int> given_folds{};  ///< one per patient: these are the inner folds then
  std::uint64_t seed = 1;
};

/// What became of a feature, in the order of the steps.
enum class FeatureFate {
  unstable,   ///< not on the list of stable features
  constant,   ///< (nearly) all have one value, or all miss it
  redundant,  ///< another one stands for its cluster
  prefiltered,
  not_selected,  ///< the penalty left it out
  selected,
};

std::string_view to_string(FeatureFate fate);  ///< as the enumerators are written

enum class SignatureProblem {
  none,
  no_events,
  harmonisation,   ///< a batch is absent from the training rows or too small there
  no_inner_folds,  ///< fewer than two folds with events
  no_convergence,  ///< of the unpenalised columns: they separate the events
};

std::string_view to_string(SignatureProblem problem);

/// What was learnt from the training rows. Vectors over features have one entry per feature.
struct FittedSignature {
  SignatureProblem problem = SignatureProblem::none;  ///< unless none, the rest has no meaning
  std::vector<FeatureFate> fate{};
  std::vector<int> cluster{};     ///< of redundancy, from 0; -1: dropped before
  std::vector<double> medians{};  ///< NaN: nobody has a value
  CombatModel combat{};           ///< of the features in `harmonised`
  std::vector<std::size_t> harmonised{};
  std::vector<double> volume_slope{};  ///< subtracted per unit of log volume; 0: none
  std::vector<double> coefficients{};  ///< per unit of the (harmonised) feature; 0: not selected
  std::vector<double> forced_coefficients{};
  double volume_coefficient = 0;  ///< of log volume: what residualising takes out
  double lambda = undefined;      ///< NaN if no column was left to penalise
  double log_likelihood = undefined;
  double log_likelihood_null = undefined;
  int lost_columns = 0;     ///< forced and preserved columns that do not vary in the training rows
                            ///< (a level that nobody has there): their coefficients are 0
  PenalisedCoxPath path{};  ///< of the columns `candidates`, then the forced ones
  std::vector<double> path_sd{};  ///< of these columns, with 1/n
  PenalisedCoxCv cv{};            ///< empty with a fixed lambda
  std::vector<std::size_t> candidates{};

  std::vector<std::size_t> selected() const;
};

/// Fits to some rows, of which one may be listed several times (a bootstrap sample). The order:
/// stable features -> medians -> constant ones -> ComBat -> log volume -> redundancy -> prefilter
/// -> penalised Cox, whose lambda has the largest cross-validated likelihood; copies of a patient
/// are in one inner fold. The penalised fit standardises its columns; its coefficients at that
/// lambda on all training rows are the model. `fit` numbers the stream of random numbers. A
/// function of the listed rows alone. Cost: a penalised path per inner fold and one more.
FittedSignature fit_signature(const SignatureData& data, std::span<const std::size_t> rows,
                              const SignatureOptions& options, std::uint32_t fit = 0);

/// Of all patients of `data`; NaN for those of a batch that the training did not have. Not centred.
std::vector<double> linear_predictor(const FittedSignature& signature, const SignatureData& data);

/// Features as the model sees them: imputed and harmonised, not yet residualised.
Matrix prepared_features(const FittedSignature& signature, const SignatureData& data);

}  // namespace radiomics
