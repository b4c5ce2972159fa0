// What has to be looked at beside a fitted Cox model, and what it predicts.

#include <algorithm>
#include <cmath>

#include "radiomics/cohort/new_patients.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/cox_predict.h"
#include "radiomics/survival/cox_fitting.h"

namespace radiomics {
namespace {

constexpr std::size_t influential_patients = 5;

/// The variable of each column, numbered from 0.
std::vector<int> variable_numbers(const ModelFrame& frame) {
  std::vector<int> numbers;
  for (std::size_t v = 0; v + 1 < frame.first_column.size(); ++v)
    numbers.insert(numbers.end(), frame.first_column[v + 1] - frame.first_column[v], int(v));
  return numbers;
}

void test_hazards(const ModelFrame& frame, const CoxData& data, const CoxFit& fit,
                  CoxModelResult& result) {
  const auto variables = variable_numbers(frame);
  for (const auto transform :
       {TimeTransform::km, TimeTransform::rank, TimeTransform::identity, TimeTransform::log})
    result.proportional_hazards.push_back(
        {transform, test_proportional_hazards(fit, data, transform, variables)});
  result.schoenfeld = schoenfeld_residuals(fit, data);
}

HorizonSurvival survival_at(const SurvivalPrediction& prediction, std::size_t row, std::size_t t,
                            double time) {
  return {time,
          {prediction.survival(row, t), prediction.std_error(row, t), prediction.conf_low(row, t),
           prediction.conf_high(row, t)}};
}

void average_patients(const ModelFrame& frame, const CoxFit& fit, const CoxModelOptions& options,
                      CoxModelResult& result) {
  const auto& times = options.common.horizons;
  Matrix means(result.baseline.size(), fit.means.size());
  std::vector<int> strata;
  for (std::size_t s = 0; s < means.rows; ++s) {
    for (std::size_t j = 0; j < means.columns; ++j) means(s, j) = fit.means[j];
    strata.push_back(int(s));
  }
  const auto prediction =
      predict_survival(fit, result.baseline, {means, strata, {}}, times, options.common.conf_level);
  for (std::size_t s = 0; s < means.rows; ++s) {
    if (result.baseline[s].time.empty()) continue;
    AverageSurvival average{.stratum = frame.strata_labels.empty() ? "" : frame.strata_labels[s]};
    for (std::size_t t = 0; t < times.size(); ++t)
      average.horizons.push_back(survival_at(prediction, s, t, times[t]));
    result.average.push_back(average);
  }
}

void warn_of_follow_up(const ModelFrame& frame, const CoxModelOptions& options,
                       CoxModelResult& result) {
  for (std::size_t s = 0; s < result.baseline.size(); ++s) {
    const auto& times = result.baseline[s].time;
    std::vector<double> beyond;
    for (const double time : options.common.horizons)
      if (!times.empty() && time > times.back() + tie_tolerance(times)) beyond.push_back(time);
    if (beyond.empty()) continue;
    const std::string who =
        frame.strata_labels.empty() ? "" : "stratum '" + one_line(frame.strata_labels[s]) + "' ";
    result.warnings.push_back({.code = WarningCode::beyond_follow_up,
                               .message = frame.endpoint + ": " + who + "was followed to " +
                                          to_text(times.back()) + ": nothing is predicted at " +
                                          join(beyond, ", "),
                               .endpoint = frame.endpoint});
  }
}

}  // namespace

void add_diagnostics(const Cohort& cohort, const ModelFrame& frame, const CoxData& data,
                     const FittedCox& fitted, CoxModelResult& result) {
  const CoxFit& fit = fitted.fit;
  // The score is not 0 at Firth's estimates, which the tests of the slopes take for granted.
  if (!fitted.firth) test_hazards(frame, data, fit, result);
  result.strata_labels = frame.strata_labels;
  result.baseline = cox_baseline(fit, data);
  result.residuals = {.ids = ids_of(cohort, frame.patients),
                      .linear_predictor = linear_predictor(fit, data.covariates),
                      .centre = linear_predictor_at_means(fit),
                      .residuals = cox_residuals(fit, data)};
  if (result.has_infinite_term())
    std::ranges::fill(result.residuals.linear_predictor, undefined);
  else
    result.influential = most_influential(fit, result.residuals.residuals, influential_patients);
}

void add_predictions(const Cohort* newdata, const ModelFrame& frame, const FittedCox& fitted,
                     const CoxModelOptions& options, CoxModelResult& result) {
  const auto& times = options.common.horizons;
  average_patients(frame, fitted.fit, options, result);
  warn_of_follow_up(frame, options, result);
  if (!newdata) return;
  NewPatients patients = new_patients(*newdata, frame, options.request(), options.common.factors);
  for (int& stratum : patients.strata) stratum = std::max(stratum, 0);
  const CoxNewData asked{patients.covariates, patients.strata, {}};
  const auto risks = risk_scores(fitted.fit, asked);
  const auto prediction =
      predict_survival(fitted.fit, result.baseline, asked, times, options.common.conf_level);
  const bool defined = !result.has_infinite_term();
  for (std::size_t i = 0; i < patients.size(); ++i) {
    const bool known = defined && patients.complete[i];
    NewPatientPrediction one{.risk = known ? risks[i] : undefined};
    for (std::size_t t = 0; t < times.size(); ++t)
      one.horizons.push_back(known ? survival_at(prediction, i, t, times[t])
                                   : HorizonSurvival{.time = times[t]});
    result.predictions.push_back(one);
  }
}

}  // namespace radiomics
