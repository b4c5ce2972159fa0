#include "radiomics/statistics/cox_exact_ties.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/Core>

namespace radiomics {
namespace {

/// The sum over all subsets of some size of the product of their members' risks, and what its first
/// and second derivatives are.
struct SubsetSum {
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;

  explicit SubsetSum(Eigen::Index columns)
      : gradient(Eigen::VectorXd::Zero(columns)),
        hessian(Eigen::MatrixXd::Zero(columns, columns)) {}

  /// Subsets that hold a new member: those of one member less, with it.
  void add(const SubsetSum& smaller, double risk, const Eigen::VectorXd& x) {
    hessian.noalias() += risk * smaller.hessian;
    hessian.noalias() += risk * smaller.gradient * x.transpose();
    hessian.noalias() += risk * x * smaller.gradient.transpose();
    hessian.noalias() += risk * smaller.value * x * x.transpose();
    gradient += risk * (smaller.gradient + smaller.value * x);
    value += risk * smaller.value;
  }
};

/// All of one data set.
struct Rows {
  std::span<const double> x, count, predictor;
  Eigen::Index columns;

  Eigen::VectorXd row(std::size_t i) const {
    return Eigen::Map<const Eigen::VectorXd>(x.data() + i * std::size_t(columns), columns);
  }
};

/// Of the subsets of `size` of the rows from `first` to `end`, risks multiplied by `factor`.
SubsetSum sum_over_subsets(const Rows& rows, const DeathTime& death, std::size_t size,
                           double factor) {
  std::vector<SubsetSum> sums(size + 1, SubsetSum(rows.columns));
  sums[0].value = 1;
  std::size_t members = 0;
  for (std::size_t i = death.first; i < death.end; ++i) {
    const Eigen::VectorXd x = rows.row(i);
    const double risk = factor * std::exp(rows.predictor[i]);
    for (int copy = 0; copy < rows.count[i]; ++copy) {
      ++members;
      for (std::size_t k = std::min(members, size); k > 0; --k) sums[k].add(sums[k - 1], risk, x);
    }
  }
  return sums[size];
}

double risk_at(const Rows& rows, const DeathTime& death) {
  double sum = 0;
  for (std::size_t i = death.first; i < death.end; ++i)
    sum += rows.count[i] * std::exp(rows.predictor[i]);
  return sum;
}

}  // namespace

CoxDerivatives exact_derivatives(const CoxRiskSets& sets, std::span<const double> x,
                                 std::span<const double> count, std::span<const double> predictor) {
  const auto columns = Eigen::Index(sets.size() > 0 ? x.size() / sets.size() : 0);
  const Rows rows{x, count, predictor, columns};
  CoxDerivatives result;
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(columns);
  Eigen::MatrixXd information = Eigen::MatrixXd::Zero(columns, columns);
  for (const DeathTime& death : sets.deaths) {
    double size = 0;
    for (std::size_t i = death.first_death; i < death.end; ++i) {
      size += count[i];
      gradient += count[i] * rows.row(i);
    }
    if (size == 0) continue;
    // Keeps the sums between 1 and exp(size), about.
    const double factor = size / risk_at(rows, death);
    const SubsetSum sum = sum_over_subsets(rows, death, std::size_t(size), factor);
    const Eigen::VectorXd mean = sum.gradient / sum.value;
    result.log_likelihood += size * std::log(factor) - std::log(sum.value);
    gradient -= mean;
    information += sum.hessian / sum.value - mean * mean.transpose();
  }
  result.gradient.assign(gradient.data(), gradient.data() + columns);
  result.information = Matrix(std::size_t(columns), std::size_t(columns));
  std::ranges::copy(information.reshaped(), result.information.values.begin());
  return result;
}

}  // namespace radiomics
