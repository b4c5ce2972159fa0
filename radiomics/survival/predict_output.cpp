#include "radiomics/survival/predict_output.h"

#include <cmath>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/result_json.h"
#include "radiomics/tables/csv.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

std::string cell(double value) { return std::isnan(value) ? "" : to_text(value); }

std::vector<AnalysisWarning> warnings_of(const PredictAnalysis& analysis) {
  auto warnings = analysis.cohort.warnings;
  for (const auto& warning : analysis.prediction.warnings) warnings.push_back(warning);
  return warnings;
}

/// How many patients have a prediction, and how many of these are above the cut-point.
struct Counts {
  std::size_t predicted = 0, high = 0;
};

Counts counts_of(const PredictAnalysis& analysis) {
  Counts counts;
  for (const double score : analysis.prediction.linear_predictor) {
    counts.predicted += !std::isnan(score);
    counts.high += score > analysis.model.median_linear_predictor;
  }
  return counts;
}

double quantile_of_risk(const PredictAnalysis& analysis, std::size_t horizon, double p) {
  return sample_quantile(analysis.prediction.risk.column(horizon), p);
}

void write_result(JsonWriter& json, const PredictAnalysis& analysis,
                  const PredictOptions& options) {
  const Counts counts = counts_of(analysis);
  json.begin_object()
      .member("endpoint", analysis.model.endpoint.name)
      .member("n", counts.predicted)
      .member("n_missing", analysis.cohort.size() - counts.predicted)
      .member("cut_point", analysis.model.median_linear_predictor)
      .member("n_high", counts.high);
  json.key("horizons").begin_array();
  for (std::size_t k = 0; k < options.common.horizons.size(); ++k)
    json.begin_object()
        .member("time", options.common.horizons[k])
        .member("risk_q25", quantile_of_risk(analysis, k, 0.25))
        .member("risk_median", quantile_of_risk(analysis, k, 0.5))
        .member("risk_q75", quantile_of_risk(analysis, k, 0.75))
        .end_object();
  json.end_array().end_object();
}

ReportTable risks_table(const PredictAnalysis& analysis, const PredictOptions& options) {
  ReportTable table = table_of({"Time", "Lower quartile", "Median", "Upper quartile"}, 0);
  table.caption = "Predicted risk of the event by then.";
  for (std::size_t k = 0; k < options.common.horizons.size(); ++k) {
    std::vector<std::string> row{rounded_text(options.common.horizons[k], 6)};
    for (const double p : {0.25, 0.5, 0.75}) {
      const double risk = quantile_of_risk(analysis, k, p);
      row.push_back(std::isnan(risk) ? "beyond follow-up" : fixed_text(risk, 3));
    }
    table.rows.push_back(row);
  }
  return table;
}

Report report_of(const PredictAnalysis& analysis, const PredictOptions& options) {
  const auto& model = analysis.model;
  const Counts counts = counts_of(analysis);
  Report report{.title = "Predictions of a frozen model", .footer = program_footer()};
  report.summary = {model.endpoint.name + ": " + counted(counts.predicted, "patient") +
                    " with a prediction, " + to_text(counts.high) +
                    " above the cut-point of the training. How good the predictions are is not "
                    "known from here: compare them with outcomes (validate)."};
  ReportSection section{.heading = model.endpoint.name};
  section.blocks.push_back(paragraph("The model was trained on " + counted(model.n, "patient") +
                                     " with " + counted(std::size_t(model.events), "event") +
                                     ", followed to " +
                                     rounded_text(model.baseline_time.back(), 6) + ". It has " +
                                     counted(model.terms.size(), "term") + "."));
  if (!options.common.horizons.empty()) section.blocks.push_back(risks_table(analysis, options));
  report.sections = {section, warnings_section(warnings_of(analysis))};
  if (report.sections.back().blocks.empty()) report.sections.pop_back();
  report.sections.push_back(inputs_section(analysis.cohort, {}));
  report.sections.push_back(
      {.heading = "Method",
       .blocks = {paragraph("Risk is 1 - exp(-H(t) exp(score - score at the means)) with the "
                            "baseline hazard H of the training. Nothing is extrapolated beyond "
                            "the follow-up of the training. The cut-point is the median score "
                            "of the training.")}});
  return report;
}

}  // namespace

PredictAnalysis analyse_predict(const PredictOptions& options) {
  PredictAnalysis analysis{.cohort = {}, .model = read_model(options.model), .prediction = {}};
  analysis.cohort = read_cohort(options.common.cohort);
  require_same_extraction(analysis.model, analysis.cohort, options.common.cohort);
  analysis.prediction = predict_risk(analysis.model, analysis.cohort, options.common.horizons);
  return analysis;
}

std::string predictions_csv(const PredictAnalysis& analysis, const PredictOptions& options) {
  std::string text = "id,linear_predictor";
  for (const double horizon : options.common.horizons) text += ",risk_" + to_text(horizon);
  text += ",group\n";
  const auto& prediction = analysis.prediction;
  for (std::size_t i = 0; i < analysis.cohort.size(); ++i) {
    const double score = prediction.linear_predictor[i];
    text += csv_cell(analysis.cohort.ids[i]) + "," + cell(score);
    for (std::size_t k = 0; k < prediction.risk.columns; ++k)
      text += "," + cell(prediction.risk(i, k));
    text += std::isnan(score)                                ? ",\n"
            : score > analysis.model.median_linear_predictor ? ",high\n"
                                                             : ",low\n";
  }
  return text;
}

std::string predict_json(const PredictAnalysis& analysis, const PredictOptions& options) {
  const auto warnings = warnings_of(analysis);
  const std::string hash = sha256(read_text(options.model));
  return ResultDocument{
      .command = "predict",
      .options = options.common,
      .cohort = analysis.cohort,
      .warnings = warnings,
      .config =
          [&](JsonWriter& json) {
            json.member("model", options.model.filename().string()).member("model_sha256", hash);
          },
      .results = [&](JsonWriter& json) { write_result(json, analysis, options); }}
      .text();
}

CommandResult run_predict(const PredictOptions& options) {
  const PredictAnalysis analysis = analyse_predict(options);
  CommandResult result{.warnings = warnings_of(analysis)};
  result.files.push_back({"predictions.csv", predictions_csv(analysis, options)});
  add_report(result.files, report_of(analysis, options));
  result.files.push_back({"result.json", predict_json(analysis, options)});
  return result;
}

}  // namespace radiomics
