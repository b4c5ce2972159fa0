#pragma once

#include <string>
#include <vector>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/command_result.h"
#include "radiomics/survival/screen_analysis.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string screen_json(const ScreenAnalysis& analysis, const ScreenOptions& options);
Report screen_report(const ScreenAnalysis& analysis, const ScreenOptions& options);
std::string screen_csv(const ScreenAnalysis& analysis);       ///< a line per endpoint and feature
std::string correlation_csv(const ScreenAnalysis& analysis);  ///< Spearman, features x features

/// Hazard ratios per standard deviation of the features with the smallest p of one endpoint.
std::string screen_figure(const ScreenResult& result, const ScreenOptions& options);
std::string screen_figure_name(const ScreenResult& result);  ///< screen_<endpoint>.svg

/// Correlations of features with the volume, the highest first.
std::string volume_figure(const ScreenAnalysis& analysis, const ScreenOptions& options);

/// The features of an endpoint by p-value: those that were tested, then infinite ones.
std::vector<std::size_t> by_p_value(const ScreenResult& result);

/// The whole command. Files: screen_<endpoint>.svg for each endpoint that has a result, volume.svg
/// if there is a volume, screen.csv, correlation.csv, report.md, report.html, result.json.
/// \throws Error what analyse_screen() throws
CommandResult run_screen(const ScreenOptions& options, int threads = 1);

}  // namespace radiomics
