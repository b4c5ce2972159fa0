#pragma once

#include <optional>
#include <string>
#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/core/error.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/survival/cohort_table.h"

namespace radiomics {

/// Everything that decides the numbers of `radiomics survival describe`. The covariates are what
/// the cohort table describes and what a model would use: who lacks one of them is counted.
struct DescribeOptions {
  AnalysisOptions common{};
  std::string by{};  ///< column of the groups of the cohort table; "": it is not divided

  KaplanMeierOptions curve() const;  ///< log-log unless asked for otherwise
};

/// How long the patients of an endpoint were followed: the median of the reverse Kaplan-Meier
/// curve, in which an observed event ends what could have been a longer follow-up. The median of
/// the observed times is another, shorter one.
struct FollowUp {
  QuantileEstimate median{};        ///< tied events stay at risk: the event codes swapped
  double deaths_first = undefined;  ///< tied events leave before the censorings
  double any_event = undefined;     ///< where events compete: those end follow-up, too
  double min = undefined;           ///< of the observed times
  double max = undefined;
  double fraction_informative = undefined;  ///< with the event, or followed to the last horizon
};

/// Patients that a model would keep, or lose for a missing covariate, of those with an outcome.
struct CaseCounts {
  std::size_t n = 0;
  int events = 0;
  double median = undefined;  ///< of survival
};

/// Complete cases against those left out: does what is missing depend on the outcome?
struct DroppedCases {
  CaseCounts kept{};
  CaseCounts dropped{};
  double p_value = undefined;  ///< log-rank; NaN without patients on both sides
};

/// What a model of the covariates would need, by the criterion of small overfitting.
struct SampleSize {
  std::size_t parameters = 0;
  double events_per_parameter = undefined;
  double shrinkage = 0.9;
  double r2_nagelkerke = 0.15;      ///< assumed: of what can be explained
  double r2_cox_snell = undefined;  ///< the same, of the largest that these events allow
  double required = undefined;      ///< patients
};

struct DescribeResult {
  std::string endpoint{};
  std::optional<Error> error{};  ///< set: the rest is empty
  std::size_t n = 0;             ///< with an outcome
  int events = 0;
  int competing = 0;
  std::size_t n_missing = 0;  ///< without one
  FollowUp follow_up{};
  QuantileEstimate median_survival{};
  std::vector<HorizonEstimate> horizons{};
  DroppedCases cases{};
  std::optional<SampleSize> sample_size{};  ///< with covariates and events
  std::vector<AnalysisWarning> warnings{};
};

struct DescribeAnalysis {
  Cohort cohort;
  CohortDescription table{};
  std::vector<MissingCount> missing{};
  std::vector<DescribeResult> results{};

  std::vector<AnalysisWarning> warnings() const;
};

/// Describes the cohort and every endpoint. Runs without events, too.
/// \throws Error what read_cohort() and describe_cohort() throw
DescribeAnalysis analyse_describe(const DescribeOptions& options, int threads = 1);

}  // namespace radiomics
