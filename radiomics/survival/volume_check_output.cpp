#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/bar_figure.h"
#include "radiomics/survival/compare_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/survival/volume_check.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

constexpr std::size_t bars_shown = 40;

void write_tertiles(JsonWriter& json, const std::vector<Estimate>& ratios) {
  json.key("tertiles").begin_array();
  for (const auto& ratio : ratios) write_ratio(json, ratio);
  json.end_array();
}

void write_score(JsonWriter& json, const ImagingScore& score) {
  json.key("score")
      .begin_object()
      .member("rho_volume", score.volume.rho_volume)
      .member("rho_diameter", score.volume.rho_diameter)
      .member("r2_volume", score.volume.r2_volume)
      .member("volume_surrogate", score.volume.volume_surrogate)
      .key("per_sd");
  write_ratio(json, score.alone);
  json.key("per_sd_beside_volume");
  write_ratio(json, score.adjusted);
  json.key("beyond_volume");
  write_test(json, score.likelihood_ratio);
  write_tertiles(json, score.tertiles);
  json.end_object();
}

void write_features(JsonWriter& json, const std::vector<VolumeFeature>& features,
                    const std::vector<BeyondVolume>& beyond) {
  json.key("features").begin_array();
  for (std::size_t j = 0; j < features.size(); ++j) {
    json.begin_object()
        .member("feature", features[j].feature)
        .member("rho_volume", features[j].rho_volume)
        .member("rho_diameter", features[j].rho_diameter)
        .member("r2_volume", features[j].r2_volume)
        .member("volume_surrogate", features[j].volume_surrogate)
        .key("beyond_volume")
        .begin_object()
        .member("statistic", beyond[j].likelihood_ratio.statistic)
        .member("df", beyond[j].likelihood_ratio.df)
        .member("p_value", beyond[j].likelihood_ratio.p_value)
        .member("p_bh", beyond[j].p_bh)
        .end_object();
    write_tertiles(json, beyond[j].tertiles);
    json.end_object();
  }
  json.end_array();
}

void write_controls(JsonWriter& json, const std::vector<ControlResult>& controls) {
  json.key("controls").begin_array();
  for (const auto& control : controls) {
    json.begin_object().member("control", control.control);
    if (control.error) {
      json.member("error", control.error->what()).end_object();
      continue;
    }
    json.member("n", control.n).key("concordance_original");
    write_estimate(json, control.original);
    json.key("concordance_control");
    write_estimate(json, control.randomised);
    json.key("delta_concordance");
    write_estimate(json, control.delta);
    json.end_object();
  }
  json.end_array();
}

void write_result(JsonWriter& json, const VolumeCheckResult& result,
                  const std::vector<VolumeFeature>& features) {
  json.begin_object();
  if (!write_endpoint_head(json, result.endpoint, result.error)) {
    write_compare_members(json, result.compare);
    json.key("baselines").begin_array();
    for (const auto& baseline : result.baselines) {
      json.begin_object().member("name", baseline.name).key("concordance");
      write_concordance(json, baseline.concordance);
      json.member("concordance_corrected", baseline.corrected).end_object();
    }
    json.end_array();
    write_score(json, result.score);
    write_features(json, features, result.features);
    write_controls(json, result.controls);
    json.text_or_null("control_text", result.control_text);
  }
  json.end_object();
}

std::string json_of(const VolumeCheckAnalysis& analysis, const VolumeCheckOptions& options) {
  const auto warnings = all_warnings(analysis.cohort, analysis.results);
  return ResultDocument{.command = "volume-check",
                        .options = options.compare.common,
                        .cohort = analysis.cohort,
                        .warnings = warnings,
                        .config =
                            [&](JsonWriter& json) {
                              json.member("base", options.compare.base)
                                  .member("imaging", options.compare.imaging)
                                  .text_or_null("volume", options.compare.volume)
                                  .text_or_null("diameter", options.diameter)
                                  .member("surrogate_threshold", options.surrogate_threshold)
                                  .member("bootstrap", options.compare.bootstrap)
                                  .text_or_null("resamples",
                                                options.compare.resamples.filename().string());
                            },
                        .results =
                            [&](JsonWriter& json) {
                              for (const auto& result : analysis.results)
                                write_result(json, result, analysis.features);
                            }}
      .text();
}

