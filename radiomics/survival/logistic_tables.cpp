#include "radiomics/core/text.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/logistic_output.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/tables/csv.h"

namespace radiomics {

std::string logistic_terms_csv(const LogisticAnalysis& analysis) {
  std::string text =
      "endpoint,n,events,term,status,estimate,std_error,p_value,odds_ratio,conf_low,conf_high\n";
  for (const auto& result : analysis.results)
    for (const auto& term : result.terms) {
      const std::vector<double> values{term.estimate,       term.std_error,
                                       term.p_value,        term.ratio.estimate,
                                       term.ratio.conf_low, term.ratio.conf_high};
      text += csv_cell(result.endpoint) + "," + to_text(result.n) + "," + to_text(result.events) +
              "," + csv_cell(term.term.name) + "," + std::string(to_string(term.status)) + "," +
              join(values, ",") + "\n";
    }
  return text;
}

std::string logistic_predictions_csv(const LogisticAnalysis& analysis) {
  std::string text = "endpoint,id,event,probability\n";
  for (const auto& result : analysis.results)
    for (const auto& one : result.patients)
      text += csv_cell(result.endpoint) + "," + csv_cell(analysis.cohort.ids[one.patient]) + "," +
              (one.event ? to_text(int(*one.event)) : "") + "," + to_text(one.probability) + "\n";
  return text;
}

std::string logistic_file_name(const LogisticResult& result, const std::string& part) {
  std::string name = result.endpoint;
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '+';
    if (!plain) c = '_';
  }
  return "logistic_" + name + "_" + part;
}

CommandResult run_logistic(const LogisticAnalysisOptions& options, int threads) {
  const LogisticAnalysis analysis = analyse_logistic(options, threads);
  CommandResult result{.warnings = analysis.warnings(), .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results) {
    if (one.error) continue;
    files.push_back({logistic_file_name(one, "forest.svg"), logistic_forest(one, options)});
    files.push_back({logistic_file_name(one, "roc.svg"), logistic_roc_figure(one, options)});
  }
  files.push_back({"logistic.csv", logistic_terms_csv(analysis)});
  files.push_back({"predictions.csv", logistic_predictions_csv(analysis)});
  add_report(files, logistic_report(analysis, options));
  files.push_back({"result.json", logistic_json(analysis, options)});
  return result;
}

}  // namespace radiomics
