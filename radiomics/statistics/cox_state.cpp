#include "radiomics/statistics/cox_state.h"

#include <algorithm>
#include <cmath>

namespace radiomics {
namespace {

/// The weights of the l-th mean of a time in the three sums of RiskMeans.
void add_mean(RiskMeans& means, std::size_t k, std::size_t j, double mean, const RiskSum& sum,
              double l, Ties ties) {
  const double inverse = 1 / sum.denominator(l, ties);
  means.average(k, j) += mean / sum.deaths;
  means.survivors(k, j) += mean * inverse;
  means.dying(k, j) += mean * inverse * (1 - sum.fraction(l, ties));
}

}  // namespace

bool is_finite(const CoxFit& fit) {
  return std::ranges::find(fit.status, TermStatus::infinite) == fit.status.end();
}

CoxState cox_state(const CoxFit& fit, const CoxData& data) {
  CoxState state;
  state.sets = cox_risk_sets(data.outcome, data.strata);
  state.ties = fit.ties == Ties::exact ? Ties::breslow : fit.ties;
  for (std::size_t j = 0; j < fit.status.size(); ++j)
    if (fit.status[j] == TermStatus::ok) state.terms.push_back(j);
  const std::size_t rows = data.size(), columns = state.terms.size();
  state.x.resize(rows * columns);
  std::vector<double> predictor(rows, 0.0);
  for (std::size_t j = 0; j < columns; ++j) {
    const auto column = data.covariates.column(state.terms[j]);
    state.centre.push_back(column_scale(column, {}).mean);
    state.coefficients.push_back(fit.coefficients[state.terms[j]]);
    state.predictor_at_centre += state.coefficients[j] * state.centre[j];
    for (std::size_t i = 0; i < rows; ++i) {
      const double x = column[state.sets.order[i]] - state.centre[j];
      state.x[i * columns + j] = x;
      predictor[i] += state.coefficients[j] * x;
    }
  }
  for (std::size_t i = 0; i < rows; ++i) {
    const double offset = data.offset.empty() ? 0 : data.offset[state.sets.order[i]];
    state.risk.push_back(std::exp(predictor[i] + offset));
  }
  state.sums = risk_sums(state.sets, state.risk, std::vector<double>(rows, 1.0));
  state.steps = hazard_steps(state.sums, state.ties);
  return state;
}

RiskMeans risk_means(const CoxState& state) {
  const std::size_t times = state.sets.deaths.size(), columns = state.terms.size();
  RiskMeans means{Matrix(times, columns), Matrix(times, columns), Matrix(times, columns)};
  std::vector<double> all(columns), dying(columns);
  for (std::size_t k = 0; k < times; ++k) {
    const DeathTime& death = state.sets.deaths[k];
    const RiskSum& sum = state.sums[k];
    if (death.first_new == death.first) std::ranges::fill(all, 0.0);
    std::ranges::fill(dying, 0.0);
    for (std::size_t i = death.first_new; i < death.end; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        (i < death.first_death ? all : dying)[j] += state.risk[i] * state.x[i * columns + j];
    for (std::size_t j = 0; j < columns; ++j) {
      all[j] += dying[j];
      for (int l = 0; l < sum.deaths; ++l) {
        const double total = all[j] - sum.fraction(l, state.ties) * dying[j];
        add_mean(means, k, j, total / sum.denominator(l, state.ties), sum, l, state.ties);
      }
    }
  }
  return means;
}

Matrix covariances(const CoxState& state, const Matrix& vcov) {
  Matrix result(state.terms.size(), state.terms.size());
  for (std::size_t j = 0; j < state.terms.size(); ++j)
    for (std::size_t k = 0; k < state.terms.size(); ++k)
      result(j, k) = vcov(state.terms[j], state.terms[k]);
  return result;
}

}  // namespace radiomics
