#include "radiomics/statistics/cox_residuals.h"

#include <algorithm>
#include <cmath>

#include "radiomics/statistics/cox_state.h"

namespace radiomics {
namespace {

double deviance_residual(double martingale, double expected, bool event) {
  // The logarithm's argument is the expected number itself: no digits are lost in event - residual.
  const double inside = martingale + (event ? std::log(expected) : 0.0);
  return std::copysign(std::sqrt(std::max(0.0, -2 * inside)), martingale);
}

/// Score residuals by position, one column per term of the state.
Matrix score_by_position(const CoxState& state, const std::vector<double>& expected) {
  const RiskMeans means = risk_means(state);
  const std::size_t columns = state.terms.size();
  Matrix score(state.sets.size(), columns);
  for (std::size_t j = 0; j < columns; ++j) {
    double before = 0;
    for (std::size_t k = state.sets.deaths.size(); k-- > 0;) {
      const DeathTime& death = state.sets.deaths[k];
      if (k + 1 == state.sets.deaths.size() || state.sets.deaths[k + 1].first != death.first)
        before = 0;
      const double after = before + means.survivors(k, j);
      for (std::size_t i = death.first_new; i < death.end; ++i) {
        const bool dies = i >= death.first_death;
        const double x = state.x[i * columns + j];
        const double integral = dies ? before + means.dying(k, j) : after;
        score(i, j) =
            (dies ? x - means.average(k, j) : 0.0) - expected[i] * x + state.risk[i] * integral;
      }
      before = after;
    }
  }
  return score;
}

void set_scores(CoxResiduals& result, const CoxState& state, const Matrix& score,
                const CoxFit& fit) {
  const Matrix vcov = covariances(state, fit.vcov);
  for (std::size_t i = 0; i < score.rows; ++i)
    for (std::size_t j = 0; j < score.columns; ++j) {
      const std::size_t patient = state.sets.order[i];
      result.score(patient, state.terms[j]) = score(i, j);
      double sum = 0;
      for (std::size_t k = 0; k < score.columns; ++k) sum += score(i, k) * vcov(k, j);
      result.dfbeta(patient, state.terms[j]) = sum;
    }
}

}  // namespace

CoxResiduals cox_residuals(const CoxFit& fit, const CoxData& data) {
  const std::vector<double> none(data.size(), undefined);
  const Matrix no_terms(data.size(), fit.coefficients.size(), undefined);
  CoxResiduals result{none, none, none, no_terms, no_terms};
  if (!is_finite(fit)) return result;
  const CoxState state = cox_state(fit, data);
  const auto expected = expected_events(state.sets, state.steps, state.risk);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::size_t patient = state.sets.order[i];
    const bool event = state.sets.outcome.event[i] != 0;
    result.expected[patient] = expected[i];
    result.martingale[patient] = event - expected[i];
    result.deviance[patient] = deviance_residual(event - expected[i], expected[i], event);
  }
  set_scores(result, state, score_by_position(state, expected), fit);
  return result;
}

SchoenfeldResiduals schoenfeld_residuals(const CoxFit& fit, const CoxData& data) {
  SchoenfeldResiduals result;
  const CoxState state = cox_state(fit, data);
  const RiskMeans means = risk_means(state);
  const Matrix vcov = covariances(state, fit.vcov);
  const std::size_t columns = state.terms.size();
  const auto events = std::size_t(data.outcome.events());
  result.residuals = result.scaled = Matrix(events, fit.coefficients.size(), undefined);
  const bool finite = is_finite(fit);
  std::size_t row = 0;
  for (std::size_t s = 0, after = 0; s + 1 < state.sets.stratum_starts.size(); ++s) {
    const std::size_t begin = after;
    while (after < means.average.rows &&
           state.sets.deaths[after].first == state.sets.stratum_starts[s])
      ++after;
    for (std::size_t k = after; k-- > begin;)
      for (std::size_t i = state.sets.deaths[k].first_death; i < state.sets.deaths[k].end; ++i) {
        result.patient.push_back(state.sets.order[i]);
        result.time.push_back(state.sets.deaths[k].time);
        for (std::size_t j = 0; finite && j < columns; ++j)
          result.residuals(row, state.terms[j]) = state.x[i * columns + j] - means.average(k, j);
        ++row;
      }
  }
  for (row = 0; finite && row < events; ++row)
    for (std::size_t j = 0; j < columns; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < columns; ++k)
        sum += result.residuals(row, state.terms[k]) * vcov(k, j);
      result.scaled(row, state.terms[j]) = double(events) * sum + state.coefficients[j];
    }
  return result;
}

std::vector<InfluentialPatient> most_influential(const CoxFit& fit, const CoxResiduals& residuals,
                                                 std::size_t count) {
  std::vector<InfluentialPatient> all;
  for (std::size_t i = 0; i < residuals.dfbeta.rows; ++i) {
    InfluentialPatient one{.patient = i};
    for (std::size_t j = 0; j < residuals.dfbeta.columns; ++j) {
      const double dfbeta = residuals.dfbeta(i, j), standardised = dfbeta / fit.std_errors[j];
      if (std::abs(standardised) > std::abs(one.standardised)) one = {i, j, dfbeta, standardised};
    }
    if (one.standardised != 0) all.push_back(one);
  }
  std::ranges::stable_sort(all, [](const auto& a, const auto& b) {
    return std::abs(a.standardised) > std::abs(b.standardised);
  });
  all.resize(std::min(count, all.size()));
  return all;
}

}  // namespace radiomics
