#pragma once

#include <string>
#include <vector>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/compare_analysis.h"

namespace radiomics {

// What the comparison is written as; the names and keys are fixed by the interface of
// `radiomics survival`. The same analysis gives the same bytes.

std::string compare_json(const CompareAnalysis& analysis, const CompareOptions& options);
Report compare_report(const CompareAnalysis& analysis, const CompareOptions& options);
std::string compare_figure(const CompareResult& result, const CompareOptions& options);
std::string compare_figure_name(const CompareResult& result);  ///< compare_<endpoint>.svg
std::string compare_models_csv(const std::vector<CompareResult>& results);
std::string compare_steps_csv(const std::vector<CompareResult>& results);
std::string compare_terms_csv(const std::vector<CompareResult>& results);

/// The members of one result behind "endpoint".
void write_compare_members(JsonWriter& json, const CompareResult& result);

/// The section of one endpoint: verdict, table of models, table of steps, figure.
ReportSection compare_section(const CompareResult& result, const CompareOptions& options);

/// The whole command. \throws Error what read_cohort() throws
CommandResult run_compare(const CompareOptions& options, int threads = 1);

}  // namespace radiomics
