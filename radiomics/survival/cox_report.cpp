// The report of a Cox model: what it says, what it rests on, where to doubt it.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/survival/cox_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

std::string scaled_cell(const std::optional<ScaledEffect>& effect) {
  if (!effect) return "–";
  return ratio_with_limits(effect->ratio) + ", per " + value_text(effect->unit, 3);
}

std::string p_of(const TermResult& term) {
  return p_cell(term.p_value, term.status == TermStatus::aliased ? "dropped" : "not estimable");
}

ReportTable terms_table(const CoxModelResult& result, const CoxModelOptions& options) {
  const std::string limits = " (" + percent(options.common.conf_level) + " limits)";
  ReportTable table =
      table_of({"Term", "Hazard ratio per unit" + limits, "Per SD", "Per IQR", "p", "VIF"});
  table.caption = result.endpoint + ": hazard ratios. Above 1: more events.";
  for (const auto& term : result.terms)
    if (result.is_spline(term.term.variable))
      table.rows.push_back({term.term.name, "–", "–", "–", p_of(term), "–"});
    else
      table.rows.push_back({term.term.name, ratio_with_limits(term.ratio), scaled_cell(term.per_sd),
                            scaled_cell(term.per_iqr), p_of(term), number_or_dash(term.vif, 2)});
  if (!result.splines.empty())
    table.footnotes.push_back(
        "The terms of a spline change together: their ratio is the curve of the figure, their "
        "tests are those of association and nonlinearity.");
  table.footnotes.push_back(
      "SD: standard deviation, IQR: interquartile range of the patients used; levels are compared "
      "with the first one. VIF: variance inflation by the other terms.");
  if (!options.cluster.empty())
    table.footnotes.push_back("Limits and p are robust, clustered by " + options.cluster + ".");
  if (result.firth)
    table.footnotes.push_back(
        "Firth's penalised likelihood: limits by its profile, p by its likelihood ratio.");
  return table;
}

/// Of pooled terms, what the missing values cost.
ReportTable pooled_table(const CoxModelResult& result) {
  ReportTable table = table_of({"Term", "df", "Variance due to missing values"});
  table.caption = result.endpoint + ": pooling by Rubin's rules.";
  for (const auto& term : result.terms)
    table.rows.push_back(
        {term.term.name,
         std::isfinite(term.df.value_or(undefined)) ? rounded_text(*term.df, 3) : "–",
         percent(term.fraction_missing.value_or(undefined), 1)});
  return table;
}

ReportTable levels_table(const CoxModelResult& result) {
  ReportTable table = table_of({"Variable", "Level", "Patients", "Events"}, 2);
  table.caption = result.endpoint + ": levels; the first of a variable is the reference.";
  for (const auto& level : result.levels)
    table.rows.push_back({level.variable, level.level, to_text(level.n), to_text(level.events)});
  return table;
}

void add_test(ReportTable& table, const std::string& name, const Test& test) {
  if (std::isnan(test.statistic)) return;
  table.rows.push_back(
      {name, fixed_text(test.statistic, 2), to_text(test.df), p_cell(test.p_value)});
}

ReportTable tests_table(const CoxModelResult& result) {
  ReportTable table = table_of({"Test", "Chi-square", "df", "p"});
  table.caption = result.endpoint + ": the model against none.";
  add_test(table, "likelihood ratio", result.likelihood_ratio);
  add_test(table, "Wald", result.wald);
  add_test(table, "score", result.score);
  if (result.robust_score) add_test(table, "robust score", *result.robust_score);
  for (const auto& spline : result.splines) {
    add_test(table, spline.knots.variable + ": any association", spline.association);
    add_test(table, spline.knots.variable + ": nonlinearity", spline.nonlinearity);
  }
  return table;
}

