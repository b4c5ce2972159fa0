#include "radiomics/core/text.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/screen_output.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

std::string line_of(const ScreenResult& result, std::size_t j, const ScreenAnalysis& analysis) {
  const auto& feature = result.features[j];
  const TermResult& term = feature.term;
  const FeatureRelations& relations = analysis.relations;
  const ScaledEffect per_sd = term.per_sd.value_or(ScaledEffect{});
  const auto& adjusted = feature.p_adjusted;
  const std::vector<double> values{term.estimate,
                                   term.std_error,
                                   term.statistic,
                                   term.p_value,
                                   term.ratio.estimate,
                                   term.ratio.conf_low,
                                   term.ratio.conf_high,
                                   per_sd.unit,
                                   per_sd.ratio.estimate,
                                   per_sd.ratio.conf_low,
                                   per_sd.ratio.conf_high,
                                   feature.concordance,
                                   feature.p_value_lr,
                                   adjusted.bh,
                                   adjusted.by,
                                   adjusted.holm,
                                   adjusted.bonferroni,
                                   relations.rho_volume[j],
                                   relations.rho_diameter[j]};
  const auto cluster = relations.cluster_of[j];
  const std::vector<std::string> cells{csv_cell(result.endpoint),
                                       csv_cell(feature.name),
                                       std::string(to_string(term.status)),
                                       to_text(feature.n),
                                       to_text(feature.events),
                                       join(values, ","),
                                       cluster ? to_text(*cluster + 1) : "",
                                       relations.kept_for(j) == j ? "true" : "false"};
  return join(cells, ",") + "\n";
}

}  // namespace

std::string screen_csv(const ScreenAnalysis& analysis) {
  std::string text =
      "endpoint,feature,status,n,events,estimate,std_error,statistic,p_value,hazard_ratio,conf_low,"
      "conf_high,sd,hazard_ratio_per_sd,conf_low_per_sd,conf_high_per_sd,concordance,p_value_lr,"
      "p_bh,p_by,p_holm,p_bonferroni,rho_volume,rho_diameter,cluster,kept\n";
  for (const auto& result : analysis.results)
    for (std::size_t j = 0; j < result.features.size(); ++j) text += line_of(result, j, analysis);
  return text;
}

std::string correlation_csv(const ScreenAnalysis& analysis) {
  const auto& names = analysis.features.names;
  const auto& correlations = analysis.relations.correlations;
  std::string text = "feature";
  for (const auto& name : names) text += "," + csv_cell(name);
  text += "\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += csv_cell(names[i]);
    for (std::size_t j = 0; j < names.size(); ++j) text += "," + to_text(correlations(i, j));
    text += "\n";
  }
  return text;
}

CommandResult run_screen(const ScreenOptions& options, int threads) {
  const ScreenAnalysis analysis = analyse_screen(options, threads);
  CommandResult result{.warnings = analysis.warnings(), .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results)
    if (!one.error) files.push_back({screen_figure_name(one), screen_figure(one, options)});
  if (!options.volume.empty()) files.push_back({"volume.svg", volume_figure(analysis, options)});
  files.push_back({"screen.csv", screen_csv(analysis)});
  files.push_back({"correlation.csv", correlation_csv(analysis)});
  add_report(files, screen_report(analysis, options));
  files.push_back({"result.json", screen_json(analysis, options)});
  return result;
}

}  // namespace radiomics
