#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/column.h"
#include "radiomics/cohort/endpoint.h"
#include "radiomics/cohort/horizon.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/kaplan_meier.h"

namespace radiomics {

/// What the commands of `radiomics survival` share. A command uses what concerns it; everything
/// here that decides its numbers is in the "config" of its result.json.
struct AnalysisOptions {
  CohortOptions cohort{};
  std::vector<EndpointSpec> endpoints{};  ///< one result each, in this order; names are unique
  std::vector<std::string> covariates{};
  std::vector<FactorSpec> factors{};  ///< columns that hold levels
  std::vector<std::string> strata{};
  std::vector<std::string> feature_patterns{};  ///< which columns are features; empty: the rule
  Ties ties = Ties::efron;
  double conf_level = 0.95;
  std::optional<ConfidenceType> conf_type{};  ///< else what is usual for the command
  std::vector<double> horizons{};             ///< in the unit of the time columns
  std::optional<double> tau{};                ///< else the last horizon
  std::optional<TimeUnit> time_unit{};
  double alpha_level = 0.05;
  std::uint64_t seed = 1;
  bool strict = false;  ///< recorded; the caller refuses on warnings that concern_input()
  bool force = false;   ///< fit models with as many parameters as events, or more

  /// tau, or the last horizon, or nothing.
  std::optional<double> truncation() const;
};

}  // namespace radiomics
