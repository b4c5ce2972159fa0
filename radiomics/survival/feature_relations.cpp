// What features have to do with each other and with size.

#include "radiomics/survival/feature_relations.h"

#include <algorithm>
#include <cmath>

#include "radiomics/cohort/column.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/spearman.h"

namespace radiomics {
namespace {

std::vector<std::size_t> complete_rows(const Matrix& values) {
  std::vector<char> complete(values.rows, 1);
  for (std::size_t j = 0; j < values.columns; ++j)
    for (std::size_t i = 0; i < values.rows; ++i)
      if (std::isnan(values(i, j))) complete[i] = 0;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < values.rows; ++i)
    if (complete[i]) rows.push_back(i);
  return rows;
}

/// Spearman's correlation of every feature with a column, on those of the rows that have it.
std::vector<double> correlations_with(const Cohort& cohort, const std::string& name,
                                      const Matrix& values, const std::vector<std::size_t>& rows) {
  if (name.empty()) return std::vector<double>(values.columns, undefined);
  const auto all = numbers(column(cohort, name), cohort.cells);
  std::vector<std::size_t> kept;
  std::vector<double> size;
  for (const auto row : rows)
    if (!std::isnan(all[row])) {
      kept.push_back(row);
      size.push_back(all[row]);
    }
  if (kept.empty()) return std::vector<double>(values.columns, undefined);
  return spearman_with(rows_of(values, kept), size);
}

void cluster(const FeatureColumns& features, const StabilityTable& stability,
             const ScreenOptions& options, FeatureRelations& relations) {
  const auto clusters =
      cluster_variables(relations.correlations, 1 - options.redundancy, *options.linkage);
  std::vector<double> reliability;
  for (const auto& name : features.names) {
    const auto found = stability.find(name);
    reliability.push_back(found == stability.end() ? undefined : found->second.icc);
  }
  const auto kept = kept_per_cluster(clusters, {.reliability = reliability,
                                                .volume_correlation = relations.rho_volume,
                                                .names = features.names});
  relations.clusters.resize(kept.size());
  for (std::size_t j = 0; j < clusters.size(); ++j)
    relations.clusters[std::size_t(clusters[j])].features.push_back(j);
  for (std::size_t c = 0; c < kept.size(); ++c) relations.clusters[c].kept = kept[c];
  relations.kept = kept;
  std::ranges::sort(relations.kept);
}

/// A feature that is not kept joins the first kept one before it that it is redundant with.
void take_greedily(double threshold, FeatureRelations& relations) {
  const auto& correlations = relations.correlations;
  relations.kept = greedily_kept(correlations, threshold);
  for (std::size_t j = 0, next = 0; j < correlations.columns; ++j) {
    if (next < relations.kept.size() && relations.kept[next] == j) {
      relations.clusters.push_back({.features = {j}, .kept = j});
      ++next;
      continue;
    }
    for (auto& cluster : relations.clusters)
      if (std::abs(correlations(j, cluster.kept)) > threshold) {
        cluster.features.push_back(j);
        break;
      }
  }
}

/// A feature without a correlation with itself stands for nothing. With fewer than two patients all
/// are such, and nothing is known.
void leave_out_constants(FeatureRelations& relations) {
  if (relations.n < 2) return;
  const auto constant = [&](std::size_t j) { return std::isnan(relations.correlations(j, j)); };
  std::erase_if(relations.kept, constant);
  for (auto& cluster : relations.clusters) std::erase_if(cluster.features, constant);
  std::erase_if(relations.clusters,
                [&](const RedundantCluster& cluster) { return constant(cluster.kept); });
}

}  // namespace

std::string_view linkage_name(const std::optional<Linkage>& linkage) {
  return linkage ? to_string(*linkage) : "greedy";
}

std::optional<std::size_t> FeatureRelations::kept_for(std::size_t feature) const {
  const auto cluster = cluster_of[feature];
  return cluster ? std::optional(clusters[*cluster].kept) : std::nullopt;
}

bool FeatureRelations::is_surrogate(std::size_t feature) const {
  return std::abs(rho_volume[feature]) > surrogate_correlation;
}

FeatureRelations feature_relations(const Cohort& cohort, const FeatureColumns& features,
                                   const StabilityTable& stability, const ScreenOptions& options,
                                   int threads) {
  FeatureRelations relations;
  const auto rows = complete_rows(features.values);
  relations.n = rows.size();
  relations.correlations = spearman_matrix(rows_of(features.values, rows), threads);
  relations.rho_volume = correlations_with(cohort, options.volume, features.values, rows);
  relations.rho_diameter = correlations_with(cohort, options.diameter, features.values, rows);
  if (options.linkage)
    cluster(features, stability, options, relations);
  else
    take_greedily(options.redundancy, relations);
  leave_out_constants(relations);
  relations.cluster_of.resize(features.names.size());
  for (std::size_t c = 0; c < relations.clusters.size(); ++c)
    for (const auto j : relations.clusters[c].features) relations.cluster_of[j] = c;
  return relations;
}

std::vector<AnalysisWarning> duplicate_warnings(const FeatureColumns& features) {
  const Matrix& values = features.values;
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  const auto constant = [](std::span<const double> column) {
    return std::ranges::adjacent_find(column, std::ranges::not_equal_to{}) == column.end();
  };
  std::vector<AnalysisWarning> warnings;
  for (std::size_t j = 1; j < values.columns; ++j) {
    if (constant(values.column(j))) continue;
    for (std::size_t twin = 0; twin < j; ++twin) {
      if (!std::ranges::equal(values.column(twin), values.column(j), same)) continue;
      warnings.push_back({.code = WarningCode::duplicate_feature,
                          .message = "'" + one_line(features.names[j]) + "' is an exact copy of '" +
                                     one_line(features.names[twin]) + "' (rho = 1)",
                          .column = features.names[j]});
      break;
    }
  }
  return warnings;
}

std::vector<AnalysisWarning> missing_feature_warnings(const Cohort& cohort,
                                                      const FeatureColumns& features) {
  std::vector<std::vector<std::size_t>> patterns, members;
  for (std::size_t j = 0; j < features.names.size(); ++j) {
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < features.values.rows; ++i)
      if (std::isnan(features.values(i, j))) missing.push_back(i);
    if (missing.empty()) continue;
    const auto known = std::ranges::find(patterns, missing);
    if (known == patterns.end()) {
      patterns.push_back(missing);
      members.push_back({j});
    } else {
      members[std::size_t(known - patterns.begin())].push_back(j);
    }
  }
  std::vector<AnalysisWarning> warnings;
  for (std::size_t k = 0; k < patterns.size(); ++k) {
    const auto& name = features.names[members[k][0]];
    const std::size_t others = members[k].size() - 1;
    std::vector<std::string> ids;
    for (const auto i : patterns[k]) ids.push_back(cohort.ids[i]);
    warnings.push_back(
        {.code = WarningCode::missing_values,
         .message = column(cohort, name).place(patterns[k][0]) + ": missing in " +
                    counted(ids.size(), "patient") +
                    (others == 0 ? "" : ", as is " + counted(others, "other feature")) +
                    ", left out where the feature is used",
         .column = name,
         .ids = std::move(ids)});
  }
  return warnings;
}

}  // namespace radiomics
