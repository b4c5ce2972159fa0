#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/train_output.h"
#include "radiomics/tables/csv.h"

namespace radiomics {

std::string train_coefficients_csv(const TrainAnalysis& analysis) {
  std::string text = "endpoint,term,variable,level,estimate,mean,sd,hazard_ratio_per_sd\n";
  for (const auto& result : analysis.results)
    for (const auto& one : result.model.terms)
      text += csv_cell(result.endpoint) + "," + csv_cell(one.term.name) + "," +
              csv_cell(one.term.variable) + "," + csv_cell(one.term.level) + "," +
              to_text(one.coefficient) + "," + to_text(one.mean) + "," + to_text(one.sd) + "," +
              to_text(std::exp(one.coefficient * one.sd)) + "\n";
  return text;
}

std::string train_features_csv(const TrainAnalysis& analysis) {
  std::string text = "endpoint,feature,fate,cluster,estimate,selection_frequency\n";
  for (const auto& result : analysis.results)
    for (std::size_t j = 0; !result.error && j < result.features.size(); ++j) {
      const auto& signature = result.signature;
      text += csv_cell(result.endpoint) + "," + csv_cell(result.features[j]) + "," +
              std::string(to_string(signature.fate[j])) + "," +
              (signature.cluster[j] < 0 ? "" : to_text(signature.cluster[j] + 1)) + "," +
              to_text(signature.coefficients[j]) + "," +
              to_text(result.validation.selection_frequency[j]) + "\n";
    }
  return text;
}

std::string train_resamples_csv(const TrainAnalysis& analysis) {
  std::string text = "endpoint,kind,repeat,number,train,test,out_of_bag\n";
  for (const auto& result : analysis.results) {
    const auto row = [&](const std::string& kind, const std::string& repeat, std::size_t number,
                         const std::vector<double>& scores) {
      text += csv_cell(result.endpoint) + "," + kind + "," + repeat + "," + to_text(number + 1);
      for (const double score : scores) text += "," + (std::isnan(score) ? "" : to_text(score));
      text += "\n";
    };
    const auto& validation = result.validation;
    for (std::size_t r = 0; r < validation.nested.repeats.size(); ++r)
      for (std::size_t f = 0; f < validation.nested.repeats[r].folds.size(); ++f)
        row("fold", to_text(r + 1), f,
            {undefined, validation.nested.repeats[r].folds[f].concordance, undefined});
    for (std::size_t b = 0; b < validation.bootstrap.resamples.size(); ++b) {
      const auto& scores = validation.bootstrap.resamples[b];
      row("bootstrap", "", b, {scores.train, scores.test, scores.out_of_bag});
    }
    for (std::size_t k = 0; k < validation.permutation.concordance.size(); ++k)
      row("permutation", "", k, {undefined, validation.permutation.concordance[k], undefined});
  }
  return text;
}

CommandResult run_train(const TrainOptions& options, int threads) {
  const TrainAnalysis analysis = analyse_train(options, threads);
  CommandResult result{.warnings = all_warnings(analysis.cohort, analysis.results),
                       .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results) {
    if (one.error) continue;
    const bool alone = analysis.results.size() == 1;
    files.push_back({alone ? "model.json" : "model_" + one.endpoint + ".json", to_json(one.model)});
    for (auto& figure : train_figures(one)) files.push_back(std::move(figure));
  }
  files.push_back({"coefficients.csv", train_coefficients_csv(analysis)});
  files.push_back({"selection.csv", train_features_csv(analysis)});
  files.push_back({"resamples.csv", train_resamples_csv(analysis)});
  add_report(files, train_report(analysis, options));
  files.push_back({"result.json", train_json(analysis, options)});
  return result;
}

}  // namespace radiomics
