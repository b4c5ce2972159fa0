#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/core/error.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/statistics/log_rank.h"
#include "radiomics/survival/cohort.h"
#include "radiomics/survival/column.h"
#include "radiomics/survival/endpoint.h"
#include "radiomics/survival/horizon.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival km`.
struct KmOptions {
  CohortOptions cohort;
  std::vector<EndpointSpec> endpoints;  ///< one result each, in this order; names are unique
  std::string by;                       ///< column of the groups; "": one group, "all"
  std::vector<std::string> strata;      ///< columns by which the tests are stratified
  std::vector<FactorSpec> factors;      ///< order of the levels of `by`
  KaplanMeierOptions curve;
  std::vector<double> horizons;  ///< in the unit of the time column
  std::optional<double> tau;     ///< of the restricted mean; else the largest horizon
  std::optional<TimeUnit> time_unit;
  std::uint64_t seed = 1;  ///< recorded; nothing here is random
  bool strict = false;     ///< recorded; the caller refuses on warnings that concern_input()
};

struct KmGroup {
  std::string label;
  SurvivalData data;  ///< ties merged
  KaplanMeierCurve curve{};
  std::vector<QuantileEstimate> quantiles{};  ///< of 0.25, 0.5, 0.75
  std::vector<HorizonEstimate> horizons{};
  RestrictedMean rmst;  ///< all NaN without horizons and tau
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
