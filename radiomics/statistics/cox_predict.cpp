#include "radiomics/statistics/cox_predict.h"

#include <algorithm>
#include <cmath>

namespace radiomics {
namespace {

std::size_t stratum_of(const CoxNewData& patients, std::size_t patient) {
  return patients.strata.empty() ? 0 : std::size_t(patients.strata[patient]);
}

/// Per stratum, how far a time may be from one of the curve and still be it.
std::vector<double> tolerances_of(std::span<const BaselineHazard> baseline) {
  std::vector<double> result;
  for (const auto& curve : baseline) result.push_back(tie_tolerance(curve.time));
  return result;
}

/// How many times of the curve are at or before `time`.
std::size_t steps_by(const BaselineHazard& baseline, double time) {
  return std::size_t(std::ranges::upper_bound(baseline.time, time) - baseline.time.begin());
}

/// Variance of the cumulative hazard of a patient at entry `t`, in units of his risk squared.
double hazard_variance(const CoxFit& fit, const BaselineHazard& baseline, std::size_t t,
                       const Matrix& covariates, std::size_t patient) {
  std::vector<double> gap(fit.coefficients.size(), 0.0);
  for (std::size_t j = 0; j < gap.size(); ++j)
    if (fit.status[j] == TermStatus::ok)
      gap[j] = (covariates(patient, j) - fit.means[j]) * baseline.at_means[t] -
               baseline.mean_integral(t, j);
  double variance = baseline.variance[t];
  for (std::size_t j = 0; j < gap.size(); ++j)
    for (std::size_t k = 0; k < gap.size(); ++k)
      if (gap[j] != 0 && gap[k] != 0) variance += gap[j] * fit.vcov(j, k) * gap[k];
  return variance;
}

}  // namespace

std::vector<double> risk_scores(const CoxFit& fit, const CoxNewData& patients) {
  std::vector<double> result = linear_predictor(fit, patients.covariates, patients.offset);
  const double centre = linear_predictor_at_means(fit);
  for (double& value : result) value = std::exp(value - centre);
  return result;
}

SurvivalPrediction predict_survival(const CoxFit& fit, std::span<const BaselineHazard> baseline,
                                    const CoxNewData& patients, std::span<const double> times,
                                    double conf_level) {
  const std::size_t rows = patients.covariates.rows;
  const Matrix none(rows, times.size(), undefined);
  SurvivalPrediction result{none, none, none, none};
  const double z = normal_quantile_two_sided(conf_level);
  const std::vector<double> risk = risk_scores(fit, patients);
  const auto tolerances = tolerances_of(baseline);
  for (std::size_t i = 0; i < rows; ++i) {
    const BaselineHazard& curve = baseline[stratum_of(patients, i)];
    for (std::size_t t = 0; t < times.size(); ++t) {
      const double tolerance = tolerances[stratum_of(patients, i)];
      if (curve.time.empty() || times[t] > curve.time.back() + tolerance || std::isnan(risk[i]))
        continue;
      const std::size_t steps = steps_by(curve, times[t] + tolerance);
      const double hazard = steps == 0 ? 0 : risk[i] * curve.at_means[steps - 1];
      if (std::isnan(hazard)) continue;
      const double error =
          steps == 0
              ? 0
              : risk[i] * std::sqrt(hazard_variance(fit, curve, steps - 1, patients.covariates, i));
      result.survival(i, t) = std::exp(-hazard);
      result.std_error(i, t) = std::exp(-hazard) * error;
      result.conf_low(i, t) = std::exp(-hazard - z * error);
      result.conf_high(i, t) = std::exp(std::min(0.0, -hazard + z * error));
    }
  }
  return result;
}

std::vector<double> cumulative_hazards(const CoxFit& fit, std::span<const BaselineHazard> baseline,
                                       const CoxNewData& patients, std::span<const double> times) {
  std::vector<double> result = risk_scores(fit, patients);
  const auto tolerances = tolerances_of(baseline);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::size_t stratum = stratum_of(patients, i);
    const BaselineHazard& curve = baseline[stratum];
    const std::size_t steps = steps_by(curve, times[i] + tolerances[stratum]);
    result[i] = steps == 0 ? 0 : result[i] * curve.at_means[steps - 1];
  }
  return result;
}

}  // namespace radiomics
