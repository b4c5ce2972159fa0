#pragma once

#include <string>
#include <vector>

#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/endpoint.h"
#include "radiomics/core/error.h"
#include "radiomics/report/report_document.h"
#include "radiomics/survival/output_files.h"

// The parts that the reports of all commands share. None names a patient.

namespace radiomics {

/// The tables that were read, how many patients they have in common, and the columns that make the
/// endpoints.
ReportSection inputs_section(const Cohort& cohort, const std::vector<EndpointSpec>& endpoints);

/// One item per warning; without blocks if there are none.
ReportSection warnings_section(const std::vector<AnalysisWarning>& warnings);

/// "48 patients, 21 events; 2 left out for missing values."
std::string counts_text(std::size_t n, int events, std::size_t n_missing);

/// Why an endpoint or a part has no results.
Note refusal_note(const Error& error);

/// The sections at the end of every report: warnings, if there are any, input, method.
void close_report(Report& report, const std::vector<AnalysisWarning>& warnings,
                  const Cohort& cohort, const std::vector<EndpointSpec>& endpoints,
                  const std::string& method);

/// Which program made the report.
std::string program_footer();

/// Adds report.md and report.html.
void add_report(std::vector<OutputFile>& files, const Report& report);

}  // namespace radiomics
