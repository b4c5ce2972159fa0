#include "radiomics/core/text.h"
#include "radiomics/survival/compare_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/tables/csv.h"

namespace radiomics {

std::string compare_models_csv(const std::vector<CompareResult>& results) {
  std::string text =
      "endpoint,model,covariates,n,events,df,events_per_parameter,log_likelihood,aic,concordance,"
      "concordance_std_error,concordance_corrected,calibration_slope_corrected\n";
  for (const auto& result : results)
    for (const auto& model : result.models) {
      const std::vector<double> values{
          model.events_per_parameter,
          model.fit.log_likelihood,
          model.aic,
          model.concordance.estimate.estimate,
          model.concordance.estimate.std_error,
          model.bootstrap ? model.bootstrap->corrected : undefined,
          model.bootstrap ? model.bootstrap->corrected_slope : undefined};
      text += csv_cell(result.endpoint) + "," + model.name + "," +
              csv_cell(join(model.covariates, " + ")) + "," + to_text(result.n) + "," +
              to_text(result.events) + "," + to_text(model.fit.df) + "," + join(values, ",") + "\n";
    }
  return text;
}

std::string compare_steps_csv(const std::vector<CompareResult>& results) {
  std::string text =
      "endpoint,from,to,statistic,df,p_value,p_bh,p_holm,delta_concordance,std_error,conf_low,"
      "conf_high,boot_conf_low,boot_conf_high,delta_corrected\n";
  for (const auto& result : results)
    for (const auto& step : result.steps) {
      const std::vector<double> values{step.likelihood_ratio.statistic,
                                       step.likelihood_ratio.df,
                                       step.likelihood_ratio.p_value,
                                       step.p_bh,
                                       step.p_holm,
                                       step.delta_concordance.estimate,
                                       step.delta_concordance.std_error,
                                       step.delta_concordance.conf_low,
                                       step.delta_concordance.conf_high,
                                       step.bootstrap.low,
                                       step.bootstrap.high,
                                       step.corrected};
      text += csv_cell(result.endpoint) + "," + step.from + "," + step.to + "," +
              join(values, ",") + "\n";
    }
  return text;
}

std::string compare_terms_csv(const std::vector<CompareResult>& results) {
  std::string text =
      "endpoint,model,term,status,estimate,std_error,p_value,hazard_ratio,conf_low,conf_high\n";
  for (const auto& result : results)
    for (const auto& model : result.models)
      for (const auto& term : model.terms) {
        const std::vector<double> values{term.estimate,       term.std_error,
                                         term.p_value,        term.ratio.estimate,
                                         term.ratio.conf_low, term.ratio.conf_high};
        text += csv_cell(result.endpoint) + "," + model.name + "," + csv_cell(term.term.name) +
                "," + std::string(to_string(term.status)) + "," + join(values, ",") + "\n";
      }
  return text;
}

CommandResult run_compare(const CompareOptions& options, int threads) {
  const CompareAnalysis analysis = analyse_compare(options, threads);
  CommandResult result{.warnings = all_warnings(analysis.cohort, analysis.results),
                       .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results)
    if (!one.error) files.push_back({compare_figure_name(one), compare_figure(one, options)});
  files.push_back({"compare_models.csv", compare_models_csv(analysis.results)});
  files.push_back({"compare_steps.csv", compare_steps_csv(analysis.results)});
  files.push_back({"compare_terms.csv", compare_terms_csv(analysis.results)});
  add_report(files, compare_report(analysis, options));
  files.push_back({"result.json", compare_json(analysis, options)});
  return result;
}

}  // namespace radiomics