ReportTable measures_table(const CoxModelResult& result) {
  ReportTable table = table_of({"Measure", "Value"});
  table.caption = result.endpoint + ": fit and discrimination.";
  table.rows = {{"Concordance (Harrell)", probability_with_limits(result.concordance.estimate, 3)},
                {"Events per parameter", number_or_dash(result.events_per_parameter, 1)},
                {"Log-likelihood", number_or_dash(result.log_likelihood, 2)},
                {"AIC", number_or_dash(result.measures.aic, 1)},
                {"BIC (events)", number_or_dash(result.measures.bic, 1)},
                {"R² (Cox and Snell)", number_or_dash(result.measures.cox_snell, 3)},
                {"R² (Nagelkerke)", number_or_dash(result.measures.nagelkerke, 3)},
                {"Shrinkage (heuristic)", number_or_dash(result.measures.shrinkage, 3)}};
  table.footnotes.push_back(
      "Shrinkage: the part of the fit that is expected in new patients; below 0.85 the model is "
      "too large for its events.");
  return table;
}

ReportTable hazards_table(const CoxModelResult& result) {
  ReportTable table = table_of({"Variable", "km", "rank", "identity", "log"});
  table.caption =
      result.endpoint + ": p of the tests of proportional hazards, by how time may enter.";
  const auto row = [&](const std::string& name, auto test_of) {
    std::vector<std::string> cells{name};
    for (const auto& one : result.proportional_hazards)
      cells.push_back(p_cell(test_of(one.test).p_value));
    table.rows.push_back(cells);
  };
  for (std::size_t v = 0; v < result.variables.size(); ++v)
    row(result.variables[v], [v](const auto& test) { return test.per_variable[v]; });
  row("global", [](const auto& test) { return test.global; });
  return table;
}

ReportTable average_table(const CoxModelResult& result, const CoxModelOptions& options) {
  ReportTable table = table_of(
      {"Stratum", "Time", "Free of event (" + percent(options.common.conf_level) + " limits)"});
  table.caption = result.endpoint + ": a patient at the means of the covariates.";
  for (const auto& average : result.average)
    for (const auto& horizon : average.horizons)
      table.rows.push_back(
          {average.stratum.empty() ? "all" : average.stratum, rounded_text(horizon.time, 6),
           std::isnan(horizon.estimate.estimate) ? "not estimable"
                                                 : with_limits(horizon.estimate, 3)});
  table.footnotes.push_back("Columns that hold only -1, 0 and 1 (levels) count as 0 there.");
  return table;
}

ReportTable influence_table(const CoxModelResult& result) {
  ReportTable table =
      table_of({"Row of the residuals", "Term", "Moves its coefficient by (standard errors)"}, 2);
  table.caption = result.endpoint + ": the patients that matter most.";
  for (const auto& one : result.influential)
    table.rows.push_back({to_text(one.patient + 1), result.terms[one.term].term.name,
                          fixed_text(one.standardised, 2)});
  table.footnotes.push_back(
      "dfbeta: how much of the coefficient is owed to the patient. Who it is stands in that row of "
      "the file of residuals (the first patient is row 1).");
  return table;
}

ReportTable bootstrap_table(const OptimismBootstrap& bootstrap, const std::string& endpoint) {
  ReportTable table = table_of({"Concordance", "Value"});
  table.caption =
      endpoint + ": optimism, from " + counted(bootstrap.resamples.size(), "resample") + ".";
  table.rows = {{"apparent", number_or_dash(bootstrap.apparent, 3)},
                {"optimism", number_or_dash(bootstrap.optimism, 3)},
                {"corrected", number_or_dash(bootstrap.corrected, 3)},
                {"out of bag", number_or_dash(bootstrap.out_of_bag, 3)},
                {".632", number_or_dash(bootstrap.estimate_632, 3)},
                {".632+", number_or_dash(bootstrap.estimate_632plus, 3)},
                {"calibration slope, corrected", number_or_dash(bootstrap.corrected_slope, 3)}};
  return table;
}

