#include "radiomics/statistics/cox_baseline.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "radiomics/statistics/cox_state.h"

namespace radiomics {
namespace {

double sum_of_inverse_squares(const RiskSum& sum, Ties ties) {
  double result = 0;
  for (int l = 0; l < sum.deaths; ++l) {
    const double denominator = sum.denominator(l, ties);
    result += 1 / (denominator * denominator);
  }
  return result;
}

/// The distinct times of the positions [first, end), ascending.
std::vector<double> times_of(const CoxRiskSets& sets, std::size_t first, std::size_t end) {
  std::vector<double> times(sets.outcome.time.begin() + std::ptrdiff_t(first),
                            sets.outcome.time.begin() + std::ptrdiff_t(end));
  times.erase(std::unique(times.begin(), times.end()), times.end());
  std::ranges::reverse(times);
  return times;
}

/// Sums running over the times of death of a stratum, in units of the centre of the state.
struct Running {
  double hazard = 0;
  double variance = 0;
  std::vector<double> means;
};

void add_death(Running& running, const CoxState& state, const RiskMeans& means, std::size_t k) {
  running.hazard += state.steps[k].survivors;
  running.variance += sum_of_inverse_squares(state.sums[k], state.ties);
  for (std::size_t j = 0; j < running.means.size(); ++j) running.means[j] += means.survivors(k, j);
}

/// Writes entry `t`. `shift`: CoxFit::means less the centre of the state, per term of the state.
void set_entry(BaselineHazard& baseline, std::size_t t, const Running& running,
               const CoxState& state, const std::vector<double>& shift) {
  double predictor = 0;
  for (std::size_t j = 0; j < shift.size(); ++j) predictor += state.coefficients[j] * shift[j];
  const double factor = std::exp(predictor);
  baseline.at_zero[t] = running.hazard * std::exp(-state.predictor_at_centre);
  baseline.at_means[t] = running.hazard * factor;
  baseline.variance[t] = running.variance * factor * factor;
  for (std::size_t j = 0; j < shift.size(); ++j)
    baseline.mean_integral(t, state.terms[j]) =
        factor * (running.means[j] - shift[j] * running.hazard);
}

BaselineHazard empty_baseline(std::vector<double> times, std::size_t terms) {
  BaselineHazard result;
  const std::size_t count = times.size();
  result.time = std::move(times);
  result.at_zero = result.at_means = result.variance = std::vector<double>(count, undefined);
  result.mean_integral = Matrix(count, terms);
  return result;
}

}  // namespace

std::vector<BaselineHazard> cox_baseline(const CoxFit& fit, const CoxData& data) {
  const CoxState state = cox_state(fit, data);
  const RiskMeans means = risk_means(state);
  std::vector<double> shift;
  for (std::size_t j = 0; j < state.terms.size(); ++j)
    shift.push_back(fit.means[state.terms[j]] - state.centre[j]);
  std::vector<BaselineHazard> result;
  std::size_t end_of_deaths = 0;
  for (std::size_t s = 0; s + 1 < state.sets.stratum_starts.size(); ++s) {
    const std::size_t first = state.sets.stratum_starts[s];
    result.push_back(empty_baseline(times_of(state.sets, first, state.sets.stratum_starts[s + 1]),
                                    fit.coefficients.size()));
    std::size_t k = end_of_deaths;
    while (k < state.sets.deaths.size() && state.sets.deaths[k].first == first) ++k;
    const std::size_t begin_of_deaths = std::exchange(end_of_deaths, k);
    if (!is_finite(fit)) continue;
    Running running{0, 0, std::vector<double>(shift.size(), 0.0)};
    for (std::size_t t = 0; t < result[s].time.size(); ++t) {
      if (k > begin_of_deaths && state.sets.deaths[k - 1].time == result[s].time[t])
        add_death(running, state, means, --k);
      set_entry(result[s], t, running, state, shift);
    }
  }
  return result;
}

}  // namespace radiomics
