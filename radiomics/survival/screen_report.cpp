// The report and the figures: numbers rounded for people. No patient is named in either.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "radiomics/core/text.h"
#include "radiomics/figures/bar_figure.h"
#include "radiomics/figures/forest_figure.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/screen_output.h"

namespace radiomics {
namespace {

constexpr std::size_t rows_of_table = 25, rows_of_figure = 20, bars_of_figure = 25;

std::string confidence(const ScreenOptions& options) { return percent(options.common.conf_level); }

std::string ratio_per_sd(const TermResult& term) {
  if (!term.per_sd) return "not estimable";
  const auto& ratio = term.per_sd->ratio;
  return ratio_with_limits(ratio.estimate, ratio.conf_low, ratio.conf_high);
}

std::string correlation_text(double rho) {
  if (std::isnan(rho)) return "-";
  return fixed_text(std::abs(rho) < 0.005 ? 0 : rho, 2);
}

std::string note_of(const ScreenResult& result, std::size_t j, const ScreenAnalysis& analysis,
                    const ScreenOptions& options) {
  std::vector<std::string> notes;
  const auto& feature = result.features[j];
  if (!feature.problem.empty()) notes.push_back(feature.problem);
  if (feature.name == options.volume)
    notes.push_back("the volume itself");
  else if (analysis.relations.is_surrogate(j))
    notes.push_back("volume surrogate");
  const auto kept = analysis.relations.kept_for(j);
  if (kept && *kept != j) notes.push_back("redundant");
  if (const auto* stability = analysis.stability_of(j); stability && !stability->keep)
    notes.push_back("not repeatable");
  return join(notes, "; ");
}

ReportTable features_table(const ScreenResult& result, const ScreenAnalysis& analysis,
                           const ScreenOptions& options) {
  ReportTable table =
      table_of({"Feature", "Events/n", "Hazard ratio per SD (" + confidence(options) + " CI)", "C",
                "p", "adjusted p (BH)"});
  if (!options.volume.empty()) table.columns.push_back({"rho with volume"});
  if (!options.diameter.empty()) table.columns.push_back({"rho with diameter"});
  table.columns.push_back({"Note", Align::left});
  const auto order = by_p_value(result);
  const std::size_t shown = std::min(order.size(), rows_of_table);
  table.caption = shown < order.size()
                      ? "The " + to_text(shown) + " features of " + to_text(order.size()) +
                            " with the smallest p; all of them are in screen.csv."
                      : "All features, by p.";
  for (std::size_t k = 0; k < shown; ++k) {
    const auto& feature = result.features[order[k]];
    table.rows.push_back(
        {feature.name, to_text(feature.events) + "/" + to_text(feature.n),
         ratio_per_sd(feature.term),
         std::isnan(feature.concordance) ? "-" : fixed_text(feature.concordance, 3),
         p_cell(feature.term.p_value), p_cell(feature.p_adjusted.bh)});
    auto& row = table.rows.back();
    if (!options.volume.empty())
      row.push_back(correlation_text(analysis.relations.rho_volume[order[k]]));
    if (!options.diameter.empty())
      row.push_back(correlation_text(analysis.relations.rho_diameter[order[k]]));
    row.push_back(note_of(result, order[k], analysis, options));
  }
  table.footnotes.push_back(
      "Adjusted for " + counted(result.family, "test") +
      (options.family == TestFamily::all ? " of all endpoints." : ".") +
      " Other adjustments and likelihood ratio tests are in screen.csv; which "
      "features the redundant ones stand behind, below.");
  return table;
}

ReportSection endpoint_section(const ScreenResult& result, const ScreenAnalysis& analysis,
                               const ScreenOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  section.blocks = {
      paragraph(counts_text(result.n, result.events, result.n_missing)), paragraph(result.text),
      ReportFigure{.file = screen_figure_name(result),
                   .svg = screen_figure(result, options),
                   .caption = "Features of " + result.endpoint +
                              " with the smallest p, before adjustment for the number of tests"},
      features_table(result, analysis, options)};
  return section;
}

ReportSection redundancy_section(const ScreenAnalysis& analysis, const ScreenOptions& options) {
  const auto& relations = analysis.relations;
  const auto& names = analysis.features.names;
  ReportTable table = table_of({"Kept", "Redundant with it"}, 2);
  table.caption = "Clusters of two features or more.";
  for (const auto& cluster : relations.clusters) {
    std::vector<std::string> others;
    for (const auto j : cluster.features)
      if (j != cluster.kept) others.push_back(names[j]);
    if (!others.empty()) table.rows.push_back({names[cluster.kept], join(others, ", ")});
  }
  ReportSection section{.heading = "Redundancy"};
  section.blocks = {paragraph(
      to_text(relations.kept.size()) + " of " + counted(names.size(), "feature") +
      " are left if of those that correlate above |rho| = " + to_text(options.redundancy) +
      " one is kept (" + std::string(linkage_name(options.linkage)) +
      (options.linkage ? " linkage" : ", in the order of the table") + "; Spearman, in the " +
      counted(relations.n, "patient") + " who have all features).")};
  if (!table.rows.empty()) section.blocks.push_back(table);
  return section;
}

ReportSection volume_section(const ScreenAnalysis& analysis, const ScreenOptions& options) {
  return {.heading = "Correlation with volume",
          .blocks = {ReportFigure{.file = "volume.svg",
                                  .svg = volume_figure(analysis, options),
                                  .caption = "Spearman correlation with " + options.volume}}};
}

std::string method_text(const ScreenOptions& options) {
  return "One Cox model per feature" +
         (options.common.covariates.empty()
              ? std::string()
              : " with the covariates " + join(options.common.covariates, ", ")) +
         (options.common.strata.empty() ? std::string()
                                        : ", stratified by " + join(options.common.strata, ", ")) +
         ", each on the patients who have the feature; ties by " +
         std::string(to_string(options.common.ties)) +
         ". p is Wald's. "
         "Hazard ratios are per sample standard deviation (SD), with " +
         confidence(options) +
         " Wald intervals that are not adjusted for the number of tests. C is Harrell's, of the "
         "data that the model was fitted to, and so optimistic. p-values are adjusted over " +
         (options.family == TestFamily::all ? "all features and endpoints"
                                            : "the features of an endpoint") +
         ". A feature with |rho| above " + to_text(surrogate_correlation) +
         " with the volume is called a volume surrogate. Of redundant features the one with the "
         "highest ICC is kept, then the one least correlated with volume, then the first by name; "
         "with greedy linkage the first in the table.";
}

}  // namespace

std::vector<std::size_t> by_p_value(const ScreenResult& result) {
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < result.features.size(); ++j)
    if (result.features[j].term.status != TermStatus::aliased) order.push_back(j);
  const auto p = [&](std::size_t j) {
    const double value = result.features[j].term.p_value;
    return std::isnan(value) ? 2 : value;
  };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return p(a) < p(b); });
  return order;
}

