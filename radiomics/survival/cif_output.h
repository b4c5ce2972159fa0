#pragma once

#include <string>
#include <vector>

#include "radiomics/report/report_document.h"
#include "radiomics/survival/cif_analysis.h"
#include "radiomics/survival/command_result.h"

namespace radiomics {

/// What the analysis is written as; the names and keys are fixed by the interface of
/// `radiomics survival`. The same analysis gives the same bytes.
std::string cif_json(const CifAnalysis& analysis, const CifOptions& options);  ///< result.json
Report cif_report(const CifAnalysis& analysis, const CifOptions& options);
std::string cif_curves_csv(const CifAnalysis& analysis);       ///< every step of every curve
std::string cif_horizons_csv(const CifAnalysis& analysis);     ///< incidence at every horizon
std::string cif_terms_csv(const CifAnalysis& analysis);        ///< of all models
std::string cif_predictions_csv(const CifAnalysis& analysis);  ///< of new patients, by row

/// The pictures of one endpoint that has a result: cif_<endpoint>.svg (the event by group, or both
/// causes where there is one group), cif_<endpoint>_competing.svg (with groups),
/// cif_<endpoint>_stacked.svg and, with models, cif_<endpoint>_forest.svg.
std::vector<ReportFigure> cif_figures(const CifResult& result, const CifOptions& options);

/// "Time (months)", or "Time" where the unit is not known.
std::string cif_time_label(const CifOptions& options);

/// The whole command. Files: the figures, cif.csv, cif_horizons.csv if there are horizons,
/// cif_terms.csv and cif_predictions.csv with models, report.md, report.html, result.json.
/// \throws Error what analyse_cif() throws
CommandResult run_cif(const CifOptions& options, int threads = 1);

}  // namespace radiomics
