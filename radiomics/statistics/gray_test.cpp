#include "radiomics/statistics/gray_test.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include <Eigen/Dense>

#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Patients = std::vector<std::size_t>;

/// Who fails at one time, per group.
struct Failures {
  ArrayXd own;
  ArrayXd competing;

  explicit Failures(Index groups) : own(ArrayXd::Zero(groups)), competing(own) {}
};

/// The score of one stratum and its variance, time by time.
///
/// The score is a sum over time of noise in each group: once directly, and once through what the
/// noise does to the estimates that weigh all later times. The second part is proportional to the
/// difference between the sensitivity at the end and that at the time, so its products with the
/// final sensitivity are collected apart and put together by variance().
class GrayStratum {
 public:
  explicit GrayStratum(const ArrayXd& sizes)
      : groups_(sizes.size()),
        at_risk_(sizes),
        survival_(ArrayXd::Ones(groups_)),
        incidence_(ArrayXd::Zero(groups_)),
        score_(VectorXd::Zero(groups_)),
        sensitivity_(MatrixXd::Zero(groups_, groups_)),
        direct_(sensitivity_),
        mixed_(sensitivity_),
        delayed_(ArrayXd::Zero(groups_)) {}

  void add(const Failures& failures) {
    // Who would be at risk of the subdistribution event had nobody been censored.
    const ArrayXd uncensored = (at_risk_ > 0).select(at_risk_ / survival_, 0.0);
    const double all_uncensored = uncensored.sum(), events = failures.own.sum();
    const ArrayXd risk = uncensored * (1 - incidence_);
    const double pooled = pooled_ + events / all_uncensored;
    const ArrayXd rate = (at_risk_ > 0).select(1 / at_risk_, 0.0);
    const ArrayXd after = survival_ * (1 - (failures.own + failures.competing) * rate);
    const MatrixXd spread = MatrixXd(uncensored.matrix().asDiagonal()) -
                            uncensored.matrix() * uncensored.matrix().transpose() / all_uncensored;
    if (events > 0) {
      sensitivity_ += spread * (events / (all_uncensored * (1 - pooled_)));
      score_ += (failures.own - risk * (events / risk.sum())).matrix();
    }
    for (Index k = 0; k < groups_; ++k) {
      if (at_risk_(k) <= 0) continue;
      const double weight = after(k) > 0 ? (1 - pooled) / after(k) : 0;
      if (events > 0) {
        const double expected = all_uncensored * survival_(k);
        const double ties = events > 1 ? 1 - (events - 1) / (expected - 1) : 1;
        const double noise = ties * survival_(k) * events / (all_uncensored * at_risk_(k));
        add_noise(k, 1 - weight, spread.col(k), noise);
      }
      const double d = failures.competing(k), n = at_risk_(k);
      if (d > 0 && after(k) > 0) {
        const double ties = d > 1 ? 1 - (d - 1) / (n - 1) : 1;
        add_noise(k, weight, VectorXd::Zero(groups_), ties * std::pow(survival_(k) / n, 2) * d);
      }
    }
    incidence_ += survival_ * failures.own * rate;
    survival_ = after;
    pooled_ = pooled;
  }
  void leave(const ArrayXd& patients) { at_risk_ -= patients; }

  const VectorXd& score() const { return score_; }
  MatrixXd variance() const {
    const MatrixXd cross = mixed_ * sensitivity_.transpose();
    return direct_ + cross + cross.transpose() +
           sensitivity_ * delayed_.matrix().asDiagonal() * sensitivity_.transpose();
  }

 private:
  void add_noise(Index group, double delayed, const VectorXd& direct, double noise) {
    const VectorXd now = direct - delayed * sensitivity_.col(group);
    direct_ += noise * now * now.transpose();
    mixed_.col(group) += noise * delayed * now;
    delayed_(group) += noise * delayed * delayed;
  }

  Index groups_;
  // just before the time that comes next, per group
  ArrayXd at_risk_, survival_, incidence_;
  double pooled_ = 0;  ///< incidence of all groups under the null hypothesis
  VectorXd score_;
  MatrixXd sensitivity_, direct_, mixed_;
  ArrayXd delayed_;
};

GrayStratum walk(const CompetingRisksData& data, int cause, std::span<const int> groups,
                 Index group_count, const Patients& patients) {
  ArrayXd sizes = ArrayXd::Zero(group_count);
  for (const auto i : patients) ++sizes(groups[i]);
  GrayStratum stratum(sizes);
  for (std::size_t k = 0; k < patients.size();) {
    const double time = data.time[patients[k]];
    Failures failures(group_count);
    ArrayXd leaving = ArrayXd::Zero(group_count);
    for (; k < patients.size() && data.time[patients[k]] == time; ++k) {
      const auto i = patients[k];
      ++leaving(groups[i]);
      if (data.cause[i] != 0)
        ++(data.cause[i] == cause ? failures.own : failures.competing)(groups[i]);
    }
    if (failures.own.any() || failures.competing.any()) stratum.add(failures);
    stratum.leave(leaving);
  }
  return stratum;
}

/// The scores sum to 0, so the first group of those that have patients is left out.
void compute_statistic(GrayTest& test, const VectorXd& score, const MatrixXd& variance) {
  std::vector<Index> kept;
  for (std::size_t g = 0; g < test.n.size(); ++g)
    if (test.n[g] > 0) kept.push_back(Index(g));
  if (kept.size() > 1) {
    kept.erase(kept.begin());
    const VectorXd difference = score(kept);
    Eigen::CompleteOrthogonalDecomposition<MatrixXd> solver;
    solver.setThreshold(1e-10);  // far above rounding, far below any pivot of real counts
    solver.compute(variance(kept, kept));
    test.df = int(solver.rank());
    test.statistic = test.df > 0 ? difference.dot(solver.solve(difference)) : 0;
  }
  test.p_value = chi_squared_p(test.statistic, test.df);
}

}  // namespace

GrayTest gray_test(const CompetingRisksData& data, int cause, std::span<const int> groups,
                   int group_count, std::span<const int> strata) {
  assert(groups.size() == data.size() && (strata.empty() || strata.size() == data.size()));
  const auto count = std::size_t(group_count);
  GrayTest test{.n = std::vector<int>(count), .score = {}, .variance = Matrix(count, count)};
  for (const int group : groups) ++test.n[std::size_t(group)];
  VectorXd score = VectorXd::Zero(group_count);
  MatrixXd variance = MatrixXd::Zero(group_count, group_count);
  for (const auto& patients : strata_by_time(data.time, strata)) {
    if (patients.empty()) continue;
    const GrayStratum stratum = walk(data, cause, groups, group_count, patients);
    score += stratum.score();
    variance += stratum.variance();
  }
  compute_statistic(test, score, variance);
  test.score.assign(score.begin(), score.end());
  MatrixXd::Map(test.variance.values.data(), group_count, group_count) = variance;
  return test;
}

}  // namespace radiomics