/// Of all thirds of volume; empty cells for a feature without them (the volume).
std::string tertile_cells(const std::vector<Estimate>& ratios) {
  if (ratios.empty()) return ",,,,,,,,,";
  std::string text;
  for (const auto& ratio : ratios)
    text += "," + to_text(ratio.estimate) + "," + to_text(ratio.conf_low) + "," +
            to_text(ratio.conf_high);
  return text;
}

std::string features_csv(const VolumeCheckAnalysis& analysis) {
  std::string text =
      "endpoint,feature,rho_volume,rho_diameter,r2_volume,volume_surrogate,statistic_beyond_volume,"
      "p_beyond_volume,p_bh";
  for (const char* third : {"small", "middle", "large"})
    for (const char* number : {"", "_conf_low", "_conf_high"})
      text += std::string(",hazard_ratio_") + third + number;
  text += "\n";
  for (const auto& result : analysis.results)
    for (std::size_t j = 0; j < result.features.size(); ++j) {
      const auto& feature = analysis.features[j];
      const auto& beyond = result.features[j];
      text += csv_cell(result.endpoint) + "," + csv_cell(feature.feature) + "," +
              to_text(feature.rho_volume) + "," + to_text(feature.rho_diameter) + "," +
              to_text(feature.r2_volume) + "," + (feature.volume_surrogate ? "true" : "false") +
              "," + to_text(beyond.likelihood_ratio.statistic) + "," +
              to_text(beyond.likelihood_ratio.p_value) + "," + to_text(beyond.p_bh) +
              tertile_cells(beyond.tertiles) + "\n";
    }
  return text;
}

std::string controls_csv(const VolumeCheckAnalysis& analysis) {
  std::string text =
      "endpoint,control,n,concordance_original,concordance_control,delta_concordance,std_error,"
      "conf_low,conf_high\n";
  for (const auto& result : analysis.results)
    for (const auto& control : result.controls) {
      const std::vector<double> values{control.original.estimate, control.randomised.estimate,
                                       control.delta.estimate,    control.delta.std_error,
                                       control.delta.conf_low,    control.delta.conf_high};
      text += csv_cell(result.endpoint) + "," + csv_cell(control.control) + "," +
              to_text(control.n) + "," + join(values, ",") + "\n";
    }
  return text;
}

/// The features in the order of |rho| with volume.
std::vector<VolumeFeature> by_volume(std::vector<VolumeFeature> features) {
  std::ranges::stable_sort(features, [](const VolumeFeature& a, const VolumeFeature& b) {
    const auto key = [](double rho) { return std::isnan(rho) ? -1 : std::abs(rho); };
    return key(a.rho_volume) > key(b.rho_volume);
  });
  return features;
}

std::string figure_of(const VolumeCheckAnalysis& analysis, const VolumeCheckOptions& options) {
  BarFigure figure;
  figure.title = "How much of each feature is volume";
  figure.description = "Spearman's correlation of features with volume";
  figure.x_label = "Spearman's rho with " + one_line(options.compare.volume);
  figure.low = -1;
  figure.high = 1;
  figure.thresholds = {-options.surrogate_threshold, options.surrogate_threshold};
  const auto features = by_volume(analysis.features);
  for (std::size_t j = 0; j < std::min(bars_shown, features.size()); ++j)
    figure.bars.push_back(
        {.label = one_line(features[j].feature),
         .value = features[j].rho_volume,
         .text = std::isnan(features[j].rho_volume) ? "–" : fixed_text(features[j].rho_volume, 2)});
  if (features.size() > bars_shown)
    figure.footnote = "The " + to_text(bars_shown) + " closest to volume of " +
                      counted(features.size(), "feature") + ".";
  return to_svg(figure);
}

