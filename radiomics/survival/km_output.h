#pragma once

#include <string>
#include <vector>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/km_analysis.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string km_json(const KmAnalysis& analysis, const KmOptions& options);  ///< result.json
Report km_report(const KmAnalysis& analysis, const KmOptions& options);  ///< report.md, report.html
std::string km_figure(const KmResult& result, const KmOptions& options);  ///< SVG of one endpoint
std::string km_figure_name(const KmResult& result);                       ///< km_<endpoint>.svg
std::string km_curves_csv(const KmAnalysis& analysis);    ///< endpoint,group,time,n_risk,...
std::string km_groups_csv(const KmAnalysis& analysis);    ///< quantiles and restricted mean
std::string km_horizons_csv(const KmAnalysis& analysis);  ///< S at every horizon

/// The whole command. Files: km_<endpoint>.svg for each endpoint that has a result, km.csv,
/// km_groups.csv, km_horizons.csv if there are horizons, report.md, report.html, result.json.
/// \throws Error what read_cohort() throws
CommandResult run_km(const KmOptions& options, int threads = 1);

}  // namespace radiomics
