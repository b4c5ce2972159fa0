#pragma once

#include <string>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/stability_analysis.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string stability_json(const StabilityAnalysis& analysis, const StabilityOptions& options);
Report stability_report(const StabilityAnalysis& analysis, const StabilityOptions& options);

/// feature,icc,low,keep: what read_stability_file() reads.
std::string stability_csv(const StabilityAnalysis& analysis, const StabilityOptions& options);

/// Lower limits of the coefficient that decides, the lowest last.
std::string stability_figure(const StabilityAnalysis& analysis, const StabilityOptions& options);

/// The whole command. Files: stability.svg, stability.csv, report.md, report.html, result.json.
/// \throws Error what analyse_stability() throws
CommandResult run_stability(const StabilityOptions& options, int threads = 1);

}  // namespace radiomics
