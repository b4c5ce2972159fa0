#pragma once

#include <string>
#include <vector>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/train_analysis.h"

namespace radiomics {

// What the training is written as; the names and keys are fixed by the interface of
// `radiomics survival`. The same analysis gives the same bytes. No p-value of a feature anywhere:
// features that were chosen by looking at the data have none.

std::string train_json(const TrainAnalysis& analysis, const TrainOptions& options);
Report train_report(const TrainAnalysis& analysis, const TrainOptions& options);
/// PREFIX_<endpoint>.svg: path, cv, selection, permutation; those that there is something to draw.
std::vector<OutputFile> train_figures(const TrainResult& result);
std::string train_coefficients_csv(const TrainAnalysis& analysis);
std::string train_features_csv(const TrainAnalysis& analysis);   ///< what became of each feature
std::string train_resamples_csv(const TrainAnalysis& analysis);  ///< C of every fold and resample

/// "log volume alone" and the like: one row per rival, the signature first.
ReportTable train_performance_table(const TrainResult& result, const TrainOptions& options);

/// The whole command. Files: model.json (model_<endpoint>.json for several endpoints),
/// coefficients.csv, selection.csv, resamples.csv, figures, report.md, report.html, result.json.
/// \throws Error what read_cohort() throws
CommandResult run_train(const TrainOptions& options, int threads = 1);

}  // namespace radiomics
