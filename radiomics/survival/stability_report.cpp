// The report, the table and the figure. No patient is named in any of them.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/bar_figure.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/stability_output.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

constexpr std::size_t rows_of_table = 60, bars_of_figure = 30;

/// By the lower limit, the least repeatable first; those without one come before all.
std::vector<std::size_t> worst_first(const StabilityAnalysis& analysis, IccType type) {
  std::vector<std::size_t> order(analysis.features.size());
  for (std::size_t j = 0; j < order.size(); ++j) order[j] = j;
  const auto low = [&](std::size_t j) {
    const double value = deciding(analysis.features[j], type).conf_low;
    return std::isnan(value) ? -2 : value;
  };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return low(a) < low(b); });
  return order;
}

std::string icc_text(const IntraclassCorrelation& icc) {
  return with_limits(Estimate{.estimate = icc.estimate,
                              .std_error = undefined,
                              .conf_low = icc.conf_low,
                              .conf_high = icc.conf_high},
                     3);
}

std::string confidence(const StabilityOptions& options) {
  return percent(options.common.conf_level);
}

std::string verdict_of(const StableFeature& feature) {
  if (feature.status == StabilityStatus::missing_values) return "refused: missing cells";
  if (feature.status == StabilityStatus::constant) return "refused: constant";
  return feature.keep ? "keep" : "not repeatable enough";
}

ReportTable features_table(const StabilityAnalysis& analysis, const StabilityOptions& options) {
  const bool two = analysis.table.raters.size() == 2;
  ReportTable table = table_of({"Feature"});
  for (const auto& icc : analysis.features[0].icc)
    table.columns.push_back(
        {std::string(to_string(icc.type)) + " with " + confidence(options) + " limits"});
  if (two) table.columns.push_back({"CCC"});
  table.columns.push_back({"Within-subject CV"});
  table.columns.push_back({"Verdict", Align::left});
  const auto order = worst_first(analysis, options.icc_type);
  const std::size_t shown = std::min(order.size(), rows_of_table);
  table.caption = "Agreement, the least repeatable features first";
  table.caption += shown < order.size() ? ": " + to_text(shown) + " of " + to_text(order.size()) +
                                              "; all of them are in stability.csv."
                                        : ".";
  for (std::size_t r = 0; r < shown; ++r) {
    const auto& feature = analysis.features[order[r]];
    auto& row = table.rows.emplace_back();
    row.push_back(feature.name);
    for (const auto& icc : feature.icc) row.push_back(icc_text(icc));
    if (two) row.push_back(std::isnan(feature.ccc) ? "-" : fixed_text(feature.ccc, 3));
    const double cv = feature.within_subject_cv;
    row.push_back(std::isnan(cv) ? "-" : percent(cv, 1));
    row.push_back(verdict_of(feature));
  }
  return table;
}

std::string summary_text(const StabilityAnalysis& analysis, const StabilityOptions& options) {
  const auto& table = analysis.table;
  return "Repeatable enough: " + to_text(analysis.kept()) + " of " +
         counted(analysis.features.size(), "feature") + ", for which the lower " +
         confidence(options) + " limit of " + std::string(to_string(options.icc_type)) + " is " +
         to_text(options.threshold) + " or more. " + counted(table.patients.size(), "patient") +
         ", each measured " + to_text(table.raters.size()) + " times (" + options.by + ": " +
         listed(table.raters) + ").";
}

std::string method_text(const StabilityOptions& options) {
  return "Intraclass correlations of single measurements with intervals from the F distribution: "
         "ICC(1,1) takes every measurement as another rater's, ICC(A,1) counts differences between "
         "raters as error (two-way random effects, absolute agreement), ICC(C,1) forgives them. A "
         "feature is kept if the lower limit of " +
         std::string(to_string(options.icc_type)) + ", not the estimate, reaches " +
         to_text(options.threshold) +
         ". CCC: Lin's concordance correlation with moments divided by n. Within-subject CV: root "
         "mean square of standard deviation / mean; it has a meaning only for features with a "
         "natural zero. A feature with a missing cell is refused.";
}

}  // namespace

std::string stability_csv(const StabilityAnalysis& analysis, const StabilityOptions& options) {
  std::string text = "feature,icc,low,keep\n";
  for (const auto& feature : analysis.features) {
    const auto& icc = deciding(feature, options.icc_type);
    const auto number = [](double value) { return std::isnan(value) ? "" : to_text(value); };
    text += csv_cell(feature.name) + "," + number(icc.estimate) + "," + number(icc.conf_low) + "," +
            (feature.keep ? "true" : "false") + "\n";
  }
  return text;
}

std::string stability_figure(const StabilityAnalysis& analysis, const StabilityOptions& options) {
  auto order = worst_first(analysis, options.icc_type);
  const std::size_t all = order.size(), shown = std::min(all, bars_of_figure);
  order.resize(shown);
  std::ranges::reverse(order);
  const std::string type(to_string(options.icc_type));
  BarFigure figure{.title = "Repeatability by " + one_line(options.by),
                   .description = "Lower limits of " + type + " of " + counted(shown, "feature"),
                   .x_label = "Lower " + confidence(options) + " limit of " + type,
                   .thresholds = {options.threshold}};
  figure.footnote =
      (shown < all ? "The " + to_text(shown) + " lowest of " + to_text(all) + ". " : "") +
      "Dashed: features at or above it are kept.";
  for (const auto j : order) {
    const double low = deciding(analysis.features[j], options.icc_type).conf_low;
    figure.low = std::min(figure.low, std::isnan(low) || low > -0.05 ? 0.0 : -1.0);
    figure.bars.push_back({.label = one_line(analysis.features[j].name),
                           .value = low,
                           .text = std::isnan(low) ? "" : fixed_text(low, 2)});
  }
  return to_svg(figure);
}

Report stability_report(const StabilityAnalysis& analysis, const StabilityOptions& options) {
  Report report{.title = "Repeatability of features",
                .summary = {summary_text(analysis, options)},
                .footer = program_footer()};
  report.sections.push_back(
      {.heading = "Agreement",
       .blocks = {ReportFigure{.file = "stability.svg",
                               .svg = stability_figure(analysis, options),
                               .caption = "Lower limits of the intraclass correlation"},
                  features_table(analysis, options)}});
  close_report(report, analysis.warnings(), analysis.table.cohort, {}, method_text(options));
  return report;
}

CommandResult run_stability(const StabilityOptions& options, int threads) {
  const StabilityAnalysis analysis = analyse_stability(options, threads);
  CommandResult result{.warnings = analysis.warnings()};
  result.files.push_back({"stability.svg", stability_figure(analysis, options)});
  result.files.push_back({"stability.csv", stability_csv(analysis, options)});
  add_report(result.files, stability_report(analysis, options));
  result.files.push_back({"result.json", stability_json(analysis, options)});
  return result;
}

}  // namespace radiomics
