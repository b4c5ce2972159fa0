// The report of a comparison: the verdict first, then the tables that it rests on.

#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/forest_figure.h"
#include "radiomics/survival/compare_output.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

constexpr const char* withheld = "withheld";

/// An interval that leaves out the null value is a p-value in disguise: after a selection on the
/// same data it is withheld, too.
std::string ratio_cell(const Estimate& ratio, const CompareOptions& options) {
  return options.data_driven ? ratio_with_limits(ratio.estimate, undefined, undefined)
                             : ratio_with_limits(ratio);
}

ReportTable models_table(const CompareResult& result, const CompareOptions& options) {
  ReportTable table =
      table_of({"Model", "Contains", "Parameters", "Events per parameter", "AIC",
                options.data_driven ? "C" : "C (" + percent(options.common.conf_level) + " limits)",
                "C corrected", "Slope corrected"},
               2);
  table.caption = result.endpoint + ": the models, on the same patients.";
  for (const auto& model : result.models)
    table.rows.push_back(
        {model.name, join(model.covariates, " + "), to_text(model.fit.df),
         number_or_dash(model.events_per_parameter, 1),
         options.data_driven ? withheld : number_or_dash(model.aic, 1),
         options.data_driven ? number_or_dash(model.concordance.estimate.estimate, 3)
                             : probability_with_limits(model.concordance.estimate, 3),
         number_or_dash(model.bootstrap ? model.bootstrap->corrected : undefined, 3),
         number_or_dash(model.bootstrap ? model.bootstrap->corrected_slope : undefined, 2)});
  table.footnotes.push_back(
      "C: Harrell's concordance, 0.5 is chance. Apparent values flatter the model that was fitted; "
      "the corrected ones take off the optimism found by the bootstrap.");
  return table;
}

ReportTable steps_table(const CompareResult& result, const CompareOptions& options) {
  ReportTable table = table_of({"Step", "Likelihood ratio", "df", "p", "p (Holm)",
                                "Change of C (" + percent(options.common.conf_level) + " limits)",
                                "Bootstrap limits", "Change corrected"});
  table.caption = result.endpoint + ": what each step adds.";
  for (const auto& step : result.steps)
    table.rows.push_back(
        {step.from + " to " + step.to,
         options.data_driven ? withheld : fixed_text(step.likelihood_ratio.statistic, 2),
         to_text(int(step.likelihood_ratio.df)), p_cell(step.likelihood_ratio.p_value, withheld),
         p_cell(step.p_holm, withheld),
         options.data_driven ? withheld : with_limits(step.delta_concordance, 3),
         options.data_driven ? withheld
         : std::isnan(step.bootstrap.low)
             ? "–"
             : fixed_text(step.bootstrap.low, 3) + " to " + fixed_text(step.bootstrap.high, 3),
         number_or_dash(step.corrected, 3)});
  if (options.data_driven) {
    table.footnotes.push_back(
        "Withheld: the features were chosen by looking at these data, so that tests and intervals "
        "that take them as given would be too favourable. The corrected change is that of the "
        "resamples; they repeat the fit, not the choice.");
    return table;
  }
  table.footnotes.push_back(
      "The likelihood ratio test decides. The limits of the change of C between nested models "
      "that were fitted to the same patients are unreliable where the step adds nothing; they are "
      "shown for orientation.");
  return table;
}

ReportTable horizons_table(const CompareResult& result) {
  ReportTable table = table_of({"Step", "Time", "Change of AUC", "Change of Brier score"});
  table.caption = result.endpoint + ": the steps at fixed times (apparent).";
  for (const auto& step : result.steps)
    for (const auto& gain : step.horizons)
      table.rows.push_back({step.from + " to " + step.to, rounded_text(gain.time, 6),
                            with_limits(gain.auc, 3), with_limits(gain.brier, 4)});
  return table;
}

std::string sensitivity_name(const Sensitivity& one) {
  if (one.name == "base_ordinal") return "Stage entered as ordered scores instead of levels";
  return "Volume entered as a restricted cubic spline of its logarithm";
}

ReportTable sensitivity_table(const CompareResult& result) {
  ReportTable table = table_of({"Asked in another way", "Step", "Likelihood ratio", "df", "p"}, 2);
  table.caption = result.endpoint + ": does the answer depend on how the question is put?";
  for (const auto& one : result.sensitivity)
    table.rows.push_back({sensitivity_name(one), one.from + " to " + one.to,
                          fixed_text(one.likelihood_ratio.statistic, 2),
                          to_text(int(one.likelihood_ratio.df)),
                          p_cell(one.likelihood_ratio.p_value)});
  if (result.too_few_volumes)
    table.footnotes.push_back(
        "The volumes have too few different values to be entered as a spline.");
  return table;
}

