// What a validation says of subgroups: JSON, CSV, tables and figures. No patient is named.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/forest_figure.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/survival/validate_output.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

constexpr int few_events = 10;

void write_calibration(JsonWriter& json, const SubgroupCalibration& one) {
  json.begin_object()
      .member("time", one.time)
      .member("observed", one.observed)
      .member("observed_conf_low", one.observed_limits.low)
      .member("observed_conf_high", one.observed_limits.high)
      .member("expected", one.expected)
      .member("ratio", one.ratio)
      .member("ratio_conf_low", one.ratio_limits.low)
      .member("ratio_conf_high", one.ratio_limits.high)
      .end_object();
}

void write_level(JsonWriter& json, const SubgroupLevel& level, const ValidateResult& result) {
  json.begin_object()
      .member("level", level.label)
      .member("n", level.n)
      .member("events", level.events)
      .key("predictions")
      .begin_array();
  for (std::size_t p = 0; p < level.predictions.size(); ++p) {
    json.begin_object().member("name", result.predictions[p].name).key("concordance");
    write_estimate(json, level.predictions[p].concordance);
    json.key("horizons").begin_array();
    for (const auto& one : level.predictions[p].horizons) write_calibration(json, one);
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

std::string counts_of(const SubgroupLevel& level) {
  return to_text(level.events) + "/" + to_text(level.n);
}

std::string ratio_text(const SubgroupCalibration& one) {
  if (!std::isfinite(one.ratio)) return "–";
  return ratio_with_limits(one.ratio, one.ratio_limits.low, one.ratio_limits.high);
}

std::string concordance_text(const Estimate& c) {
  return std::isfinite(c.estimate) ? probability_with_limits(c, 3) : "–";
}

std::string time_phrase(double time, const ValidateOptions& options) {
  return rounded_text(time, 6) +
         (options.common.time_unit ? " " + std::string(to_string(*options.common.time_unit)) : "");
}

bool has_few_events(const ValidateResult& result) {
  return std::ranges::any_of(result.subgroups, [](const Subgroups& one) {
    return std::ranges::any_of(
        one.levels, [](const SubgroupLevel& level) { return level.events < few_events; });
  });
}

ReportTable table_of_prediction(const ValidateResult& result, std::size_t p,
                                const ValidateOptions& options) {
  ReportTable table{.caption = result.predictions[p].name + " in subgroups, with " +
                               percent(options.common.conf_level) + " limits.",
                    .columns = {{"Subgroup", Align::left}, {"Events/n"}, {"Harrell's C"}}};
  for (const double time : options.common.horizons)
    table.columns.push_back({"Observed / expected at " + time_phrase(time, options)});
  for (const auto& subgroups : result.subgroups)
    for (const auto& level : subgroups.levels) {
      const auto& scores = level.predictions[p];
      table.rows.push_back({subgroups.variable + ": " + level.label, counts_of(level),
                            concordance_text(scores.concordance)});
      for (const auto& one : scores.horizons) table.rows.back().push_back(ratio_text(one));
    }
  table.footnotes.push_back(
      "Groups of numbers are tertiles of these patients, or the values where there are three or "
      "fewer. The limits of a ratio are those of the observed risk. Intervals of small groups "
      "overlap easily: that two differ in the estimate is no finding.");
  if (has_few_events(result))
    table.footnotes.push_back("Groups with fewer than " + to_text(few_events) +
                              " events are shown as a description only.");
  for (const auto& subgroups : result.subgroups)
    if (subgroups.n_missing > 0)
      table.footnotes.push_back(subgroups.variable + ": missing in " +
                                counted(subgroups.n_missing, "patient") +
                                ", who are in none of its groups.");
  return table;
}

ForestFigure empty_forest(const ValidateResult& result, std::size_t p, const std::string& what,
                          const ValidateOptions& options) {
  ForestFigure figure;
  figure.title =
      result.endpoint + ": " + what + " of " + result.predictions[p].name + " in subgroups";
  figure.description = figure.title;
  figure.label_heading = "Subgroup";
  figure.text_heading = what + " (" + percent(options.common.conf_level) + " CI)";
  figure.x_label = what;
  return figure;
}

ReportFigure concordance_figure(const ValidateResult& result, std::size_t p,
                                const ValidateOptions& options) {
  ForestFigure figure = empty_forest(result, p, "C", options);
  const auto& all = result.predictions[p].concordance.estimate;
  figure.probability = true;
  figure.reference = std::isfinite(all.estimate) ? all.estimate : 0.5;
  figure.footnote = "Dashed: all patients, " + concordance_text(all) + ". 0.5 is chance.";
  for (const auto& subgroups : result.subgroups)
    for (const auto& level : subgroups.levels) {
      const Estimate& c = level.predictions[p].concordance;
      figure.rows.push_back({.label = one_line(level.label),
                             .group = one_line(subgroups.variable),
                             .counts = counts_of(level),
                             .estimate = c.estimate,
                             .conf_low = std::max(c.conf_low, 0.0),
                             .conf_high = std::min(c.conf_high, 1.0),
                             .weight = double(level.events),
                             .text = concordance_text(c)});
    }
  return {.file = "subgroups_" + result.endpoint + "_" + result.predictions[p].name + ".svg",
          .svg = to_svg(figure),
          .caption = "C of " + result.predictions[p].name + " for " + result.endpoint +
                     " in subgroups; the dashed line is C of all patients"};
}

/// Observed / expected at the last horizon at which a risk is known; not drawn where there is none.
void add_ratio_figure(const ValidateResult& result, std::size_t p, const ValidateOptions& options,
                      std::vector<ReportFigure>& figures) {
  const auto& calibration = result.predictions[p].calibration;
  std::size_t h = calibration.size();
  while (h > 0 && std::isnan(calibration[h - 1].totals.ratio)) --h;
  if (h == 0) return;
  --h;
  const std::string at = time_phrase(calibration[h].time, options);
  ForestFigure figure = empty_forest(result, p, "Observed / expected", options);
  figure.title += ", " + at;
  figure.x_label = "Observed / expected (log scale)";
  figure.text_heading = "O/E (" + percent(options.common.conf_level) + " CI)";
  figure.low_side = "risk overestimated";
  figure.high_side = "underestimated";
  for (const auto& subgroups : result.subgroups)
    for (const auto& level : subgroups.levels) {
      const auto& one = level.predictions[p].horizons[h];
      figure.rows.push_back({.label = one_line(level.label),
                             .group = one_line(subgroups.variable),
                             .counts = counts_of(level),
                             .estimate = one.ratio,
                             .conf_low = one.ratio_limits.low,
                             .conf_high = one.ratio_limits.high,
                             .weight = double(level.events),
                             .text = ratio_text(one)});
    }
  figures.push_back(
      {.file = "subgroups_ratio_" + result.endpoint + "_" + result.predictions[p].name + ".svg",
       .svg = to_svg(figure),
       .caption = "Observed / expected of " + result.predictions[p].name + " for " +
                  result.endpoint + " at " + at + " in subgroups; 1 is calibrated"});
}

}  // namespace

void write_subgroups(JsonWriter& json, const ValidateResult& result) {
  json.key("subgroups").begin_array();
  for (const auto& subgroups : result.subgroups) {
    json.begin_object()
        .member("variable", subgroups.variable)
        .member("kind", to_string(subgroups.kind))
        .member("cuts", subgroups.cuts)
        .member("n_missing", subgroups.n_missing)
        .key("levels")
        .begin_array();
    for (const auto& level : subgroups.levels) write_level(json, level, result);
    json.end_array().end_object();
  }
  json.end_array();
}

std::vector<ReportTable> subgroup_tables(const ValidateResult& result,
                                         const ValidateOptions& options) {
  std::vector<ReportTable> tables;
  if (result.subgroups.empty()) return tables;
  for (std::size_t p = 0; p < result.predictions.size(); ++p)
    tables.push_back(table_of_prediction(result, p, options));
  return tables;
}

std::vector<ReportFigure> subgroup_figures(const ValidateResult& result,
                                           const ValidateOptions& options) {
  std::vector<ReportFigure> figures;
  if (result.subgroups.empty()) return figures;
  for (std::size_t p = 0; p < result.predictions.size(); ++p) {
    figures.push_back(concordance_figure(result, p, options));
    add_ratio_figure(result, p, options, figures);
  }
  return figures;
}

std::string subgroups_csv(const ValidateAnalysis& analysis) {
  std::string text =
      "endpoint,variable,level,n,events,prediction,measure,time,estimate,conf_low,conf_high,"
      "observed,expected\n";
  for (const auto& result : analysis.results)
    for (const auto& subgroups : result.subgroups)
      for (const auto& level : subgroups.levels)
        for (std::size_t p = 0; p < level.predictions.size(); ++p) {
          const std::string prefix = csv_cell(result.endpoint) + "," +
                                     csv_cell(subgroups.variable) + "," + csv_cell(level.label) +
                                     "," + to_text(level.n) + "," + to_text(level.events) + "," +
                                     csv_cell(result.predictions[p].name) + ",";
          const auto& scores = level.predictions[p];
          const auto& c = scores.concordance;
          text += prefix + "concordance,," +
                  join(std::vector<double>{c.estimate, c.conf_low, c.conf_high}, ",") + ",,\n";
          for (const auto& one : scores.horizons)
            text += prefix + "observed_expected," +
                    join(std::vector<double>{one.time, one.ratio, one.ratio_limits.low,
                                             one.ratio_limits.high, one.observed, one.expected},
                         ",") +
                    "\n";
        }
  return text;
}

}  // namespace radiomics
