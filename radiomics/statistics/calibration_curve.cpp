#include "radiomics/statistics/calibration_curve.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

#include "radiomics/statistics/cox_predict.h"
#include "radiomics/statistics/restricted_cubic_spline.h"
#include "radiomics/statistics/sample_quantile.h"

namespace radiomics {
namespace {

constexpr double smallest_risk = 1e-12;

std::vector<double> log_minus_log(std::span<const double> risk) {
  std::vector<double> scaled;
  for (const double value : risk)
    scaled.push_back(std::log(-std::log1p(-std::clamp(value, smallest_risk, 1 - smallest_risk))));
  return scaled;
}

Matrix spline_or_line(std::span<const double> values, std::span<const double> knots) {
  if (!knots.empty()) return restricted_cubic_spline(values, knots);
  Matrix line(values.size(), 1);
  std::ranges::copy(values, line.values.begin());
  return line;
}

bool all_estimated(const CoxFit& fit) {
  return fit.converged && std::ranges::count(fit.status, TermStatus::ok) > 0 &&
         std::ranges::count(fit.status, TermStatus::infinite) == 0;
}

void measure_distance(CalibrationCurve& curve, std::span<const double> risk) {
  std::vector<double> distance;
  for (std::size_t i = 0; i < risk.size(); ++i)
    distance.push_back(std::abs(curve.observed[i] - risk[i]));
  const auto quantiles = sample_quantiles(distance, std::array{0.5, 0.9, 1.0});
  curve.ici = std::accumulate(distance.begin(), distance.end(), 0.0) / double(distance.size());
  curve.e50 = quantiles[0];
  curve.e90 = quantiles[1];
  curve.e_max = quantiles[2];
}

}  // namespace

CalibrationCurve calibration_curve(const SurvivalData& data, std::span<const double> risk,
                                   double horizon, int knot_count, Ties ties) {
  assert(risk.size() == data.size());
  CalibrationCurve curve{.horizon = horizon};
  if (data.size() == 0 || *std::ranges::max_element(data.time) < horizon) return curve;
  const std::vector<double> scaled = log_minus_log(risk);
  curve.knots = default_knots(scaled, knot_count);
  const CoxData model{.outcome = data, .covariates = spline_or_line(scaled, curve.knots)};
  const CoxFit fit = fit_cox(model, {.ties = ties});
  if (!all_estimated(fit)) return curve;
  const std::vector<double> until(data.size(), horizon);
  for (const double hazard :
       cumulative_hazards(fit, cox_baseline(fit, model), {.covariates = model.covariates}, until))
    curve.observed.push_back(-std::expm1(-hazard));
  measure_distance(curve, risk);
  return curve;
}

}  // namespace radiomics
