#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/cumulative_incidence.h"
#include "radiomics/statistics/gray_test.h"
#include "radiomics/survival/cif_models.h"

namespace radiomics {

/// Which of the two standard errors of StateCurve is reported and makes the intervals.
enum class IncidenceError { infinitesimal_jackknife, delta };

std::string_view to_string(IncidenceError error);  ///< "infinitesimal_jackknife", "delta"

/// Everything that decides the numbers of `radiomics survival cif`.
struct CifOptions {
  AnalysisOptions common{};
  std::string by{};                 ///< column of the groups; "": one group, "all"
  std::filesystem::path newdata{};  ///< table of patients to predict; "": none
  IncidenceError std_error = IncidenceError::infinitesimal_jackknife;

  ConfidenceType conf_type() const;  ///< log unless asked for otherwise
};

struct CifGroup {
  std::string label{};
  CompetingRisksData data{};  ///< ties merged
  CumulativeIncidence curves{};
  std::vector<IncidenceAtHorizon> horizons{};
  std::vector<double> naive{};  ///< 1 - Kaplan-Meier of cause 1, one per horizon
};

/// Gray's test of one cause.
struct CifTest {
  int cause = 1;
  GrayTest test{};
};

/// The results of one endpoint, or why there are none.
struct CifResult {
  std::string endpoint{};
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;
  std::array<int, 2> events{};     ///< of cause 1, of cause 2
  std::size_t n_missing = 0;       ///< left out for a missing time, event, group or stratum
  std::string followed_until{};    ///< at which time those without any event are censored, in words
  CifGroup whole{};                ///< all patients together
  std::vector<CifGroup> groups{};  ///< those with patients
  std::vector<CifTest> gray{};     ///< of both causes, if there are two groups or more
  std::optional<CifModels> models{};
  std::vector<AnalysisWarning> warnings{};
};

struct CifAnalysis {
  Cohort cohort;                     ///< with the table of new patients, for provenance
  std::vector<CifResult> results{};  ///< in the order of the endpoints

  std::vector<AnalysisWarning> warnings() const;  ///< of the cohort, then of the endpoints
};

/// Reads the tables and estimates, for every endpoint, the cumulative incidence of the event and of
/// the competing event by group and, if there are covariates, the models of both. Strata stratify
/// Gray's test. What is wrong with one endpoint is in its result: among that, that nothing competes
/// with it. The result does not depend on `threads`.
/// \throws Error what read_cohort() throws; read_rows() of the new patients
CifAnalysis analyse_cif(const CifOptions& options, int threads = 1);

}  // namespace radiomics