ReportTable competing_table(const CompareResult& result, const CompareOptions& options) {
  ReportTable table =
      table_of({"Term", "Cause-specific hazard ratio", "p", "Subdistribution hazard ratio", "p"});
  table.caption = result.endpoint +
                  ": model M2 with and without the patients who had the "
                  "competing event at risk.";
  const auto& cause_specific = result.models[2].terms;
  for (std::size_t j = 0; j < cause_specific.size(); ++j) {
    const auto& ours = cause_specific[j];
    const auto& beside = result.fine_gray->terms[j];
    table.rows.push_back({ours.term.name, ratio_cell(ours.ratio, options),
                          p_cell(ours.p_value, options.data_driven ? withheld : "–"),
                          ratio_cell(beside.ratio, options),
                          p_cell(beside.p_value, options.data_driven ? withheld : "–")});
  }
  table.footnotes.push_back(
      counted(std::size_t(result.competing), "competing event") +
      ". The cause-specific model speaks of the rate among those still free of both events, the "
      "subdistribution model (Fine and Gray) of the cumulative incidence.");
  return table;
}

std::string method_text(const CompareOptions& options) {
  std::string text = "Cox models with " + std::string(to_string(options.common.ties)) +
                     " ties on the patients who are complete for all models. ";
  text += options.data_driven
              ? "The features were chosen by looking at these data: tests, p-values and intervals "
                "that take them as given are withheld. "
              : "Nested models are compared by the likelihood ratio test at the level " +
                    rounded_text(options.common.alpha_level, 3) +
                    "; p-values are adjusted over the endpoints of this run. ";
  text +=
      "Competing events count as censored. C is Harrell's, its standard error by the infinitesimal "
      "jackknife; its limits are cut at 0 and 1 in this report, not in the files of numbers. ";
  if (!options.common.strata.empty())
    text += "Models and C are within strata (" + one_line(join(options.common.strata, ", ")) +
            "); AUC and Brier score are of all patients together. ";
  if (!options.volume.empty()) text += "Volume enters as its natural logarithm. ";
  if (options.bootstrap > 0 || !options.resamples.empty())
    text +=
        "Optimism by Harrell's bootstrap: the models are fitted again in every resample; a term "
        "that a resample cannot estimate counts as 0 there. ";
  return text;
}

}  // namespace

std::string compare_figure_name(const CompareResult& result) {
  return "compare_" + result.endpoint + ".svg";
}

std::string compare_figure(const CompareResult& result, const CompareOptions& options) {
  ForestFigure figure;
  figure.title = result.endpoint + ": clinical model, volume and imaging";
  figure.description = "Hazard ratios of the terms of the models that are compared";
  figure.label_heading = "Model and term";
  figure.text_heading = options.data_driven
                            ? "Hazard ratio"
                            : "Hazard ratio (" + percent(options.common.conf_level) + " CI)";
  figure.low_side = "fewer events";
  figure.high_side = "more events";
  figure.footnote = "Numeric variables per standard deviation.";
  if (options.data_driven)
    figure.footnote += " Intervals withheld: chosen by looking at these data.";
  for (const auto& model : result.models)
    for (const auto& term : model.terms) {
      const Estimate& ratio = term.per_sd ? term.per_sd->ratio : term.ratio;
      figure.rows.push_back({.label = one_line(term.term.name),
                             .group = model.name + ": " + one_line(join(model.covariates, " + ")),
                             .counts = to_text(result.events) + "/" + to_text(result.n),
                             .estimate = ratio.estimate,
                             .conf_low = options.data_driven ? undefined : ratio.conf_low,
                             .conf_high = options.data_driven ? undefined : ratio.conf_high,
                             .text = ratio_cell(ratio, options),
                             .p = std::isnan(term.p_value) ? "" : p_cell(term.p_value)});
    }
  return to_svg(figure);
}

ReportSection compare_section(const CompareResult& result, const CompareOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  section.blocks = {Note{.text = result.text},
                    paragraph(counts_text(result.n, result.events, result.n_missing)),
                    models_table(result, options), steps_table(result, options)};
  if (!options.common.horizons.empty() && !options.data_driven)
    section.blocks.push_back(horizons_table(result));
  if (!result.sensitivity.empty() && !options.data_driven)
    section.blocks.push_back(sensitivity_table(result));
  if (result.fine_gray) section.blocks.push_back(competing_table(result, options));
  section.blocks.push_back(ReportFigure{.file = compare_figure_name(result),
                                        .svg = compare_figure(result, options),
                                        .caption = result.endpoint + ": hazard ratios"});
  return section;
}

Report compare_report(const CompareAnalysis& analysis, const CompareOptions& options) {
  Report report{.title = "Does imaging add to the clinical model?", .footer = program_footer()};
  for (const auto& result : analysis.results) {
    report.summary.push_back(result.error ? result.endpoint + ": refused, see below."
                                          : result.text);
    report.sections.push_back(compare_section(result, options));
  }
  auto warnings = analysis.cohort.warnings;
  for (const auto& result : analysis.results)
    warnings.insert(warnings.end(), result.warnings.begin(), result.warnings.end());
  close_report(report, warnings, analysis.cohort, options.common.endpoints, method_text(options));
  return report;
}

}  // namespace radiomics
