#include "radiomics/core/text.h"
#include "radiomics/survival/cif_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

/// Calls row(prefix, group, cause) for every group and cause, counted from 0; prefix is its
/// "endpoint,group,cause,".
template <class Row>
void for_each_cause(const CifAnalysis& analysis, Row row) {
  for (const auto& result : analysis.results)
    for (const auto& group : result.groups)
      for (const std::size_t cause : {0, 1})
        row(csv_cell(result.endpoint) + "," + csv_cell(group.label) + "," + to_text(cause + 1) +
                ",",
            group, cause);
}

std::string limits_of(const Estimate& one) {
  const std::vector<double> values{one.estimate, one.std_error, one.conf_low, one.conf_high};
  return join(values, ",");
}

}  // namespace

std::string cif_curves_csv(const CifAnalysis& analysis) {
  std::string text =
      "endpoint,group,cause,time,n_risk,n_event,n_censor,estimate,std_error,conf_low,conf_high\n";
  for_each_cause(
      analysis, [&text](const std::string& prefix, const CifGroup& group, std::size_t cause) {
        const auto& curves = group.curves;
        const auto& curve = curves.incidence[cause];
        for (std::size_t i = 0; i < curves.time.size(); ++i)
          text += prefix + to_text(curves.time[i]) + "," + to_text(curves.n_risk[i]) + "," +
                  to_text(curves.n_event[cause][i]) + "," + to_text(curves.n_censor[i]) + "," +
                  limits_of({curve.estimate[i], curve.std_error[i], curve.conf_low[i],
                             curve.conf_high[i]}) +
                  "\n";
      });
  return text;
}

std::string cif_horizons_csv(const CifAnalysis& analysis) {
  std::string text =
      "endpoint,group,cause,time,n_risk,estimate,std_error,conf_low,conf_high,"
      "naive_if_censored\n";
  for_each_cause(analysis,
                 [&text](const std::string& prefix, const CifGroup& group, std::size_t cause) {
                   for (std::size_t h = 0; h < group.horizons.size(); ++h) {
                     const auto& horizon = group.horizons[h];
                     text += prefix + to_text(horizon.time) + "," + to_text(horizon.n_risk) + "," +
                             limits_of(horizon.incidence[cause]) + "," +
                             (cause == 0 ? to_text(group.naive[h]) : "") + "\n";
                   }
                 });
  return text;
}

std::string cif_terms_csv(const CifAnalysis& analysis) {
  std::string text =
      "endpoint,model,cause,n,events,term,status,estimate,std_error,p_value,hazard_ratio,conf_low,"
      "conf_high\n";
  const auto add = [&text](const CifResult& result, const char* name, const CauseModel& model) {
    for (const auto& term : model.terms) {
      const std::vector<double> values{term.estimate,       term.std_error,
                                       term.p_value,        term.ratio.estimate,
                                       term.ratio.conf_low, term.ratio.conf_high};
      text += csv_cell(result.endpoint) + "," + name + "," + to_text(model.cause) + "," +
              to_text(model.n) + "," + to_text(model.events) + "," + csv_cell(term.term.name) +
              "," + std::string(to_string(term.status)) + "," + join(values, ",") + "\n";
    }
  };
  for (const auto& result : analysis.results) {
    if (!result.models) continue;
    for (const auto& model : result.models->cause_specific) add(result, "cause_specific", model);
    add(result, "fine_gray", result.models->fine_gray);
    if (result.models->fine_gray_other) add(result, "fine_gray", *result.models->fine_gray_other);
  }
  return text;
}

std::string cif_predictions_csv(const CifAnalysis& analysis) {
  std::string text = "endpoint,row,risk,time,estimate\n";
  for (const auto& result : analysis.results) {
    if (!result.models) continue;
    const auto& models = *result.models;
    for (std::size_t i = 0; i < models.predictions.size(); ++i)
      for (std::size_t h = 0; h < models.checks.size(); ++h)
        text += csv_cell(result.endpoint) + "," + to_text(i + 1) + "," +
                to_text(models.predictions[i].risk) + "," + to_text(models.checks[h].time) + "," +
                to_text(models.predictions[i].incidence[h]) + "\n";
  }
  return text;
}

CommandResult run_cif(const CifOptions& options, int threads) {
  const CifAnalysis analysis = analyse_cif(options, threads);
  CommandResult result{.warnings = analysis.warnings(), .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results)
    if (!one.error)
      for (const auto& figure : cif_figures(one, options))
        files.push_back({figure.file, figure.svg});
  files.push_back({"cif.csv", cif_curves_csv(analysis)});
  if (!options.common.horizons.empty())
    files.push_back({"cif_horizons.csv", cif_horizons_csv(analysis)});
  if (!options.common.covariates.empty())
    files.push_back({"cif_terms.csv", cif_terms_csv(analysis)});
  if (!options.newdata.empty())
    files.push_back({"cif_predictions.csv", cif_predictions_csv(analysis)});
  add_report(files, cif_report(analysis, options));
  files.push_back({"result.json", cif_json(analysis, options)});
  return result;
}

}  // namespace radiomics