ReportTable folds_table(const CoxCrossValidation& validation, const std::string& endpoint) {
  ReportTable table = table_of({"Fold", "Patients", "Events", "Concordance"});
  table.caption = endpoint + ": cross-validation.";
  const auto& scores = validation.scores;
  for (std::size_t f = 0; f < scores.folds.size(); ++f)
    table.rows.push_back({validation.labels[f], to_text(scores.folds[f].n),
                          to_text(scores.folds[f].events),
                          number_or_dash(scores.folds[f].concordance, 3)});
  table.rows.push_back({"mean", "", "", number_or_dash(scores.mean, 3)});
  table.rows.push_back({"pooled", "", "", number_or_dash(scores.pooled, 3)});
  table.rows.push_back({"within folds", "", "", number_or_dash(scores.stratified, 3)});
  table.footnotes.push_back(
      "Scores of models from different folds are not on one scale: pooled compares them as if they "
      "were, within folds compares patients of one fold only.");
  return table;
}

void add_validation(const CoxModelResult& result, ReportSection& section) {
  if (result.bootstrap)
    section.blocks.push_back(bootstrap_table(*result.bootstrap, result.endpoint));
  if (result.cross_validation)
    section.blocks.push_back(folds_table(*result.cross_validation, result.endpoint));
}

void add_diagnostics(const CoxModelResult& result, const CoxModelOptions& options,
                     ReportSection& section) {
  if (!result.proportional_hazards.empty()) section.blocks.push_back(hazards_table(result));
  const std::string figure = cox_schoenfeld(result, options);
  if (!figure.empty())
    section.blocks.push_back(ReportFigure{
        .file = "schoenfeld_" + result.endpoint + ".svg",
        .svg = figure,
        .caption = result.endpoint + ": scaled Schoenfeld residuals. A level line is what "
                                     "proportional hazards look like."});
  if (!options.common.horizons.empty() && !result.average.empty())
    section.blocks.push_back(average_table(result, options));
  if (!result.influential.empty()) section.blocks.push_back(influence_table(result));
  add_validation(result, section);
}

/// The terms that the best penalty keeps.
ReportTable kept_table(const PenalisedPathResult& penalised, double lambda) {
  ReportTable table = table_of({"Term", "Coefficient", "Hazard ratio per unit"});
  table.caption = penalised.endpoint + ": the model at the penalty " + rounded_text(lambda, 3) +
                  ". Coefficients are shrunken: no limits, no p-values.";
  const auto at = std::ranges::find(penalised.path.lambda, lambda);
  if (at == penalised.path.lambda.end()) return table;
  const auto coefficients =
      penalised.path.coefficients_at(std::size_t(at - penalised.path.lambda.begin()));
  for (std::size_t j = 0; j < coefficients.size(); ++j)
    if (coefficients[j] != 0)
      table.rows.push_back({penalised.terms[j].name, rounded_text(coefficients[j], 3),
                            rounded_text(std::exp(coefficients[j]), 4)});
  return table;
}

void add_path(const CoxModelResult& result, const EndpointSpec& endpoint,
              const CoxModelOptions& options, ReportSection& section) {
  section.blocks = {Note{.text = cox_text(result, options)},
                    paragraph("Model: " + cox_formula(endpoint, options) + ". " +
                              to_text(result.n_missing) + " left out for missing values.")};
  if (result.penalised->cv) {
    const ReportTable table = kept_table(*result.penalised, result.penalised->cv->lambda_best);
    if (!table.rows.empty()) section.blocks.push_back(table);
  }
  for (const auto& figure : penalised_path_figures(*result.penalised))
    section.blocks.push_back(ReportFigure{.file = figure.name,
                                          .svg = figure.content,
                                          .caption = figure.name.starts_with("cv")
                                                         ? "Cross-validation of the penalty"
                                                         : "Coefficients along the path"});
}

