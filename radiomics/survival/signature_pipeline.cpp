#include "radiomics/survival/signature_pipeline.h"

#include <algorithm>
#include <cmath>

#include "radiomics/survival/signature_training.h"

namespace radiomics {

std::string_view to_string(LambdaRule rule) { return rule == LambdaRule::best ? "best" : "1se"; }

std::string_view to_string(FeatureFate fate) {
  switch (fate) {
    case FeatureFate::unstable:
      return "unstable";
    case FeatureFate::constant:
      return "constant";
    case FeatureFate::redundant:
      return "redundant";
    case FeatureFate::prefiltered:
      return "prefiltered";
    case FeatureFate::not_selected:
      return "not_selected";
    case FeatureFate::selected:
      break;
  }
  return "selected";
}

std::string_view to_string(SignatureProblem problem) {
  switch (problem) {
    case SignatureProblem::none:
      return "none";
    case SignatureProblem::no_events:
      return "no_events";
    case SignatureProblem::harmonisation:
      return "harmonisation";
    case SignatureProblem::no_inner_folds:
      return "no_inner_folds";
    case SignatureProblem::no_convergence:
      break;
  }
  return "no_convergence";
}

std::vector<std::size_t> FittedSignature::selected() const {
  std::vector<std::size_t> features;
  for (std::size_t j = 0; j < fate.size(); ++j)
    if (fate[j] == FeatureFate::selected) features.push_back(j);
  return features;
}

FittedSignature fit_signature(const SignatureData& data, std::span<const std::size_t> rows,
                              const SignatureOptions& options, std::uint32_t fit) {
  FittedSignature fitted;
  fitted.fate.assign(data.features.columns, FeatureFate::not_selected);
  Training training{.options = options,
                    .rows = rows,
                    .outcome = subset(data.outcome, rows),
                    .features = rows_of(data.features, rows),
                    .forced = rows_of(data.forced, rows),
                    .log_volume = entries(data.log_volume, rows),
                    .batch = entries(data.batch, rows),
                    .batches = data.batch.empty() ? 0 : 1 + std::ranges::max(data.batch),
                    .preserved = rows_of(data.preserved, rows),
                    .fitted = fitted};
  if (training.outcome.events() == 0) {
    fitted.problem = SignatureProblem::no_events;
    return fitted;
  }
  drop_unstable(training);
  impute(training);
  drop_constant(training);
  harmonise(training);
  if (fitted.problem != SignatureProblem::none) return fitted;
  residualise(training);
  drop_redundant(training);
  prefilter(training);
  fit_penalised(training, fit);
  return fitted;
}

Matrix prepared_features(const FittedSignature& signature, const SignatureData& data) {
  Matrix features = data.features;
  for (std::size_t j = 0; j < features.columns; ++j)
    if (!std::isnan(signature.medians[j])) fill_gaps(features.column(j), signature.medians[j]);
  if (signature.harmonised.empty()) return features;
  const auto harmonised =
      apply_combat(signature.combat, {.features = columns_of(features, signature.harmonised),
                                      .batch = data.batch,
                                      .covariates = data.preserved})
          .features;
  for (std::size_t k = 0; k < signature.harmonised.size(); ++k)
    std::ranges::copy(harmonised.column(k), features.column(signature.harmonised[k]).begin());
  return features;
}

std::vector<double> linear_predictor(const FittedSignature& signature, const SignatureData& data) {
  std::vector<double> sum(data.size());
  const auto add = [&sum](double coefficient, std::span<const double> values) {
    if (coefficient == 0) return;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += coefficient * values[i];
  };
  const Matrix features = prepared_features(signature, data);
  for (std::size_t j = 0; j < features.columns; ++j)
    add(signature.coefficients[j], features.column(j));
  for (std::size_t j = 0; j < data.forced.columns; ++j)
    add(signature.forced_coefficients.empty() ? 0 : signature.forced_coefficients[j],
        data.forced.column(j));
  if (signature.volume_coefficient != 0) add(signature.volume_coefficient, data.log_volume);
  return sum;
}

}  // namespace radiomics
