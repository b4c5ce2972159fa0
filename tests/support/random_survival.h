#pragma once

// Patients for properties that hold for any: times, censorings and risks drawn at random.

#include <vector>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

struct RandomCohort {
  SurvivalData data;
  std::vector<double> risk;    ///< goes with earlier events
  std::vector<double> second;  ///< so does this, less
};

/// Times of `time_levels` values and risks of `risk_levels`: few make many ties. One third is
/// censored.
inline RandomCohort random_cohort(std::size_t n, std::size_t time_levels, std::size_t risk_levels,
                                  std::uint64_t seed) {
  RandomStream random(seed, 0);
  RandomCohort cohort;
  for (std::size_t i = 0; i < n; ++i) {
    const auto time = random.below(time_levels);
    cohort.data.time.push_back(1 + double(time));
    cohort.data.event.push_back(random.below(3) > 0);
    const double late = double(time) / double(time_levels);
    for (auto* risk : {&cohort.risk, &cohort.second})
      risk->push_back(
          double(std::size_t((random.uniform() + (risk == &cohort.risk ? 1 - late : 0.5)) *
                             double(risk_levels) / 2)) /
          double(risk_levels));
  }
  return cohort;
}

}  // namespace radiomics
