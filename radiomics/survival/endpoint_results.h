#pragma once

#include <vector>

#include "radiomics/cohort/analysis_options.h"
#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/core/error.h"
#include "radiomics/core/parallel_for.h"

namespace radiomics {

/// One result per endpoint, by analyse(spec), several at a time. What is wrong with one endpoint is
/// in its result (`endpoint`, `error`); the others are still worth having.
template <class Result, class Analyse>
std::vector<Result> for_each_endpoint(const std::vector<EndpointSpec>& endpoints, int threads,
                                      Analyse analyse) {
  std::vector<Result> results(endpoints.size());
  parallel_for(endpoints.size(), threads, [&](std::size_t i) {
    try {
      results[i] = analyse(endpoints[i]);
    } catch (const Error& error) {
      results[i] = {};
      results[i].error = error;
    }
    results[i].endpoint = endpoints[i].name;
  });
  return results;
}

/// The warnings of a cohort, then of its endpoints.
template <class Result>
std::vector<AnalysisWarning> all_warnings(const Cohort& cohort,
                                          const std::vector<Result>& results) {
  std::vector<AnalysisWarning> all = cohort.warnings;
  for (const auto& result : results)
    all.insert(all.end(), result.warnings.begin(), result.warnings.end());
  return all;
}

/// The errors of some results, in their order.
template <class Result>
std::vector<std::optional<Error>> errors_of(const std::vector<Result>& results) {
  std::vector<std::optional<Error>> errors;
  for (const auto& result : results) errors.push_back(result.error);
  return errors;
}

}  // namespace radiomics
