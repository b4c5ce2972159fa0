#include "radiomics/statistics/calibration.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/statistics/poisson_regression.h"
#include "radiomics/statistics/sample_quantile.h"

namespace radiomics {
namespace {

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// The upper ends of the groups, ascending; the last is the largest risk.
std::vector<double> upper_ends(std::span<const double> risk, int group_count) {
  std::vector<double> p;
  for (int k = 1; k <= group_count; ++k) p.push_back(double(k) / group_count);
  std::vector<double> ends = sample_quantiles(risk, p);
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

CalibrationGroup describe(const SurvivalData& data, std::span<const double> risk,
                          const std::vector<std::size_t>& members, double horizon, double level) {
  const auto curve = kaplan_meier(subset(data, members),
                                  {.conf_level = level, .conf_type = ConfidenceType::log_log});
  const HorizonEstimate survival = at_horizon(curve, horizon);
  CalibrationGroup group{.n = int(members.size()), .mean_predicted = 0};
  for (const auto i : members) group.mean_predicted += risk[i] / double(members.size());
  group.observed = 1 - survival.estimate;
  group.conf_low = 1 - survival.conf_high;
  group.conf_high = 1 - survival.conf_low;
  return group;
}

/// Intercept and, if asked for, linear predictor.
Matrix poisson_design(std::span<const double> linear_predictor, bool with_slope) {
  Matrix design(linear_predictor.size(), with_slope ? 2 : 1, 1);
  if (with_slope) std::ranges::copy(linear_predictor, design.column(1).begin());
  return design;
}

Estimate last_coefficient(const PoissonFit& fit, double level) {
  return normal_estimate(fit.coefficients.back(), fit.std_errors.back(), level);
}

}  // namespace

CalibrationSlope calibration_slope(const SurvivalData& data,
                                   std::span<const double> linear_predictor, Ties ties,
                                   double conf_level, std::span<const int> strata) {
  assert(linear_predictor.size() == data.size());
  CoxData model{.outcome = data,
                .covariates = Matrix(data.size(), 1),
                .strata = {strata.begin(), strata.end()}};
  std::ranges::copy(linear_predictor, model.covariates.values.begin());
  const CoxFit fit = fit_cox(model, {.ties = ties});
  const double slope = fit.coefficients[0], error = fit.std_errors[0];
  return {normal_estimate(slope, error, conf_level), normal_p(slope / error)};
}

ObservedExpected observed_expected(const SurvivalData& data, std::span<const double> risk,
                                   double horizon) {
  assert(risk.size() == data.size());
  const double observed = 1 - at_horizon(kaplan_meier(data), horizon).estimate;
  const double expected = sum(risk) / double(risk.size());
  return {observed, expected, observed / expected};
}

std::vector<CalibrationGroup> calibration_groups(const SurvivalData& data,
                                                 std::span<const double> risk, double horizon,
                                                 int group_count, double conf_level) {
  assert(risk.size() == data.size() && group_count > 0);
  const std::vector<double> ends = upper_ends(risk, group_count);
  std::vector<std::vector<std::size_t>> members(ends.size());
  for (std::size_t i = 0; i < risk.size(); ++i)
    members[std::size_t(std::ranges::lower_bound(ends, risk[i]) - ends.begin())].push_back(i);
  std::vector<CalibrationGroup> groups;
  for (const auto& group : members)
    if (!group.empty()) groups.push_back(describe(data, risk, group, horizon, conf_level));
  return groups;
}

PoissonCalibration poisson_calibration(const SurvivalData& data,
                                       std::span<const double> linear_predictor,
                                       std::span<const double> expected, double conf_level) {
  assert(linear_predictor.size() == data.size() && expected.size() == data.size());
  std::vector<double> counts, log_expected, predictors, baseline;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!(expected[i] > 0)) continue;
    counts.push_back(data.event[i]);
    predictors.push_back(linear_predictor[i]);
    log_expected.push_back(std::log(expected[i]));
    baseline.push_back(log_expected.back() - linear_predictor[i]);
  }
  const auto ratio = fit_poisson(counts, poisson_design(predictors, false), log_expected);
  const auto slope = fit_poisson(counts, poisson_design(predictors, true), baseline);
  return {.zero_expected = int(data.size() - counts.size()),
          .observed = double(data.events()),
          .expected = sum(expected),
          .log_ratio = last_coefficient(ratio, conf_level),
          .slope = last_coefficient(slope, conf_level)};
}

}  // namespace radiomics
