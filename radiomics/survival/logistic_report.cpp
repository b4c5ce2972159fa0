// The report of logistic models: odds ratios, how well they separate, and who was left out.

#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/forest_figure.h"
#include "radiomics/figures/lines_figure.h"
#include "radiomics/survival/logistic_output.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

std::string limits_text(const LogisticAnalysisOptions& options) {
  return " (" + percent(options.common.conf_level) + " limits)";
}

/// "OS by 2 years", or the outcome alone.
std::string question_of(const LogisticResult& result, const LogisticAnalysisOptions& options) {
  if (!result.horizon) return result.endpoint;
  return result.endpoint + " by " + horizon_phrase(*result.horizon, options.common.time_unit);
}

Test overall_test(const LogisticResult& result) {
  return result.n_weighted ? result.wald : result.likelihood_ratio;
}

/// "OS by 2 years: 94 patients, 52 events, 11 left out; AUC 0.639 (0.524 to 0.754), p = 0.0787."
std::string summary_of(const LogisticResult& result, const LogisticAnalysisOptions& options) {
  if (result.error) return result.endpoint + ": refused, see below.";
  std::string text = question_of(result, options) + ": " + counted(result.n, "patient") + ", " +
                     counted(std::size_t(result.events), "event");
  if (result.n_excluded > 0)
    text += ", " + to_text(result.n_excluded) + " censored before " +
            (result.n_weighted ? "(weighted for)" : "(left out)");
  text += "; AUC " + with_limits(result.auc, 3) +
          " in the patients it was fitted to; whole model " +
          p_phrase(overall_test(result).p_value) + ".";
  if (result.versus_base) {
    const auto& versus = *result.versus_base;
    text += " Against " + join(options.base, " + ") + " alone: " +
            (result.n_weighted ? "Wald test " + p_phrase(versus.wald.p_value)
                               : "likelihood ratio " + p_phrase(versus.likelihood_ratio.p_value)) +
            ", change of AUC " + with_limits(versus.delta_auc, 3) + ".";
  }
  return text;
}

ReportTable terms_table(const LogisticResult& result, const LogisticAnalysisOptions& options) {
  ReportTable table = table_of({"Term", "Odds ratio per unit" + limits_text(options), "p",
                                "Odds ratio per SD", "Odds ratio per IQR"});
  table.caption = question_of(result, options) + ": odds ratios.";
  for (const auto& term : result.terms) {
    if (&term == &result.terms[0]) continue;  // the intercept is no ratio
    table.rows.push_back({term.term.name, ratio_with_limits(term.ratio), p_cell(term.p_value, "–"),
                          term.per_sd ? ratio_with_limits(term.per_sd->ratio) : "–",
                          term.per_iqr ? ratio_with_limits(term.per_iqr->ratio) : "–"});
  }
  return table;
}

void add_test(ReportTable& table, const std::string& what, const Test& test) {
  if (std::isnan(test.statistic)) return;
  table.rows.push_back(
      {what, fixed_text(test.statistic, 2), to_text(int(test.df)), p_cell(test.p_value)});
}

ReportTable tests_table(const LogisticResult& result, const LogisticAnalysisOptions& options) {
  ReportTable table = table_of({"Test", "Chi-square", "df", "p"});
  table.caption = question_of(result, options) + ": tests.";
  add_test(table, "Whole model, likelihood ratio", result.likelihood_ratio);
  add_test(table, "Whole model, Wald", result.wald);
  if (!result.versus_base) return table;
  const std::string base = "Against " + join(options.base, " + ") + ", ";
  add_test(table, base + "likelihood ratio", result.versus_base->likelihood_ratio);
  add_test(table, base + "Wald", result.versus_base->wald);
  return table;
}

ReportTable performance_table(const LogisticResult& result,
                              const LogisticAnalysisOptions& options) {
  ReportTable table = table_of({"Measure", "Value"});
  table.caption = question_of(result, options) + ": performance in the patients of the fit.";
  table.rows = {{"AUC" + limits_text(options), with_limits(result.auc, 3)},
                {"Brier score", fixed_text(result.brier, 4)},
                {"Deviance", fixed_text(result.deviance, 2)},
                {"Deviance of the intercept alone", fixed_text(result.null_deviance, 2)}};
  if (!std::isnan(result.aic)) table.rows.push_back({"AIC", fixed_text(result.aic, 2)});
  if (result.versus_base) {
    const auto& versus = *result.versus_base;
    table.rows.push_back({"AUC of the base", fixed_text(versus.auc_base, 3)});
    table.rows.push_back({"Change of AUC" + limits_text(options) + ", " + p_phrase(versus.p_value),
                          with_limits(versus.delta_auc, 3)});
  }
  table.footnotes.push_back(
      "Apparent values flatter the model that was fitted to these patients." +
      std::string(result.versus_base
                      ? " The test of the change of AUC is unreliable between nested models; the "
                        "test of the added terms decides."
                      : ""));
  return table;
}

