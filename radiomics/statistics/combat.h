#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// Measurements from several batches (scanners, centres). No NaN.
struct CombatData {
  Matrix features;         ///< patients x features
  std::vector<int> batch;  ///< one per patient, numbered from 0
  Matrix covariates{};     ///< patients x covariates, to be preserved; no intercept; may be empty
};

/// What the batch effects of the features are taken to be drawn from.
enum class CombatPrior {
  parametric,     ///< normal locations and inverse gamma variances
  nonparametric,  ///< the effects of the other features themselves
};

struct CombatOptions {
  CombatPrior prior = CombatPrior::parametric;
};

/// Why no model could be fitted.
enum class CombatProblem {
  none,
  one_batch,              ///< nothing to harmonise
  small_batch,            ///< a batch has fewer than two patients
  confounded_covariates,  ///< see confounded_covariates()
  few_patients,           ///< not more patients than batches and covariates
  few_features,           ///< fewer than two can be adjusted: nothing to learn a prior from
};

std::string_view to_string(CombatProblem problem);  ///< as the enumerators are written

/// What was learnt from the training patients. Plain numbers, to be stored and applied elsewhere.
struct CombatModel {
  CombatProblem problem = CombatProblem::none;  ///< unless none, the rest is empty
  std::size_t batches = 0;
  std::vector<double>
      intercepts{};              ///< per feature: mean over the training patients at covariates 0
  Matrix coefficients{};         ///< covariates x features
  std::vector<double> scales{};  ///< per feature: residual standard deviation, divisor n
  Matrix locations{};            ///< batches x features: shrunken shift, in units of `scales`
  Matrix variances{};            ///< batches x features: shrunken variance, likewise
  std::vector<char> adjusted{};  ///< per feature: 0 if it is constant within a batch or the
                                 ///< covariates explain it all; it is left alone then
};

/// Estimates location and scale of every batch in every feature, shrunken towards what the features
/// of a batch have in common. Batches are 0 ... the highest number.
///
/// The estimates are iterated until they stand still (R's sva stops at a relative change of 1e-4).
/// Cost: O(patients x features) per iteration; nonparametric O(batches x features^2).
/// \source Johnson, Li and Rabinovic 2007, doi:10.1093/biostatistics/kxj037
CombatModel fit_combat(const CombatData& data, const CombatOptions& options = {});

struct CombatResult {
  Matrix features;                  ///< as those put in; NaN in the rows of unseen batches
  std::vector<std::size_t> unseen;  ///< patients whose batch the model does not know
};

/// Takes the batch effects of a model, which has no problem, out of patients. They need not be
/// those that it was fitted to; features and covariates are the same, in the same order. A batch
/// that the model does not know has any other number, -1 for example.
CombatResult apply_combat(const CombatModel& model, const CombatData& data);

/// The covariates that batches and the covariates before them determine, constants included: their
/// effect cannot be told from that of the batches.
std::vector<std::size_t> confounded_covariates(std::span<const int> batch,
                                               const Matrix& covariates);

}  // namespace radiomics
