#pragma once

#include <string>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/describe_analysis.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string describe_json(const DescribeAnalysis& analysis,
                          const DescribeOptions& options);  ///< result.json
Report describe_report(const DescribeAnalysis& analysis, const DescribeOptions& options);
/// Who was read, left out and analysed for one endpoint: SVG.
std::string describe_flow_figure(const DescribeAnalysis& analysis, const DescribeResult& result);
std::string cohort_csv(const DescribeAnalysis& analysis);  ///< variable,level,group,n,...
std::string describe_endpoints_csv(const DescribeAnalysis& analysis);
std::string missing_csv(const DescribeAnalysis& analysis);  ///< column,count

/// The whole command. Files: flow_<endpoint>.svg for each endpoint that has a result, cohort.csv
/// (with covariates), endpoints.csv, missing.csv, report.md, report.html, result.json.
/// \throws Error what analyse_describe() throws
CommandResult run_describe(const DescribeOptions& options, int threads = 1);

}  // namespace radiomics
