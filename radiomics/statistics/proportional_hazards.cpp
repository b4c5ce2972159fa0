#include "radiomics/statistics/proportional_hazards.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Cholesky>
#include <Eigen/QR>

#include "radiomics/statistics/cox_state.h"
#include "radiomics/statistics/kaplan_meier.h"

namespace radiomics {
namespace {

using Map = Eigen::Map<const Eigen::MatrixXd>;

/// 1 - S just before each of the times.
std::vector<double> deaths_before(const SurvivalData& outcome, std::span<const double> times) {
  const auto curve = kaplan_meier(outcome);
  std::vector<double> result;
  for (const double time : times) {
    const auto before = std::ranges::lower_bound(curve.table.time, time) - curve.table.time.begin();
    result.push_back(before == 0 ? 0 : 1 - curve.estimate[std::size_t(before - 1)]);
  }
  return result;
}

std::vector<double> mean_ranks(const SurvivalData& outcome, std::span<const double> times) {
  std::vector<double> all = outcome.time;
  std::ranges::sort(all);
  std::vector<double> result;
  for (const double time : times) {
    const auto first = std::ranges::lower_bound(all, time),
               last = std::ranges::upper_bound(all, time);
    result.push_back(double((first - all.begin()) + 1 + (last - all.begin())) / 2);
  }
  return result;
}

/// The score and the information of slopes, given that the coefficients are estimated as well.
struct SlopeScore {
  Eigen::VectorXd score;
  Eigen::MatrixXd constant, mixed, slope;  ///< information; mixed: constant terms x slopes
};

/// `g`: not negative, one per time of death. Neither its origin nor its unit matters to the tests.
SlopeScore slope_score(const CoxState& state, const std::vector<double>& g) {
  const std::size_t columns = state.terms.size();
  const RiskMeans means = risk_means(state);
  SlopeScore result;
  result.score = Eigen::VectorXd::Zero(Eigen::Index(columns));
  for (std::size_t k = 0; k < g.size(); ++k)
    for (std::size_t i = state.sets.deaths[k].first_death; i < state.sets.deaths[k].end; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        result.score(Eigen::Index(j)) += g[k] * (state.x[i * columns + j] - means.average(k, j));
  std::vector<double> squares(g);
  for (double& value : squares) value *= value;
  const auto information = [&](std::span<const double> weight) {
    const Matrix sum =
        weighted_information(state.sets, state.x, state.risk, state.sums, state.ties, weight);
    return Eigen::MatrixXd(Map(sum.values.data(), Eigen::Index(columns), Eigen::Index(columns)));
  };
  result.constant = information({});
  result.mixed = information(g);
  result.slope = information(squares);
  return result;
}

/// The score test that the slopes of those terms are 0.
Test score_test(const SlopeScore& all, const Eigen::MatrixXd& adjusted,
                const std::vector<Eigen::Index>& terms) {
  if (terms.empty()) return {};
  const auto size = Eigen::Index(terms.size());
  Eigen::MatrixXd information(size, size);
  Eigen::VectorXd score(size);
  for (Eigen::Index j = 0; j < size; ++j) {
    score(j) = all.score(terms[std::size_t(j)]);
    for (Eigen::Index k = 0; k < size; ++k)
      information(j, k) = adjusted(terms[std::size_t(j)], terms[std::size_t(k)]);
  }
  // One time of death, or a term that only one of them tells about, leaves nothing to test.
  const Eigen::VectorXd scale = information.diagonal().cwiseMax(1e-300).cwiseSqrt();
  for (Eigen::Index j = 0; j < size; ++j)
    if (!(information(j, j) > 1e-10 * all.slope(terms[std::size_t(j)], terms[std::size_t(j)])))
      return {};
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> factor(
      scale.cwiseInverse().asDiagonal() * information * scale.cwiseInverse().asDiagonal());
  if (factor.rank() < size) return {};
  const Eigen::VectorXd scaled = score.cwiseQuotient(scale);
  return chi_squared_test(scaled.dot(factor.solve(scaled)), double(size));
}

/// The transform at each time of death, from 0 to 1; empty if undefined.
std::vector<double> transform_of_deaths(const CoxState& state, const SurvivalData& outcome,
                                        TimeTransform transform) {
  std::vector<double> times;
  for (const DeathTime& death : state.sets.deaths) times.push_back(death.time);
  std::vector<double> g = transformed_times(outcome, times, transform);
  if (g.empty() || !std::ranges::all_of(g, [](double value) { return std::isfinite(value); }))
    return {};
  const auto [low, high] = std::ranges::minmax(g);
  for (double& value : g) value = high > low ? (value - low) / (high - low) : 0;
  return g;
}

}  // namespace

std::string_view to_string(TimeTransform transform) {
  switch (transform) {
    case TimeTransform::km:
      return "km";
    case TimeTransform::rank:
      return "rank";
    case TimeTransform::identity:
      return "identity";
    case TimeTransform::log:
      return "log";
  }
  return "";
}

std::vector<double> transformed_times(const SurvivalData& outcome, std::span<const double> times,
                                      TimeTransform transform) {
  std::vector<double> result(times.begin(), times.end());
  if (transform == TimeTransform::km) return deaths_before(outcome, times);
  if (transform == TimeTransform::rank) return mean_ranks(outcome, times);
  if (transform == TimeTransform::log)
    for (double& time : result) time = std::log(time);
  return result;
}

ProportionalHazardsTest test_proportional_hazards(const CoxFit& fit, const CoxData& data,
                                                  TimeTransform transform,
                                                  std::span<const int> variable) {
  const std::size_t terms = fit.coefficients.size();
  std::vector<int> variables(variable.begin(), variable.end());
  if (variables.empty()) {
    variables.resize(terms);
    std::iota(variables.begin(), variables.end(), 0);
  }
  ProportionalHazardsTest result;
  result.per_term.resize(terms);
  result.per_variable.resize(terms == 0 ? 0 : std::size_t(1 + std::ranges::max(variables)));
  const CoxState state = cox_state(fit, data);
  const std::vector<double> g = transform_of_deaths(state, data.outcome, transform);
  if (!is_finite(fit) || g.empty() || state.terms.empty()) return result;

  const SlopeScore all = slope_score(state, g);
  const Eigen::MatrixXd adjusted =
      all.slope - all.mixed.transpose() * all.constant.llt().solve(all.mixed);
  std::vector<Eigen::Index> every;
  std::vector<std::vector<Eigen::Index>> groups(result.per_variable.size());
  for (std::size_t j = 0; j < state.terms.size(); ++j) {
    result.per_term[state.terms[j]] = score_test(all, adjusted, {Eigen::Index(j)});
    groups[std::size_t(variables[state.terms[j]])].push_back(Eigen::Index(j));
    every.push_back(Eigen::Index(j));
  }
  for (std::size_t v = 0; v < groups.size(); ++v)
    result.per_variable[v] = score_test(all, adjusted, groups[v]);
  result.global = score_test(all, adjusted, every);
  return result;
}

}  // namespace radiomics
