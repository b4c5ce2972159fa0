#include "radiomics/survival/stability_analysis.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

StabilityStatus status_of(const Matrix& ratings) {
  const auto& values = ratings.values;
  if (std::ranges::any_of(values, [](double value) { return std::isnan(value); }))
    return StabilityStatus::missing_values;
  const bool varies =
      std::ranges::any_of(values, [&](double value) { return value != values.front(); });
  return varies ? StabilityStatus::ok : StabilityStatus::constant;
}

StableFeature measure(const RepeatedFeature& feature, const StabilityOptions& options) {
  const Matrix& ratings = feature.ratings;
  StableFeature result{
      .name = feature.name, .status = status_of(ratings), .n = ratings.rows, .k = ratings.columns};
  constexpr std::array types{IccType::one_way, IccType::agreement, IccType::consistency};
  for (std::size_t t = 0; t < types.size(); ++t) {
    result.icc[t].type = types[t];
    if (result.status == StabilityStatus::ok)
      result.icc[t] = intraclass_correlation(ratings, types[t], options.common.conf_level);
  }
  if (result.status != StabilityStatus::ok) return result;
  if (ratings.columns == 2)
    result.ccc = concordance_correlation(ratings.column(0), ratings.column(1));
  result.within_subject_cv = within_subject_cv(ratings);
  result.keep = deciding(result, options.icc_type).conf_low >= options.threshold;
  return result;
}

void warn_of(const StableFeature& feature, std::vector<AnalysisWarning>& warnings) {
  const std::string name = "'" + one_line(feature.name) + "' ";
  if (feature.status == StabilityStatus::missing_values)
    warnings.push_back({.code = WarningCode::missing_values,
                        .message = name + "has missing cells: refused, nothing is guessed",
                        .column = feature.name});
  else if (feature.status == StabilityStatus::constant)
    warnings.push_back({.code = WarningCode::constant,
                        .message = name + "is constant (zero variance): no agreement is defined",
                        .column = feature.name});
}

}  // namespace

std::string_view to_string(StabilityStatus status) {
  switch (status) {
    case StabilityStatus::ok:
      return "ok";
    case StabilityStatus::missing_values:
      return "missing_values";
    case StabilityStatus::constant:
      return "constant";
  }
  return "unknown";
}

const IntraclassCorrelation& deciding(const StableFeature& feature, IccType type) {
  return *std::ranges::find(feature.icc, type, &IntraclassCorrelation::type);
}

std::vector<AnalysisWarning> StabilityAnalysis::warnings() const {
  auto all = table.cohort.warnings;
  all.insert(all.end(), table.warnings.begin(), table.warnings.end());
  all.insert(all.end(), feature_warnings.begin(), feature_warnings.end());
  return all;
}

std::size_t StabilityAnalysis::kept() const {
  return std::size_t(std::ranges::count(features, true, &StableFeature::keep));
}

StabilityAnalysis analyse_stability(const StabilityOptions& options, int threads) {
  StabilityAnalysis analysis{.table = read_repeated_features(options.common, options.by)};
  analysis.features.resize(analysis.table.features.size());
  parallel_for(analysis.features.size(), threads, [&](std::size_t j) {
    analysis.features[j] = measure(analysis.table.features[j], options);
  });
  for (const auto& feature : analysis.features) warn_of(feature, analysis.feature_warnings);
  return analysis;
}

}  // namespace radiomics
