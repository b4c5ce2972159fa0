#pragma once

// Small published data sets, and random ones.

#include <algorithm>
#include <cmath>
#include <vector>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/cox.h"

namespace radiomics {

/// One covariate.
inline CoxData cox_data(std::vector<double> time, std::vector<std::uint8_t> event,
                        std::vector<double> x) {
  CoxData data{{std::move(time), std::move(event)}, Matrix(x.size(), 1)};
  data.covariates.values = std::move(x);
  return data;
}

/// Therneau and Grambsch, Modeling Survival Data, 2000, appendix E, first data set.
inline CoxData worked_example() {
  return cox_data({1, 1, 6, 6, 8, 9}, {1, 0, 1, 1, 0, 1}, {1, 1, 1, 0, 0, 0});
}

/// exp(coefficient) there with Efron's ties: the positive root of r^3 - 23 r - 30, which is what
/// the score 2 - r / (r + 1) - r / (r + 3) - r / (r + 5) leaves.
inline double efron_risk_of_worked_example() {
  const double p = 23.0 / 3;
  return 2 * std::sqrt(p) * std::cos(std::acos(15 / std::pow(p, 1.5)) / 3);
}

/// Weeks of remission of leukaemia; 1 = placebo. Freireich et al. 1963.
inline CoxData leukaemia_trial() {
  std::vector<double> time{6,  6,  6,  7,  10, 13, 16, 22, 23, 6,  9,  10, 11, 17,
                           19, 20, 25, 32, 32, 34, 35, 1,  1,  2,  2,  3,  4,  4,
                           5,  5,  8,  8,  8,  8,  11, 11, 12, 12, 15, 17, 22, 23};
  std::vector<std::uint8_t> event(42, 1);
  std::fill(event.begin() + 9, event.begin() + 21, std::uint8_t{0});
  std::vector<double> placebo(42, 0);
  std::fill(placebo.begin() + 21, placebo.end(), 1);
  return cox_data(time, event, placebo);
}

/// Days to vaginal cancer after two pretreatments. Pike 1966, doi:10.2307/2528221.
inline CoxData rats() {
  std::vector<double> time{143, 164, 188, 188, 190, 192, 206, 209, 213, 216, 220, 227, 230, 234,
                           246, 265, 304, 216, 244, 142, 156, 163, 198, 205, 232, 232, 233, 233,
                           233, 233, 239, 240, 261, 280, 280, 296, 296, 323, 204, 344};
  std::vector<std::uint8_t> event(40, 1);
  for (const std::size_t censored : {17, 18, 38, 39}) event[censored] = 0;
  std::vector<double> second(40, 0);
  std::fill(second.begin() + 19, second.end(), 1);
  return cox_data(time, event, second);
}

/// Ties, two strata, offsets; every column has an effect of 0.5.
inline CoxData random_cohort(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  RandomStream random(seed, 0);
  CoxData data{{}, Matrix(rows, columns)};
  for (std::size_t i = 0; i < rows; ++i) {
    double predictor = 0;
    for (std::size_t j = 0; j < columns; ++j) {
      data.covariates(i, j) = 4 * random.uniform() - 2;
      predictor += data.covariates(i, j) / 2;
    }
    data.offset.push_back(random.uniform() / 2);
    data.strata.push_back(int(random.below(2)));
    const double death = -20 * std::log(random.uniform()) * std::exp(-predictor);
    const double censoring = 40 * random.uniform();
    data.outcome.time.push_back(std::ceil(std::min(death, censoring)));
    data.outcome.event.push_back(death <= censoring);
  }
  return data;
}

}  // namespace radiomics