std::string screen_figure_name(const ScreenResult& result) {
  return "screen_" + result.endpoint + ".svg";
}

std::string screen_figure(const ScreenResult& result, const ScreenOptions& options) {
  const auto order = by_p_value(result);
  const std::size_t shown = std::min(order.size(), rows_of_figure);
  ForestFigure figure{.title = result.endpoint + ": features one by one",
                      .description = "Hazard ratios per standard deviation of " +
                                     counted(shown, "feature") + " with the smallest p",
                      .label_heading = "Feature",
                      .text_heading = "Hazard ratio (" + confidence(options) + " CI)",
                      .x_label = "Hazard ratio per standard deviation (log scale)",
                      .low_side = "later events",
                      .high_side = "earlier events"};
  figure.footnote = (shown < order.size() ? "The " + to_text(shown) + " smallest p of " +
                                                to_text(order.size()) + " features. "
                                          : "") +
                    "p: adjusted for " + counted(result.family, "test") + " (Benjamini-Hochberg).";
  for (std::size_t k = 0; k < shown; ++k) {
    const auto& feature = result.features[order[k]];
    ForestRow row{.label = one_line(feature.name),
                  .counts = to_text(feature.events) + "/" + to_text(feature.n),
                  .text = ratio_per_sd(feature.term),
                  .p = p_cell(feature.p_adjusted.bh)};
    if (feature.term.per_sd) {
      row.estimate = feature.term.per_sd->ratio.estimate;
      row.conf_low = feature.term.per_sd->ratio.conf_low;
      row.conf_high = feature.term.per_sd->ratio.conf_high;
    }
    figure.rows.push_back(row);
  }
  return to_svg(figure);
}

std::string volume_figure(const ScreenAnalysis& analysis, const ScreenOptions& options) {
  const auto& rho = analysis.relations.rho_volume;
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < rho.size(); ++j)
    if (!std::isnan(rho[j]) && analysis.features.names[j] != options.volume) order.push_back(j);
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return std::abs(rho[a]) > std::abs(rho[b]); });
  const std::size_t shown = std::min(order.size(), bars_of_figure);
  BarFigure figure{.title = "Correlation with volume",
                   .description = "Spearman correlation of " + counted(shown, "feature") +
                                  " with " + one_line(options.volume),
                   .x_label = "Spearman correlation with " + one_line(options.volume),
                   .low = -1,
                   .high = 1,
                   .thresholds = {-surrogate_correlation, surrogate_correlation}};
  figure.footnote = (shown < order.size()
                         ? "The " + to_text(shown) + " highest of " + to_text(order.size()) + ". "
                         : "") +
                    "Dashed: beyond it a feature is called a volume surrogate.";
  for (std::size_t k = 0; k < shown; ++k)
    figure.bars.push_back({.label = one_line(analysis.features.names[order[k]]),
                           .value = rho[order[k]],
                           .text = correlation_text(rho[order[k]])});
  return to_svg(figure);
}

Report screen_report(const ScreenAnalysis& analysis, const ScreenOptions& options) {
  Report report{.title = "Features one by one", .footer = program_footer()};
  for (const auto& result : analysis.results) {
    report.summary.push_back(result.error ? result.endpoint + ": refused, see below."
                                          : result.text);
    report.sections.push_back(endpoint_section(result, analysis, options));
  }
  if (!options.volume.empty()) report.sections.push_back(volume_section(analysis, options));
  report.sections.push_back(redundancy_section(analysis, options));
  close_report(report, analysis.warnings(), analysis.cohort, options.common.endpoints,
               method_text(options));
  return report;
}

}  // namespace radiomics
