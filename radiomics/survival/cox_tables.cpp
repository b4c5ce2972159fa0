#include <utility>

#include "radiomics/core/text.h"
#include "radiomics/survival/cox_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

std::vector<double> scaled_numbers(const std::optional<ScaledEffect>& effect) {
  const ScaledEffect one = effect.value_or(ScaledEffect{});
  return {one.unit, one.ratio.estimate, one.ratio.conf_low, one.ratio.conf_high};
}

std::string test_line(const std::string& prefix, const std::string& name, const Test& test) {
  const std::vector<double> values{test.statistic, test.df, test.p_value};
  return prefix + csv_cell(name) + "," + join(values, ",") + "\n";
}

/// The dfbeta of a patient, each in units of the standard error of the model.
std::vector<double> standardised_dfbeta(const CoxModelResult& result, std::size_t patient) {
  std::vector<double> values;
  for (std::size_t j = 0; j < result.terms.size(); ++j) {
    const auto& term = result.terms[j];
    values.push_back(result.residuals.residuals.dfbeta(patient, j) /
                     term.naive_std_error.value_or(term.std_error));
  }
  return values;
}

void add_path_files(const CoxModelResult& result, std::vector<OutputFile>& files) {
  for (auto& figure : penalised_path_figures(*result.penalised)) files.push_back(std::move(figure));
  files.push_back({"path_" + result.endpoint + ".csv", penalised_path_csv(*result.penalised)});
  std::string scores = penalised_cv_csv(*result.penalised);
  if (!scores.empty()) files.push_back({"cv_" + result.endpoint + ".csv", std::move(scores)});
}

}  // namespace

std::string cox_terms_csv(const std::vector<CoxModelResult>& results) {
  std::string text =
      "endpoint,term,variable,level,status,estimate,std_error,statistic,p_value,hazard_ratio,"
      "conf_low,conf_high,sd,hazard_ratio_sd,conf_low_sd,conf_high_sd,iqr,hazard_ratio_iqr,"
      "conf_low_iqr,conf_high_iqr,mean,vif\n";
  for (const auto& result : results)
    for (const auto& term : result.terms) {
      std::vector<double> values{term.estimate,       term.std_error,      term.statistic,
                                 term.p_value,        term.ratio.estimate, term.ratio.conf_low,
                                 term.ratio.conf_high};
      for (const auto& effect : {term.per_sd, term.per_iqr})
        for (const double value : scaled_numbers(effect)) values.push_back(value);
      values.insert(values.end(), {term.mean, term.vif});
      text += csv_cell(result.endpoint) + "," + csv_cell(term.term.name) + "," +
              csv_cell(term.term.variable) + "," + csv_cell(term.term.level) + "," +
              std::string(to_string(term.status)) + "," + join(values, ",") + "\n";
    }
  return text;
}

std::string cox_ph_test_csv(const std::vector<CoxModelResult>& results) {
  std::string text = "endpoint,transform,of,name,statistic,df,p_value\n";
  for (const auto& result : results)
    for (const auto& one : result.proportional_hazards) {
      const std::string prefix =
          csv_cell(result.endpoint) + "," + std::string(to_string(one.transform)) + ",";
      for (std::size_t j = 0; j < result.terms.size(); ++j)
        text += test_line(prefix + "term,", result.terms[j].term.name, one.test.per_term[j]);
      for (std::size_t v = 0; v < result.variables.size(); ++v)
        text += test_line(prefix + "variable,", result.variables[v], one.test.per_variable[v]);
      text += test_line(prefix + "global,", "", one.test.global);
    }
  return text;
}

std::string cox_baseline_csv(const std::vector<CoxModelResult>& results) {
  std::string text = "endpoint,stratum,time,hazard_zero,hazard_mean\n";
  for (const auto& result : results)
    for (std::size_t s = 0; s < result.baseline.size(); ++s) {
      const auto& curve = result.baseline[s];
      const std::string stratum = result.strata_labels.empty() ? "" : result.strata_labels[s];
      for (std::size_t i = 0; i < curve.time.size(); ++i)
        text += csv_cell(result.endpoint) + "," + csv_cell(stratum) + "," + to_text(curve.time[i]) +
                "," + to_text(curve.at_zero[i]) + "," + to_text(curve.at_means[i]) + "\n";
    }
  return text;
}