/// Who is not in the model, and what that means.
void add_exclusion_notes(const LogisticResult& result, ReportSection& section) {
  if (result.n_weighted) {
    section.blocks.push_back(
        Note{.text = to_text(result.n_excluded) +
                     " patients were censored before the horizon; those whose outcome is known are "
                     "weighted to stand for all " +
                     to_text(*result.n_weighted) +
                     " (inverse probability of censoring, which assumes that censoring does not "
                     "depend on the patient)."});
  } else if (result.n_excluded > 0) {
    const bool many = result.excluded_share() > 0.1;
    section.blocks.push_back(Note{
        .text = counted(result.n_excluded, "patient") + " (" + percent(result.excluded_share(), 1) +
                ") censored before the horizon left out: nobody knows their outcome." +
                (many ? " More than 10 % are excluded, which can bias the model: --ipcw weights "
                        "the others to stand for them, and a Cox model uses them as they are."
                      : ""),
        .warning = many});
  }
  if (result.competing > 0)
    section.blocks.push_back(
        Note{.text = to_text(result.competing) +
                     " of these had the competing event first, which counts as censored here: the "
                     "probabilities are not those of the incidence; see cif.",
             .warning = true});
}

ReportSection endpoint_section(const LogisticResult& result,
                               const LogisticAnalysisOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  section.blocks = {paragraph(question_of(result, options) + ": " +
                              counts_text(result.n, result.events, result.n_missing))};
  add_exclusion_notes(result, section);
  section.blocks.push_back(terms_table(result, options));
  section.blocks.push_back(ReportFigure{
      .file = logistic_file_name(result, "forest.svg"),
      .svg = logistic_forest(result, options),
      .caption = question_of(result, options) + ": odds ratios, numeric variables per SD"});
  section.blocks.push_back(tests_table(result, options));
  section.blocks.push_back(performance_table(result, options));
  section.blocks.push_back(
      ReportFigure{.file = logistic_file_name(result, "roc.svg"),
                   .svg = logistic_roc_figure(result, options),
                   .caption = question_of(result, options) + ": ROC curve of the patients fitted"});
  return section;
}

std::string method_text(const LogisticAnalysisOptions& options) {
  std::string text = "Logistic regression by maximum likelihood, Wald intervals. ";
  if (options.outcome.empty())
    text +=
        "An event at exactly the horizon counts as an event, a patient censored there as free of "
        "it. ";
  if (options.ipcw)
    text +=
        "Weights are the inverse probabilities of being uncensored (Kaplan-Meier, all patients); "
        "standard errors are robust and take the weights as known. The deviance is weighted, so "
        "there is no likelihood ratio test and no AIC. AUC and Brier score are weighted, too; the "
        "standard error of the AUC is that of the influence function.";
  else
    text +=
        "AUC with the variance of DeLong; models compared by the likelihood ratio test and the "
        "paired test of DeLong.";
  return text;
}

LineSeries roc_line(const std::string& label, const RocCurve& curve) {
  return {.label = label, .x = curve.false_positive, .y = curve.true_positive};
}

}  // namespace

std::string logistic_forest(const LogisticResult& result, const LogisticAnalysisOptions& options) {
  ForestFigure figure;
  figure.title = one_line(question_of(result, options));
  figure.description = "Odds ratios of the terms of the logistic model";
  figure.label_heading = "Term";
  figure.text_heading = "Odds ratio (" + percent(options.common.conf_level) + " CI)";
  figure.x_label = "Odds ratio (log scale)";
  figure.low_side = "fewer events";
  figure.high_side = "more events";
  figure.footnote = "Numeric variables per standard deviation.";
  for (const auto& term : result.terms) {
    if (&term == &result.terms[0]) continue;
    const Estimate& ratio = term.per_sd ? term.per_sd->ratio : term.ratio;
    figure.rows.push_back({.label = one_line(term.term.name),
                           .counts = to_text(result.events) + "/" + to_text(result.n),
                           .estimate = ratio.estimate,
                           .conf_low = ratio.conf_low,
                           .conf_high = ratio.conf_high,
                           .text = ratio_with_limits(ratio),
                           .p = std::isnan(term.p_value) ? "" : p_cell(term.p_value)});
  }
  return to_svg(figure);
}

std::string logistic_roc_figure(const LogisticResult& result,
                                const LogisticAnalysisOptions& options) {
  LinesFigure figure;
  figure.title = one_line(question_of(result, options)) + ": ROC curve";
  figure.description = "Sensitivity against 1 - specificity of the fitted probabilities";
  figure.x_label = "1 - specificity";
  figure.y_label = "Sensitivity";
  figure.note = "AUC " + with_limits(result.auc, 3);
  figure.footnote = "Apparent: in the patients that the model was fitted to.";
  figure.y_values = {0, 1};
  figure.from_zero = true;
  figure.series.push_back(roc_line("Model", result.roc));
  if (result.versus_base)
    figure.series.push_back(roc_line(one_line(join(options.base, " + ")), result.roc_base));
  figure.series.push_back({.label = "Chance", .x = {0, 1}, .y = {0, 1}});
  return to_svg(figure);
}

Report logistic_report(const LogisticAnalysis& analysis, const LogisticAnalysisOptions& options) {
  Report report{.title = "Logistic models of a fixed time", .footer = program_footer()};
  if (!options.outcome.empty()) report.title = "Logistic model";
  for (const auto& result : analysis.results) {
    report.summary.push_back(summary_of(result, options));
    report.sections.push_back(endpoint_section(result, options));
  }
  close_report(report, analysis.warnings(), analysis.cohort, options.common.endpoints,
               method_text(options));
  return report;
}

}  // namespace radiomics