ReportSection correlation_section(const VolumeCheckAnalysis& analysis,
                                  const VolumeCheckOptions& options) {
  std::vector<std::string> surrogates;
  for (const auto& feature : analysis.features)
    if (feature.volume_surrogate) surrogates.push_back(feature.feature);
  ReportSection section{.heading = "Features and volume"};
  section.blocks.push_back(paragraph(
      to_text(surrogates.size()) + " of " + counted(analysis.features.size(), "feature") +
      " rank the patients as volume does "
      "(|Spearman's rho| above " +
      rounded_text(options.surrogate_threshold, 3) + "): volume surrogates. " +
      (surrogates.empty() ? "" : listed(surrogates) + ". ") + "Each is in volume_features.csv."));
  section.blocks.push_back(ReportFigure{.file = "volume_correlation.svg",
                                        .svg = figure_of(analysis, options),
                                        .caption = "Correlation of features with volume"});
  return section;
}

ReportTable baselines_table(const VolumeCheckResult& result) {
  ReportTable table = table_of({"Size alone", "C", "C corrected"});
  table.caption = result.endpoint + ": what size alone tells.";
  for (const auto& baseline : result.baselines)
    table.rows.push_back(
        {baseline.name, probability_with_limits(baseline.concordance.estimate, 3),
         std::isnan(baseline.corrected) ? "–" : fixed_text(baseline.corrected, 3)});
  return table;
}

std::string ratio_cell(const Estimate& ratio) {
  return std::isnan(ratio.estimate) ? "–" : ratio_with_limits(ratio);
}

std::string tertile_cell(const BeyondVolume& feature, std::size_t third) {
  return feature.tertiles.empty() ? "–" : ratio_cell(feature.tertiles[third]);
}

ReportTable score_table(const VolumeCheckResult& result) {
  const auto& score = result.score;
  ReportTable table = table_of({"The imaging as one score", "Value"});
  table.caption = result.endpoint + ": the fitted score of the imaging, and size.";
  table.rows = {{"Rank correlation with volume", number_or_dash(score.volume.rho_volume, 2)},
                {"Rank correlation with diameter", number_or_dash(score.volume.rho_diameter, 2)},
                {"R² of the regression on volume", number_or_dash(score.volume.r2_volume, 2)},
                {"Hazard ratio per SD alone", ratio_cell(score.alone)},
                {"Hazard ratio per SD beside log volume", ratio_cell(score.adjusted)},
                {"Hazard ratio per SD, small volumes", ratio_cell(score.tertiles[0])},
                {"Hazard ratio per SD, middle third", ratio_cell(score.tertiles[1])},
                {"Hazard ratio per SD, large volumes", ratio_cell(score.tertiles[2])}};
  table.footnotes.push_back(
      "The score was fitted to these patients: that flatters it, the more the more columns it "
      "has. What decides is the likelihood ratio test of its columns beside log volume: " +
      number_or_dash(score.likelihood_ratio.statistic, 2) + " on " +
      rounded_text(score.likelihood_ratio.df, 3) + " df, " +
      p_phrase(score.likelihood_ratio.p_value) + ".");
  return table;
}

