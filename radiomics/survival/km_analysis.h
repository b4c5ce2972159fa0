#pragma once

#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/cohort.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/statistics/log_rank.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival km`.
struct KmOptions {
  AnalysisOptions common{};
  std::string by{};       ///< column of the groups; "": one group, "all"
  bool trend = false;     ///< also test for a trend over the groups in their order
  bool pairwise = false;  ///< also test every pair of groups

  KaplanMeierOptions curve() const;  ///< log-log unless asked for otherwise
};

struct KmGroup {
  std::string label;
  SurvivalData data;  ///< ties merged
  KaplanMeierCurve curve{};
  std::vector<QuantileEstimate> quantiles{};  ///< of 0.25, 0.5, 0.75
  std::vector<HorizonEstimate> horizons{};
  RestrictedMean rmst;  ///< all NaN without horizons and tau
};

/// The log-rank test of two groups without the others.
struct KmPair {
  std::size_t first = 0, second = 0;  ///< of the groups
  LogRankTest test;
  double p_holm = 0;  ///< over all pairs
};

/// The results of one endpoint, or why there are none.
struct KmResult {
  std::string endpoint;
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;
  int events = 0;
  std::size_t n_missing = 0;      ///< patients left out for a missing time, event, group or stratum
  std::vector<KmGroup> groups{};  ///< those with patients
  std::vector<LogRankTest> tests{};  ///< rho 0 and 1, if there are two groups or more
  std::vector<double> scores{};      ///< of the groups in the test for trend: their levels' numbers
  std::optional<Test> trend{};       ///< if it is asked for and there are two groups or more
  std::vector<KmPair> pairs{};       ///< if asked for: of every two groups, stratified as `tests`
  std::vector<AnalysisWarning> warnings{};
};

struct KmAnalysis {
  Cohort cohort;
  std::vector<KmResult> results;  ///< in the order of the endpoints

  std::vector<AnalysisWarning> warnings() const;  ///< of the cohort, then of the endpoints
};

/// Reads the tables and estimates the survival curves of every endpoint and group. What is wrong
/// with one endpoint is in its result; the others are computed. The result does not depend on
/// `threads`. \throws Error what read_cohort() throws
KmAnalysis analyse_km(const KmOptions& options, int threads = 1);

}  // namespace radiomics