std::string cox_predictions_csv(const std::vector<CoxModelResult>& results) {
  std::string text = "endpoint,row,risk,time,estimate,std_error,conf_low,conf_high\n";
  for (const auto& result : results)
    for (std::size_t row = 0; row < result.predictions.size(); ++row) {
      const auto& one = result.predictions[row];
      const std::string prefix =
          csv_cell(result.endpoint) + "," + to_text(row + 1) + "," + to_text(one.risk) + ",";
      if (one.horizons.empty()) text += prefix + ",,,,\n";
      for (const auto& horizon : one.horizons) {
        const std::vector<double> values{horizon.time, horizon.estimate.estimate,
                                         horizon.estimate.std_error, horizon.estimate.conf_low,
                                         horizon.estimate.conf_high};
        text += prefix + join(values, ",") + "\n";
      }
    }
  return text;
}

std::string cox_splines_csv(const std::vector<CoxModelResult>& results) {
  std::string text = "endpoint,variable,x,estimate,std_error,conf_low,conf_high\n";
  for (const auto& result : results)
    for (const auto& spline : result.splines)
      for (std::size_t i = 0; i < spline.log_ratio.size(); ++i) {
        const Estimate& one = spline.log_ratio[i];
        const std::vector<double> values{spline.x[i], one.estimate, one.std_error, one.conf_low,
                                         one.conf_high};
        text += csv_cell(result.endpoint) + "," + csv_cell(spline.knots.variable) + "," +
                join(values, ",") + "\n";
      }
  return text;
}

std::string cox_residuals_csv(const CoxModelResult& result) {
  std::string text = "id,linear_predictor,linear_predictor_centered,expected,martingale,deviance";
  for (const auto& term : result.terms) text += "," + csv_cell("dfbeta_" + term.term.name);
  text += "\n";
  const auto& [ids, linear_predictor, centre, residuals] = result.residuals;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::vector<double> values{linear_predictor[i], linear_predictor[i] - centre,
                                     residuals.expected[i], residuals.martingale[i],
                                     residuals.deviance[i]};
    text += csv_cell(ids[i]) + "," + join(values, ",");
    for (const double value : standardised_dfbeta(result, i)) text += "," + to_text(value);
    text += "\n";
  }
  return text;
}

CommandResult run_cox(const CoxModelOptions& options, int threads) {
  const CoxModelAnalysis analysis = analyse_cox(options, threads);
  const auto& results = analysis.results;
  CommandResult command{.warnings = all_warnings(analysis.cohort, results),
                        .errors = errors_of(results)};
  auto& files = command.files;
  for (const auto& one : results) {
    if (one.error) continue;
    if (one.penalised) {
      add_path_files(one, files);
      continue;
    }
    files.push_back({"cox_" + one.endpoint + ".svg", cox_forest(one, options)});
    for (auto& figure : cox_spline_figures(one, options))
      files.push_back({std::move(figure.file), std::move(figure.svg)});
    const std::string residuals = cox_schoenfeld(one, options);
    if (!residuals.empty()) files.push_back({"schoenfeld_" + one.endpoint + ".svg", residuals});
    if (one.residuals.ids.empty()) continue;
    files.push_back({results.size() == 1 ? "residuals.csv" : "residuals_" + one.endpoint + ".csv",
                     cox_residuals_csv(one)});
  }
  if (!options.penalty) files.push_back({"cox_terms.csv", cox_terms_csv(results)});
  if (options.imputed.empty() && !options.penalty) {
    files.push_back({"ph_test.csv", cox_ph_test_csv(results)});
    files.push_back({"baseline.csv", cox_baseline_csv(results)});
  }
  if (!options.splines.empty()) files.push_back({"splines.csv", cox_splines_csv(results)});
  if (!options.newdata.empty()) files.push_back({"predictions.csv", cox_predictions_csv(results)});
  add_report(files, cox_report(analysis, options));
  files.push_back({"result.json", cox_json(analysis, options)});
  return command;
}

}  // namespace radiomics
