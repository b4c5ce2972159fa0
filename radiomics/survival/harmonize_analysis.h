#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/survival/combat_file.h"

namespace radiomics {

/// A batch of fewer patients than this is warned of.
inline constexpr std::size_t smallest_sound_batch = 20;

/// Everything that decides the numbers of `radiomics survival harmonize`.
struct HarmonizeOptions {
  AnalysisOptions common{};  ///< `endpoints`: batches must not determine who has the event
  std::string batch{};       ///< column; may be "" with `apply`: that of the model
  std::vector<std::string> preserve{};  ///< columns whose effect on the features stays
  CombatPrior prior = CombatPrior::parametric;
  std::filesystem::path apply{};  ///< combat.json of a training cohort; "": fit to this one
};

/// What sets a batch apart, in the features that can be adjusted: averages over them.
struct BatchShift {
  std::string batch{};
  std::size_t n = 0;              ///< patients of this cohort
  double mean_shift = undefined;  ///< in standard deviations of a feature
  double rms_shift = undefined;   ///< root mean square of the same
  double scale = undefined;       ///< geometric mean of the ratios of standard deviations
};

struct HarmonizeAnalysis {
  Cohort cohort{};
  NamedCombat combat{};
  Matrix features{};  ///< patients x features of the model, harmonised
  std::vector<BatchShift> batches{};
  std::vector<AnalysisWarning> batch_warnings{};

  std::vector<AnalysisWarning> warnings() const;
  std::size_t adjusted() const;  ///< features that are changed
};

/// Fits ComBat to the cohort, or applies one that was fitted before, to the features of the
/// features table; nothing is guessed of what is missing. \throws Error what read_cohort(),
/// feature_columns_beside(), read_outcome() and read_combat_file()
///         throw; batch_confounded: batches determine a preserved column or the event, both named;
///         invalid_argument: one batch, one patient in a batch, a batch that the model does not
///         know, a missing cell; too_many_parameters: more batches and columns than patients
HarmonizeAnalysis analyse_harmonize(const HarmonizeOptions& options);

}  // namespace radiomics
