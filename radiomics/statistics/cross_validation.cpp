#include "radiomics/statistics/cross_validation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "radiomics/core/parallel_for.h"
#include "radiomics/statistics/concordance.h"

namespace radiomics {
namespace {

using Rows = std::vector<std::size_t>;

/// The rows inside the fold, and the rest.
std::pair<Rows, Rows> split(std::span<const int> folds, int fold) {
  std::pair<Rows, Rows> parts;
  for (std::size_t i = 0; i < folds.size(); ++i)
    (folds[i] == fold ? parts.first : parts.second).push_back(i);
  return parts;
}

std::vector<int> entries(std::span<const int> values, const Rows& rows) {
  std::vector<int> part;
  if (!values.empty())
    for (const auto row : rows) part.push_back(values[row]);
  return part;
}

std::vector<double> entries(std::span<const double> values, const Rows& rows) {
  std::vector<double> part;
  if (!values.empty())
    for (const auto row : rows) part.push_back(values[row]);
  return part;
}

double c_index(const SurvivalData& data, std::span<const double> risk,
               std::span<const int> strata) {
  if (std::ranges::any_of(risk, [](double value) { return std::isnan(value); })) return undefined;
  return concordance(data, risk, {.influence = false}, strata).estimate.estimate;
}

/// One number for each pair of a fold and a stratum.
std::vector<int> crossed(std::span<const int> folds, std::span<const int> strata) {
  std::vector<int> both(folds.begin(), folds.end());
  for (std::size_t i = 0; i < strata.size(); ++i) both[i] += strata[i] * fold_count(folds);
  return both;
}

/// Deals the patients to the folds one by one, from fold `next` on.
void deal(const Rows& patients, RandomStream& random, int& next, int count,
          std::vector<int>& folds) {
  for (const auto k : random_order(patients.size(), random)) {
    folds[patients[k]] = next;
    next = (next + 1) % count;
  }
}

}  // namespace

int fold_count(std::span<const int> folds) {
  return folds.empty() ? 0 : 1 + std::ranges::max(folds);
}

std::vector<int> event_stratified_folds(std::span<const std::uint8_t> event, int count,
                                        std::uint64_t seed, std::uint32_t repeat) {
  RandomStream random(seed, stream_of(StreamUse::folds, repeat));
  return event_stratified_folds(event, count, random);
}

std::vector<int> event_stratified_folds(std::span<const std::uint8_t> event, int count,
                                        RandomStream& random) {
  assert(count > 0);
  Rows with_event, without;
  for (std::size_t i = 0; i < event.size(); ++i) (event[i] ? with_event : without).push_back(i);
  std::vector<int> folds(event.size());
  int next = 0;
  deal(with_event, random, next, count, folds);
  deal(without, random, next, count, folds);
  return folds;
}

CrossValidation summarise_folds(const SurvivalData& data, std::span<const int> folds,
                                std::vector<double> linear_predictor, std::span<const int> strata) {
  assert(folds.size() == data.size() && linear_predictor.size() == data.size());
  CrossValidation result;
  double sum = 0;
  int defined = 0;
  for (int fold = 0; fold < fold_count(folds); ++fold) {
    const Rows inside = split(folds, fold).first;
    const SurvivalData patients = subset(data, inside);
    const double c = c_index(patients, entries(linear_predictor, inside), entries(strata, inside));
    result.folds.push_back(
        {.n = int(inside.size()), .events = patients.events(), .concordance = c});
    if (std::isnan(c)) continue;
    sum += c;
    ++defined;
  }
  if (defined > 0) result.mean = sum / defined;
  result.pooled = c_index(data, linear_predictor, strata);
  result.stratified = c_index(data, linear_predictor, crossed(folds, strata));
  result.linear_predictor = std::move(linear_predictor);
  return result;
}

CrossValidation cross_validate_cox(const CoxData& data, std::span<const int> folds, Ties ties,
                                   int threads) {
  assert(folds.size() == data.size());
  const auto count = std::size_t(fold_count(folds));
  std::vector<CoxFit> fits(count);
  parallel_for(count, threads, [&](std::size_t fold) {
    fits[fold] = fit_cox(rows_of(data, split(folds, int(fold)).second), {.ties = ties});
  });
  const auto failed = [](const CoxFit& fit) { return fit.events == 0 || !fit.converged; };
  std::vector<double> predictions(data.size(), undefined);
  for (std::size_t fold = 0; fold < count; ++fold) {
    if (failed(fits[fold])) continue;
    const Rows inside = split(folds, int(fold)).first;
    const auto part = linear_predictor(fits[fold], rows_of(data.covariates, inside),
                                       entries(std::span<const double>(data.offset), inside));
    for (std::size_t k = 0; k < inside.size(); ++k) predictions[inside[k]] = part[k];
  }
  CrossValidation result =
      summarise_folds(data.outcome, folds, std::move(predictions), data.strata);
  for (std::size_t fold = 0; fold < count; ++fold) {
    result.folds[fold].failed = failed(fits[fold]);
    result.folds[fold].aliased = has_term(fits[fold], TermStatus::aliased);
    result.folds[fold].infinite = has_term(fits[fold], TermStatus::infinite);
  }
  return result;
}

}  // namespace radiomics
