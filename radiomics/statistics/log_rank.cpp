#include "radiomics/statistics/log_rank.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include <Eigen/QR>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Patients = std::vector<std::size_t>;

/// Sums up one time: `at_risk` and `deaths` per group, deaths weighted.
void add_time(LogRankTest& test, const std::vector<int>& at_risk, const std::vector<int>& deaths,
              double weight) {
  const double n = std::accumulate(at_risk.begin(), at_risk.end(), 0);
  const double d = std::accumulate(deaths.begin(), deaths.end(), 0);
  const std::size_t count = at_risk.size();
  const double spread = n > 1 ? weight * weight * d * (n - d) / (n * n * (n - 1)) : 0;
  for (std::size_t g = 0; g < count; ++g) {
    test.observed[g] += weight * deaths[g];
    test.expected[g] += weight * d * at_risk[g] / n;
    for (std::size_t h = 0; h < count; ++h)
      test.variance[g * count + h] += spread * at_risk[g] * ((g == h ? n : 0.0) - at_risk[h]);
  }
}

/// `patients` of one stratum, sorted by time.
void add_stratum(LogRankTest& test, const SurvivalData& data, std::span<const int> groups,
                 const Patients& patients) {
  std::vector<int> at_risk(test.n.size());
  for (const auto i : patients) ++at_risk[std::size_t(groups[i])];
  double survival = 1, left = double(patients.size());
  for (std::size_t k = 0; k < patients.size();) {
    const double time = data.time[patients[k]];
    std::vector<int> deaths(at_risk.size()), leaving(at_risk.size());
    int all_deaths = 0, all_leaving = 0;
    for (; k < patients.size() && data.time[patients[k]] == time; ++k, ++all_leaving) {
      const auto g = std::size_t(groups[patients[k]]);
      ++leaving[g];
      deaths[g] += data.event[patients[k]];
      all_deaths += data.event[patients[k]];
    }
    if (all_deaths > 0) add_time(test, at_risk, deaths, std::pow(survival, test.rho));
    survival *= 1 - all_deaths / left;
    left -= all_leaving;
    for (std::size_t g = 0; g < at_risk.size(); ++g) at_risk[g] -= leaving[g];
  }
}

/// The differences sum to 0, so the first of the groups that remain is left out.
void compute_statistic(LogRankTest& test) {
  std::vector<std::size_t> kept;
  for (std::size_t g = 0; g < test.n.size(); ++g)
    if (test.expected[g] > 0) kept.push_back(g);
  const auto size = Eigen::Index(kept.size()) - 1;
  if (size > 0) {
    Eigen::VectorXd difference(size);
    Eigen::MatrixXd variance(size, size);
    for (Eigen::Index r = 0; r < size; ++r) {
      const auto g = kept[std::size_t(r) + 1];
      difference(r) = test.observed[g] - test.expected[g];
      for (Eigen::Index c = 0; c < size; ++c)
        variance(r, c) = test.variance[g * test.n.size() + kept[std::size_t(c) + 1]];
    }
    Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> solver;
    solver.setThreshold(1e-10);  // far above rounding, far below any pivot of real counts
    solver.compute(variance);
    test.df = int(solver.rank());
    test.statistic = test.df > 0 ? difference.dot(solver.solve(difference)) : 0;
  }
  test.p_value = chi_squared_p(test.statistic, test.df);
}

}  // namespace

LogRankTest log_rank(const SurvivalData& data, std::span<const int> groups, int group_count,
                     std::span<const int> strata, double rho) {
  assert(groups.size() == data.size() && (strata.empty() || strata.size() == data.size()));
  const auto count = std::size_t(group_count);
  LogRankTest test;
  test.rho = rho;
  test.n.resize(count);
  test.observed.resize(count);
  test.expected.resize(count);
  test.variance.resize(count * count);
  for (const int group : groups) ++test.n[std::size_t(group)];
  for (const auto& patients : strata_by_time(data.time, strata))
    add_stratum(test, data, groups, patients);
  compute_statistic(test);
  return test;
}

Test log_rank_trend(const LogRankTest& test, std::span<const double> scores) {
  assert(scores.size() == test.n.size());
  const std::size_t count = scores.size();
  double middle = 0;  // rows of the variance sum to 0: near the middle less is lost to rounding
  for (const double score : scores) middle += score / double(count);
  double sum = 0, variance = 0, scale = 0;
  for (std::size_t g = 0; g < count; ++g) {
    const double score = scores[g] - middle;
    sum += score * (test.observed[g] - test.expected[g]);
    scale += score * score * test.variance[g * count + g];
    for (std::size_t h = 0; h < count; ++h)
      variance += score * (scores[h] - middle) * test.variance[g * count + h];
  }
  if (!(variance > 1e-10 * scale)) return {};  // as the threshold of the statistic
  return chi_squared_test(sum * sum / variance, 1);
}

}  // namespace radiomics
