#pragma once

#include <string>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/harmonize_analysis.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string harmonize_json(const HarmonizeAnalysis& analysis, const HarmonizeOptions& options);
Report harmonize_report(const HarmonizeAnalysis& analysis, const HarmonizeOptions& options);

/// The features table of the patients of the cohort, columns and their order as they were, with the
/// harmonised values in the place of the features.
std::string harmonized_csv(const HarmonizeAnalysis& analysis, const HarmonizeOptions& options);

/// The whole command. Files: features.csv, combat.json (also with --apply: the model that was
/// used), report.md, report.html, result.json.
/// \throws Error what analyse_harmonize() throws
CommandResult run_harmonize(const HarmonizeOptions& options);

}  // namespace radiomics
