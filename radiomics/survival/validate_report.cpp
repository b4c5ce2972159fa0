// The report: numbers rounded for people. No patient is named in it.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/validate_output.h"
#include "radiomics/survival/validate_text.h"

namespace radiomics {
namespace {

constexpr int few_events = 100;

std::string number_text(double value, int decimals) {
  return std::isnan(value) ? "" : fixed_text(value, decimals);
}

std::string estimate_text(const Estimate& estimate, int decimals) {
  return std::isnan(estimate.estimate) ? "" : with_limits(estimate, decimals);
}

/// C or AUC.
std::string probability_text(const Estimate& estimate) {
  return std::isnan(estimate.estimate) ? "" : probability_with_limits(estimate, 3);
}

Estimate with_percentiles(const BootstrapEstimate& boot) {
  return {boot.estimate, boot.std_error, boot.percentiles.low, boot.percentiles.high};
}

std::string confidence(const ValidateOptions& options) {
  return percent(options.common.conf_level);
}

std::string time_heading(const ValidateOptions& options) {
  return options.common.time_unit
             ? "Time (" + std::string(to_string(*options.common.time_unit)) + ")"
             : "Time";
}

std::string summary_of(const ValidateResult& result) {
  if (result.error) return result.endpoint + ": refused, see below.";
  std::string text = result.endpoint + ": " + counted(result.n, "patient") + ", " +
                     counted(std::size_t(result.events), "event") + ".";
  for (const auto& prediction : result.predictions)
    text += " " + prediction.name + ": C " +
            probability_with_limits(prediction.concordance.estimate, 2) +
            (prediction.apparent ? ", apparent." : ".");
  return text;
}

ReportTable concordance_table(const ValidateResult& result, const ValidateOptions& options) {
  const auto tau = options.common.truncation();
  ReportTable table = table_of({"Prediction", "Harrell's C", "Uno's C"});
  table.caption = "Discrimination, with " + confidence(options) + " limits.";
  if (tau) table.columns.push_back({"Uno's C to " + rounded_text(*tau, 6)});
  for (const auto& prediction : result.predictions) {
    table.rows.push_back({prediction.name, probability_text(prediction.concordance.estimate),
                          probability_text(prediction.uno.estimate)});
    if (tau) table.rows.back().push_back(probability_text(prediction.uno_tau.estimate));
    if (!prediction.bootstrap) continue;
    const auto& boot = *prediction.bootstrap;
    table.rows.push_back({prediction.name + ", bootstrap limits",
                          probability_text(with_percentiles(boot.concordance)),
                          probability_text(with_percentiles(boot.uno))});
    if (tau) table.rows.back().push_back(probability_text(with_percentiles(boot.uno_tau)));
  }
  return table;
}

ReportTable horizons_table(const ValidateResult& result, const ValidateOptions& options) {
  ReportTable table = table_of(
      {"Prediction", time_heading(options), "AUC", "Brier score", "without prediction", "IPA"});
  table.caption =
      "Discrimination and accuracy at horizons, with " + confidence(options) + " limits.";
  for (const auto& prediction : result.predictions)
    for (const auto& scores : prediction.horizons)
      table.rows.push_back({prediction.name, rounded_text(scores.time, 6),
                            probability_text(scores.auc.auc.estimate),
                            estimate_text(scores.brier.brier.estimate, 3),
                            number_text(scores.brier.null_brier.estimate.estimate, 3),
                            std::isnan(scores.brier.ipa) ? "" : percent(scores.brier.ipa, 1)});
  table.footnotes.push_back(
      "Brier score: mean squared error, lower is better. IPA: the share of the error without "
      "prediction that the prediction takes away; below 0 it does harm.");
  for (const auto& prediction : result.predictions)
    if (!std::isnan(prediction.integrated.brier))
      table.footnotes.push_back(prediction.name + ": Brier score integrated to " +
                                rounded_text(prediction.integrated.tau, 6) + " " +
                                fixed_text(prediction.integrated.brier, 3) +
                                ", without prediction " +
                                fixed_text(prediction.integrated.null_brier, 3) + ".");
  return table;
}

ReportTable calibration_table(const ValidateResult& result, const ValidateOptions& options) {
  ReportTable table = table_of({"Prediction", time_heading(options), "Observed", "Expected",
                                "Observed / expected", "Slope", "ICI", "E50", "E90"});
  table.caption = "Calibration, with " + confidence(options) + " limits.";
  bool curves = false;
  for (const auto& prediction : result.predictions)
    for (const auto& one : prediction.calibration) {
      curves = curves || !std::isnan(one.curve.ici);
      table.rows.push_back({prediction.name + (prediction.apparent ? " (apparent)" : ""),
                            std::isnan(one.time) ? "" : rounded_text(one.time, 6),
                            number_text(one.totals.observed, 3),
                            number_text(one.totals.expected, 3), number_text(one.totals.ratio, 2),
                            estimate_text(one.slope.slope, 2), number_text(one.curve.ici, 3),
                            number_text(one.curve.e50, 3), number_text(one.curve.e90, 3)});
    }
  if (curves)
    table.footnotes.push_back(
        "ICI, E50, E90: mean, median and 90th percentile of the distance between predicted and "
        "observed risk along the smooth curve.");
  return table;
}

bool has_poisson(const ValidatedPrediction& prediction) {
  return prediction.calibration.front().poisson.has_value();
}

ReportTable poisson_table(const ValidateResult& result, const ValidateOptions& options) {
  ReportTable table =
      table_of({"Prediction", "Events", "Expected", "Ratio", "Slope beside the baseline"});
  table.caption = "Events against the predicted cumulative hazard over all follow-up, with " +
                  confidence(options) + " limits.";
  for (const auto& prediction : result.predictions) {
    if (!has_poisson(prediction)) continue;
    const auto& poisson = *prediction.calibration.front().poisson;
    table.rows.push_back({prediction.name, rounded_text(poisson.observed, 6),
                          fixed_text(poisson.expected, 1),
                          ratio_with_limits(std::exp(poisson.log_ratio.estimate),
                                            std::exp(poisson.log_ratio.conf_low),
                                            std::exp(poisson.log_ratio.conf_high)),
                          estimate_text(poisson.slope, 2)});
  }
  return table;
}

ReportTable comparisons_table(const ValidateResult& result, const ValidateOptions& options) {
  ReportTable table = table_of({"Compared", "Measure", time_heading(options), "Difference"}, 2);
  table.caption = "Differences between predictions on the same patients, with " +
                  confidence(options) + " limits.";
  for (const auto& compared : result.comparisons) {
    const std::string names = result.predictions[compared.model].name + " - " +
                              result.predictions[compared.reference].name;
    table.rows.push_back({names, "C", "", with_limits(compared.concordance, 3)});
    if (const auto& boot = compared.bootstrap)
      table.rows.push_back({names, "C, bootstrap", "", with_limits(with_percentiles(*boot), 3)});
    for (const auto& scores : compared.horizons) {
      if (std::isnan(scores.time)) continue;
      const std::string time = rounded_text(scores.time, 6);
      table.rows.push_back({names, "AUC", time, with_limits(scores.auc, 3)});
      if (!std::isnan(scores.brier.estimate))
        table.rows.push_back({names, "Brier score", time, with_limits(scores.brier, 3)});
    }
  }
  table.footnotes.push_back(
      "Above 0 the first is better in C and AUC, below 0 in the Brier score. An interval around 0 "
      "is no evidence of a difference. Between a model and an extension of it fitted to these very "
      "patients, the standard error of a difference of C is unreliable.");
  return table;
}

ReportList readings(const ValidateResult& result) {
  ReportList list;
  const auto add = [&list](const std::string& text) {
    if (!text.empty()) list.items.push_back(text);
  };
  for (const auto& prediction : result.predictions) {
    add(concordance_text(prediction));
    add(slope_text(prediction, prediction.calibration.front().slope));
    for (const auto& calibration : prediction.calibration)
      add(observed_text(prediction, calibration));
    for (const auto& decision : prediction.decision) add(decision_text(prediction, decision));
  }
  return list;
}

void add_notes(const ValidateResult& result, std::vector<ReportBlock>& blocks) {
  for (const auto& prediction : result.predictions)
    if (prediction.apparent)
      blocks.push_back(Note{.text = prediction.name +
                                    " is judged on patients that it seems to be made from (the "
                                    "same table, or a calibration slope of exactly 1). What "
                                    "stands here is apparent performance, not a validation.",
                            .warning = true});
  if (result.events < few_events)
    blocks.push_back(Note{.text = "Fewer than " + to_text(few_events) +
                                  " events: a validation of this size is imprecise; look at the "
                                  "intervals before the estimates."});
}

ReportSection endpoint_section(const ValidateResult& result, const ValidateOptions& options) {
  ReportSection section{.heading = result.endpoint};
  auto& blocks = section.blocks;
  if (result.error) {
    blocks = {refusal_note(*result.error)};
    return section;
  }
  blocks = {paragraph(counts_text(result.n, result.events, result.n_missing))};
  add_notes(result, blocks);
  blocks.push_back(readings(result));
  blocks.push_back(concordance_table(result, options));
  if (!options.common.horizons.empty()) blocks.push_back(horizons_table(result, options));
  blocks.push_back(calibration_table(result, options));
  if (std::ranges::any_of(result.predictions, has_poisson))
    blocks.push_back(poisson_table(result, options));
  if (!result.comparisons.empty()) blocks.push_back(comparisons_table(result, options));
  for (auto& table : subgroup_tables(result, options)) blocks.push_back(std::move(table));
  for (auto& figure : validate_figures(result, options)) blocks.push_back(std::move(figure));
  return section;
}

std::string method_text(const ValidateOptions& options) {
  std::string text =
      "Predictions are taken as they are, nothing is fitted to improve them, and all are judged on "
      "the same patients. C: an event tied with a censoring is comparable, two tied events are "
      "not, "
      "tied predictions count one half; Uno's C weights by 1 / G(t-)^2; standard errors by the "
      "infinitesimal jackknife. AUC is cumulative/dynamic; AUC and Brier score are weighted by the "
      "inverse probability of censoring, G(T-) for events by the horizon and G(t) for follow-up "
      "beyond it, G the marginal Kaplan-Meier estimate with deaths before censorings. Observed "
      "risk "
      "is 1 - Kaplan-Meier. Groups are cut at quantiles of the risk (type 7). The calibration "
      "slope "
      "is the coefficient of the linear predictor in a Cox model (" +
      std::string(to_string(options.common.ties)) +
      " ties). The smooth curve is a Cox model in a restricted cubic spline of log(-log(1 - risk)) "
      "(Austin and others 2020). Net benefit by Kaplan-Meier within those at or above the "
      "threshold (Vickers and others 2008). ";
  if (!options.model.empty())
    text +=
        "The integrated Brier score takes the predicted risk of the model as a step function "
        "that changes at the times of its baseline hazard. ";
  if (!options.common.strata.empty())
    text += "C, Uno's C and their resamples compare patients within strata (" +
            one_line(join(options.common.strata, ", ")) +
            ") only, G is that of the stratum, and the calibration slope has a baseline hazard per "
            "stratum; AUC, Brier score, observed and expected risks, the smooth curve and net "
            "benefit are of all patients together. ";
  if (options.bootstrap > 0 || !options.resamples.empty())
    text +=
        "Bootstrap limits are percentiles over resamples of the patients, the predictions as they "
        "are; Uno's weights are estimated anew in each resample. ";
  return text +
         "Limits of C are cut at 0 and 1 in this report, not in the files of numbers. "
         "Competing events count as censored.";
}

}  // namespace

Report validate_report(const ValidateAnalysis& analysis, const ValidateOptions& options) {
  Report report{.title = "Validation of predictions", .footer = program_footer()};
  for (const auto& result : analysis.results) {
    report.summary.push_back(summary_of(result));
    report.sections.push_back(endpoint_section(result, options));
  }
  close_report(report, analysis.warnings(), analysis.cohort, options.common.endpoints,
               method_text(options));
  return report;
}

}  // namespace radiomics