ReportSection endpoint_section(const CoxModelResult& result, const EndpointSpec& endpoint,
                               const CoxModelOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  if (result.penalised) {
    add_path(result, endpoint, options, section);
    return section;
  }
  const bool doubtful = result.has_infinite_term() || result.global_ph().p_value < 0.05;
  section.blocks = {Note{.text = cox_text(result, options), .warning = doubtful},
                    paragraph("Model: " + cox_formula(endpoint, options) + ". " +
                              to_text(result.n_missing) + " left out for missing values."),
                    terms_table(result, options)};
  if (!result.imputations.empty()) section.blocks.push_back(pooled_table(result));
  if (!result.levels.empty()) section.blocks.push_back(levels_table(result));
  section.blocks.push_back(ReportFigure{.file = "cox_" + result.endpoint + ".svg",
                                        .svg = cox_forest(result, options),
                                        .caption = result.endpoint + ": hazard ratios"});
  for (auto& figure : cox_spline_figures(result, options))
    section.blocks.push_back(std::move(figure));
  if (result.imputations.empty() || !result.splines.empty()) {
    const ReportTable tests = tests_table(result);
    if (!tests.rows.empty()) section.blocks.push_back(tests);
  }
  if (result.imputations.empty()) section.blocks.push_back(measures_table(result));
  add_diagnostics(result, options, section);
  return section;
}

std::string method_text(const CoxModelOptions& options) {
  if (options.penalty)
    return "Penalised Cox model with " + std::string(to_string(options.common.ties)) +
           " ties: the elastic net on standardised columns, mix " +
           rounded_text(options.penalty->penalty.alpha, 3) +
           " (1 lasso, 0 ridge). The cross-validation sums the partial likelihood that the "
           "patients of a fold add (Verweij and van Houwelingen).";
  const Ties ties = options.firth ? Ties::breslow : options.common.ties;
  std::string text =
      "Cox model with " + std::string(to_string(ties)) +
      " ties on the patients who are complete in its variables; competing events count as "
      "censored; " +
      percent(options.common.conf_level) + " intervals. ";
  text += options.firth ? "Firth's penalty; profile likelihood. " : "Wald intervals and p-values. ";
  if (ties == Ties::exact)
    text +=
        "Exact is the partial likelihood in discrete time; baseline, residuals and tests of "
        "proportional hazards take its coefficients with Breslow's ties. ";
  if (!options.cluster.empty()) text += "Robust variance: the grouped dfbeta of Lin and Wei. ";
  if (!options.splines.empty())
    text += "Splines are cubic between the knots and linear beyond the outer ones. ";
  if (!options.imputed.empty())
    return text + "Terms of the imputed tables are pooled by Rubin's rules, p-values by t.";
  text +=
      "C is Harrell's, within strata. Proportional hazards by the score test of a coefficient that "
      "changes with a function of time (Grambsch and Therneau). Predictions with limits on the "
      "scale of log survival; nothing is extrapolated beyond the last time.";
  if (options.bootstrap > 0 || !options.resamples.empty())
    text +=
        " Optimism by Harrell's bootstrap: the model is fitted again in every resample; a term "
        "that a resample cannot estimate counts as 0 there.";
  return text;
}

}  // namespace

Report cox_report(const CoxModelAnalysis& analysis, const CoxModelOptions& options) {
  Report report{.title = "Cox model", .footer = program_footer()};
  for (std::size_t i = 0; i < analysis.results.size(); ++i) {
    const auto& result = analysis.results[i];
    report.summary.push_back(result.error ? result.endpoint + ": refused, see below."
                                          : cox_text(result, options));
    report.sections.push_back(endpoint_section(result, options.common.endpoints[i], options));
  }
  close_report(report, all_warnings(analysis.cohort, analysis.results), analysis.cohort,
               options.common.endpoints, method_text(options));
  return report;
}

}  // namespace radiomics
