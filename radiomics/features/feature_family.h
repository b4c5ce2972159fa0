#pragma once

#include <functional>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/feature_definition.h"
#include "radiomics/features/region_summary.h"

namespace radiomics {

/// A row of a family's table: a definition and the function that computes it from one part of the
/// summary. The function never throws; it returns NaN where the feature is undefined.
template <class Part>
struct Feature {
  FeatureDefinition definition;
  double (*compute)(const Part&);
};

/// Features of one part of the summary.
struct FeatureFamily {
  std::string_view name;   ///< "ngtdm": the middle part of a column name
  std::string_view ibsi;   ///< IBSI code of the family
  std::string_view title;  ///< "Neighbourhood grey tone difference matrix"
  AggregationKind aggregation = AggregationKind::none;
  std::vector<FeatureDefinition> definitions;
  /// Values in the order of `definitions`, for an aggregation that the summary was made with.
  std::function<std::vector<double>(const RegionSummary&, Aggregation)> compute;
};

/// The rule for texture: a value is the mean over the matrices of its aggregation. What is merged
/// was decided by their builder; empty matrices were left out there. Without any matrix, or if the
/// feature is undefined for one of them, it is NaN.
template <class Matrix>
double mean_over(const std::vector<Matrix>& matrices, double (*compute)(const Matrix&)) {
  if (matrices.empty()) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (const Matrix& matrix : matrices) sum += compute(matrix);
  return sum / double(matrices.size());
}

/// A family from its table and an evaluation: (function of a feature, summary, aggregation) to
/// value.
template <class Part, class Evaluate>
FeatureFamily make_family_of(FeatureFamily family, const std::vector<Feature<Part>>& table,
                             Evaluate evaluate) {
  std::vector<double (*)(const Part&)> functions;
  for (const auto& [definition, function] : table) {
    family.definitions.push_back(definition);
    functions.push_back(function);
  }
  family.compute = [functions, evaluate](const RegionSummary& summary, Aggregation aggregation) {
    std::vector<double> values;
    values.reserve(functions.size());
    for (const auto function : functions)
      values.push_back(evaluate(function, summary, aggregation));
    return values;
  };
  return family;
}

/// A family without matrices, for example of &RegionSummary::sample.
template <class Part>
FeatureFamily make_family(std::string_view name, std::string_view ibsi, std::string_view title,
                          Part RegionSummary::*part, const std::vector<Feature<Part>>& table) {
  return make_family_of({name, ibsi, title, AggregationKind::none, {}, {}}, table,
                        [part](auto compute, const RegionSummary& summary, Aggregation) {
                          return compute(summary.*part);
                        });
}

/// A texture family, for example of &RegionSummary::ngtdm.
template <class Matrix>
FeatureFamily make_texture_family(std::string_view name, std::string_view ibsi,
                                  std::string_view title, AggregationKind kind,
                                  Matrices<Matrix> RegionSummary::*part,
                                  const std::vector<Feature<Matrix>>& table) {
  return make_family_of(
      {name, ibsi, title, kind, {}, {}}, table,
      [part](auto compute, const RegionSummary& summary, Aggregation aggregation) {
        return mean_over((summary.*part).at(aggregation), compute);
      });
}

}  // namespace radiomics
