#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {

/// A fold (from 0) for each patient: those with the event and the others are dealt to the folds
/// separately, in random order, so that neither sizes nor events differ by more than one between
/// folds. `count` is 1 or more.
std::vector<int> event_stratified_folds(std::span<const std::uint8_t> event, int count,
                                        std::uint64_t seed, std::uint32_t repeat = 0);
/// The same from a stream of the caller's, for folds within folds.
std::vector<int> event_stratified_folds(std::span<const std::uint8_t> event, int count,
                                        RandomStream& random);

/// Folds are numbered from 0: the largest number and 1.
int fold_count(std::span<const int> folds);

struct FoldScore {
  int n = 0;
  int events = 0;
  double concordance = undefined;  ///< NaN without a comparable pair
  bool aliased = false;            ///< the training part lost a term: it counts as 0
  bool infinite = false;           ///< a term with monotone likelihood there: it counts as 0
  bool failed = false;             ///< no fit (no events, no convergence)
};

/// Risk scores of models from different folds are not on one scale: `pooled` compares them as if
/// they were, `stratified` compares patients of one fold only.
struct CrossValidation {
  std::vector<FoldScore> folds;
  double mean = undefined;               ///< of the folds with a C
  double pooled = undefined;             ///< C of all predictions together
  double stratified = undefined;         ///< C of pairs within a fold
  std::vector<double> linear_predictor;  ///< of each patient, from the model without its fold
};

/// Predicts each fold (0 ... largest, one per patient) by a Cox model fitted to the others, and
/// judges by Harrell's C within the strata of the data. Covariates x coefficients, not centred. The
/// scores of a fold that failed are NaN, and so are pooled and stratified then. The result does not
/// depend on the number of threads. Cost: one Cox fit per fold.
CrossValidation cross_validate_cox(const CoxData& data, std::span<const int> folds,
                                   Ties ties = Ties::efron, int threads = 1);

/// C of predictions that were made fold by fold, however: `strata` of the patients may be empty.
CrossValidation summarise_folds(const SurvivalData& data, std::span<const int> folds,
                                std::vector<double> linear_predictor,
                                std::span<const int> strata = {});

}  // namespace radiomics