ReportTable beyond_table(const VolumeCheckResult& result) {
  std::vector<const BeyondVolume*> order;
  for (const auto& one : result.features) order.push_back(&one);
  std::ranges::stable_sort(order, [](const BeyondVolume* a, const BeyondVolume* b) {
    const auto key = [](double p) { return std::isnan(p) ? 2 : p; };
    return key(a->likelihood_ratio.p_value) < key(b->likelihood_ratio.p_value);
  });
  const auto tested = std::size_t(std::ranges::count_if(
      order, [](const BeyondVolume* one) { return !std::isnan(one->likelihood_ratio.p_value); }));
  ReportTable table = table_of({"Feature", "Likelihood ratio beyond volume", "p", "p adjusted",
                                "HR, small", "HR, middle", "HR, large"});
  table.caption = result.endpoint + ": features beside log volume, the smallest p first.";
  for (std::size_t j = 0; j < std::min<std::size_t>(15, order.size()); ++j)
    table.rows.push_back({order[j]->feature, fixed_text(order[j]->likelihood_ratio.statistic, 2),
                          p_cell(order[j]->likelihood_ratio.p_value, "–"),
                          p_cell(order[j]->p_bh, "–"), tertile_cell(*order[j], 0),
                          tertile_cell(*order[j], 1), tertile_cell(*order[j], 2)});
  table.footnotes.push_back(counted(tested, "feature") +
                            " tested; adjusted by Benjamini and Hochberg. HR: hazard ratio per "
                            "standard deviation over all patients, in thirds of volume. All are "
                            "in volume_features.csv.");
  return table;
}

ReportTable controls_table(const VolumeCheckResult& result) {
  ReportTable table = table_of({"Control", "Patients", "C original", "C control", "Difference"});
  table.caption = result.endpoint + ": the same model on voxels that mean nothing.";
  for (const auto& control : result.controls)
    table.rows.push_back(
        control.error ? std::vector<std::string>{control.control, "refused", "", "", ""}
                      : std::vector<std::string>{
                            control.control, to_text(control.n), with_limits(control.original, 3),
                            with_limits(control.randomised, 3), with_limits(control.delta, 3)});
  return table;
}

Report report_of(const VolumeCheckAnalysis& analysis, const VolumeCheckOptions& options) {
  Report report{.title = "Is it more than volume?", .footer = program_footer()};
  report.sections.push_back(correlation_section(analysis, options));
  for (const auto& result : analysis.results) {
    if (result.error) {
      report.summary.push_back(result.endpoint + ": refused, see below.");
      report.sections.push_back(
          compare_section({.endpoint = result.endpoint, .error = result.error}, options.compare));
      continue;
    }
    report.summary.push_back(result.compare.text);
    if (!result.control_text.empty()) report.summary.push_back(result.control_text);
    auto section = compare_section(result.compare, options.compare);
    section.blocks.push_back(baselines_table(result));
    section.blocks.push_back(score_table(result));
    section.blocks.push_back(beyond_table(result));
    if (!result.controls.empty()) section.blocks.push_back(controls_table(result));
    report.sections.push_back(std::move(section));
  }
  close_report(
      report, all_warnings(analysis.cohort, analysis.results), analysis.cohort,
      options.compare.common.endpoints,
      "Volume enters models as its natural logarithm. A feature is set beside it by the "
      "likelihood ratio test of a Cox model of both against volume alone. Negative controls "
      "are the same regions with their voxels shuffled or drawn at random: a model that does "
      "as well on them has learnt shape and size. Limits of the difference are percentiles of "
      "the paired bootstrap of the fitted risks.");
  return report;
}

}  // namespace

CommandResult run_volume_check(const VolumeCheckOptions& options, int threads) {
  const VolumeCheckAnalysis analysis = analyse_volume_check(options, threads);
  CommandResult result{.warnings = all_warnings(analysis.cohort, analysis.results),
                       .errors = errors_of(analysis.results)};
  auto& files = result.files;
  std::vector<CompareResult> compared;
  for (const auto& one : analysis.results) {
    if (one.error) continue;
    compared.push_back(one.compare);
    files.push_back(
        {compare_figure_name(one.compare), compare_figure(one.compare, options.compare)});
  }
  files.push_back({"volume_correlation.svg", figure_of(analysis, options)});
  files.push_back({"volume_features.csv", features_csv(analysis)});
  files.push_back({"volume_controls.csv", controls_csv(analysis)});
  files.push_back({"compare_models.csv", compare_models_csv(compared)});
  files.push_back({"compare_steps.csv", compare_steps_csv(compared)});
  add_report(files, report_of(analysis, options));
  files.push_back({"result.json", json_of(analysis, options)});
  return result;
}

}  // namespace radiomics
