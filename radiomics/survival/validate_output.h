#pragma once

#include <string>
#include <vector>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/validate_analysis.h"
#include "radiomics/tables/json_writer.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string validate_json(const ValidateAnalysis& analysis,
                          const ValidateOptions& options);  ///< result.json
Report validate_report(const ValidateAnalysis& analysis, const ValidateOptions& options);

/// The pictures of an endpoint: calibration_<endpoint>_<prediction>_<time>.svg where a risk is
/// known, decision_<endpoint>_<time>.svg with thresholds, auc_<endpoint>.svg and
/// brier_<endpoint>.svg with three horizons or more, those of subgroup_figures().
std::vector<ReportFigure> validate_figures(const ValidateResult& result,
                                           const ValidateOptions& options);

// What a validation says of subgroups; see validate_subgroups_output.cpp.
void write_subgroups(JsonWriter& json, const ValidateResult& result);  ///< the key "subgroups"
std::vector<ReportTable> subgroup_tables(const ValidateResult& result,
                                         const ValidateOptions& options);
/// subgroups_<endpoint>_<prediction>.svg: C, and where a risk is known subgroups_ratio_...svg:
/// observed / expected.
std::vector<ReportFigure> subgroup_figures(const ValidateResult& result,
                                           const ValidateOptions& options);
std::string subgroups_csv(const ValidateAnalysis& analysis);

std::string discrimination_csv(const ValidateAnalysis& analysis, const ValidateOptions& options);
std::string calibration_csv(const ValidateAnalysis& analysis);
std::string calibration_groups_csv(const ValidateAnalysis& analysis);
std::string decision_curve_csv(const ValidateAnalysis& analysis);
std::string validate_comparisons_csv(const ValidateAnalysis& analysis);

/// The whole command. Files: the pictures, discrimination.csv, calibration.csv,
/// calibration_groups.csv, with thresholds decision_curve.csv, with several predictions
/// comparisons.csv, with subgroups subgroups.csv, report.md, report.html, result.json. \throws
/// Error what analyse_validate() throws
CommandResult run_validate(const ValidateOptions& options, int threads = 1);

}  // namespace radiomics
