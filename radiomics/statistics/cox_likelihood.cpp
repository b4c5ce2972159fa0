#include "radiomics/statistics/cox_likelihood.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

#include "radiomics/statistics/cox_exact_ties.h"

namespace radiomics {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ConstRows = Eigen::Map<const Rows>;
using ConstVector = Eigen::Map<const Eigen::VectorXd>;

// exp() of this and its sums over all rows stay finite, and their inverses above 0.
constexpr double largest_exponent = 600;

// Rows that are summed up at once: few enough to stay in the cache, enough for a matrix product.
constexpr std::ptrdiff_t block = 128;

/// Rows whose outer products are summed up.
class OuterProducts {
 public:
  explicit OuterProducts(std::ptrdiff_t columns)
      : rows_(block, columns), sum_(Eigen::MatrixXd::Zero(columns, columns)) {}

  Eigen::Ref<Eigen::RowVectorXd> next() {
    if (used_ == block) flush();
    return rows_.row(used_++);
  }

  /// The lower triangle of the sum.
  const Eigen::MatrixXd& sum() {
    flush();
    return sum_;
  }

 private:
  void flush() {
    if (sum_.size() > 0 && used_ > 0)
      sum_.selfadjointView<Eigen::Lower>().rankUpdate(rows_.topRows(used_).transpose());
    used_ = 0;
  }

  Rows rows_;
  Eigen::MatrixXd sum_;
  std::ptrdiff_t used_ = 0;
};

/// Sum of the outer products of the risk-weighted means of the covariates, one per denominator.
Eigen::MatrixXd products_of_means(const CoxRiskSets& sets, const ConstRows& x,
                                  std::span<const double> risk, std::span<const RiskSum> sums,
                                  Ties ties, std::span<const double> weight) {
  OuterProducts products(x.cols());
  Eigen::RowVectorXd all(x.cols()), dying(x.cols());
  for (std::size_t k = 0; k < sets.deaths.size(); ++k) {
    const DeathTime& death = sets.deaths[k];
    const RiskSum& sum = sums[k];
    if (death.first_new == death.first) all.setZero();
    for (std::size_t i = death.first_new; i < death.first_death; ++i)
      all.noalias() += risk[i] * x.row(Eigen::Index(i));
    dying.setZero();
    for (std::size_t i = death.first_death; i < death.end; ++i)
      dying.noalias() += risk[i] * x.row(Eigen::Index(i));
    all += dying;
    const double root = weight.empty() ? 1 : std::sqrt(weight[k]);
    if (ties != Ties::efron && sum.deaths > 0)
      products.next() = (root * std::sqrt(sum.deaths) / sum.all) * all;
    else
      for (int l = 0; l < sum.deaths; ++l)
        products.next() = (all - sum.fraction(l, ties) * dying) * (root / sum.denominator(l, ties));
  }
  return products.sum();
}

/// Sum of weight x row x row'.
Eigen::MatrixXd weighted_products(const ConstRows& x, std::span<const double> weight) {
  OuterProducts products(x.cols());
  for (std::size_t i = 0; i < weight.size(); ++i)
    if (weight[i] > 0) products.next() = std::sqrt(weight[i]) * x.row(Eigen::Index(i));
  return products.sum();
}

double sum_of_logarithms(std::span<const RiskSum> sums, Ties ties) {
  double result = 0;
  for (const RiskSum& sum : sums)
    for (int l = 0; l < sum.deaths; ++l) result += std::log(sum.denominator(l, ties));
  return result;
}

Matrix symmetric(const Eigen::MatrixXd& lower) {
  Matrix result(std::size_t(lower.rows()), std::size_t(lower.cols()));
  Eigen::Map<Eigen::MatrixXd>(result.values.data(), lower.rows(), lower.cols()) =
      lower.selfadjointView<Eigen::Lower>();
  return result;
}

}  // namespace

ColumnScale column_scale(std::span<const double> column, std::span<const int> counts) {
  const auto count = [counts](std::size_t i) { return counts.empty() ? 1.0 : double(counts[i]); };
  double n = 0, sum = 0, squares = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    n += count(i);
    sum += count(i) * column[i];
  }
  const double mean = n > 0 ? sum / n : 0;
  for (std::size_t i = 0; i < column.size(); ++i)
    squares += count(i) * (column[i] - mean) * (column[i] - mean);
  const double deviation = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
  return {mean, deviation > 1e-14 * std::abs(mean) ? deviation : 0};
}

std::vector<RiskSum> risk_sums(const CoxRiskSets& sets, std::span<const double> risk,
                               std::span<const double> count) {
  std::vector<RiskSum> sums(sets.deaths.size());
  double all = 0;
  for (std::size_t k = 0; k < sums.size(); ++k) {
    const DeathTime& death = sets.deaths[k];
    if (death.first_new == death.first) all = 0;
    for (std::size_t i = death.first_new; i < death.first_death; ++i) all += risk[i];
    for (std::size_t i = death.first_death; i < death.end; ++i) {
      sums[k].dying += risk[i];
      sums[k].deaths += count[i];
    }
    all += sums[k].dying;
    sums[k].all = all;
  }
  return sums;
}

std::vector<HazardStep> hazard_steps(std::span<const RiskSum> sums, Ties ties) {
  std::vector<HazardStep> steps(sums.size());
  for (std::size_t k = 0; k < sums.size(); ++k)
    for (int l = 0; l < sums[k].deaths; ++l) {
      const double inverse = 1 / sums[k].denominator(l, ties);
      steps[k].survivors += inverse;
      steps[k].dying += (1 - sums[k].fraction(l, ties)) * inverse;
    }
  return steps;
}

std::vector<double> expected_events(const CoxRiskSets& sets, std::span<const HazardStep> steps,
                                    std::span<const double> risk) {
  std::vector<double> expected(sets.size(), 0.0);
  double hazard = 0;
  for (std::size_t k = sets.deaths.size(); k-- > 0;) {
    const DeathTime& death = sets.deaths[k];
    const bool earliest = k + 1 == sets.deaths.size() || sets.deaths[k + 1].first != death.first;
    const double before = earliest ? 0 : hazard;
    hazard = before + steps[k].survivors;
    for (std::size_t i = death.first_new; i < death.first_death; ++i)
      expected[i] = risk[i] * hazard;
    for (std::size_t i = death.first_death; i < death.end; ++i)
      expected[i] = risk[i] * (before + steps[k].dying);
  }
  return expected;
}

Matrix weighted_information(const CoxRiskSets& sets, std::span<const double> x,
                            std::span<const double> risk, std::span<const RiskSum> sums, Ties ties,
                            std::span<const double> weight) {
  auto steps = hazard_steps(sums, ties);
  for (std::size_t k = 0; k < weight.size(); ++k) {
    steps[k].survivors *= weight[k];
    steps[k].dying *= weight[k];
  }
  const auto rows = Eigen::Index(risk.size());
  const ConstRows map(x.data(), rows, rows > 0 ? Eigen::Index(x.size()) / rows : 0);
  return symmetric(weighted_products(map, expected_events(sets, steps, risk)) -
                   products_of_means(sets, map, risk, sums, ties, weight));
}

CoxLikelihood::CoxLikelihood(const CoxRiskSets& sets, const Matrix& covariates,
                             const CoxRowTerms& rows, Ties ties)
    : sets_(sets),
      ties_(ties),
      means_(covariates.columns, 0.0),
      deviations_(covariates.columns, 0.0),
      x_(sets.size() * covariates.columns),
      offset_(sets.size(), 0.0),
      count_(sets.size(), 1.0) {
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (!rows.offset.empty()) offset_[i] = rows.offset[sets.order[i]];
    if (!rows.counts.empty()) count_[i] = rows.counts[sets.order[i]];
    rows_ += count_[i];
    events_ += count_[i] * sets.outcome.event[i];
  }
  for (std::size_t j = 0; j < covariates.columns; ++j) {
    const auto [mean, deviation] = column_scale(covariates.column(j), rows.counts);
    means_[j] = mean;
    deviations_[j] = deviation;
    const double factor = deviation > 0 ? 1 / deviation : 0;
    for (std::size_t i = 0; i < sets.size(); ++i)
      x_[i * covariates.columns + j] = (covariates(sets.order[i], j) - mean) * factor;
  }
}

std::vector<double> CoxLikelihood::centred_predictor(std::span<const double> coefficients) const {
  std::vector<double> predictor = offset_;
  if (predictor.empty()) return predictor;
  Eigen::Map<Eigen::VectorXd> eta(predictor.data(), Eigen::Index(predictor.size()));
  if (columns() > 0)
    eta.noalias() += ConstRows(x_.data(), eta.size(), Eigen::Index(columns())) *
                     ConstVector(coefficients.data(), Eigen::Index(columns()));
  const double centre = eta.minCoeff() / 2 + eta.maxCoeff() / 2;
  eta = (eta.array() - centre).max(-largest_exponent).min(largest_exponent);
  return predictor;
}

CoxDerivatives CoxLikelihood::tied_derivatives(std::span<const double> predictor) const {
  std::vector<double> risk(predictor.size());
  for (std::size_t i = 0; i < risk.size(); ++i) risk[i] = count_[i] * std::exp(predictor[i]);
  const auto sums = risk_sums(sets_, risk, count_);
  const auto expected = expected_events(sets_, hazard_steps(sums, ties_), risk);
  const ConstRows x(x_.data(), Eigen::Index(risk.size()), Eigen::Index(columns()));
  std::vector<double> residual(risk.size());
  for (std::size_t i = 0; i < risk.size(); ++i)
    residual[i] = count_[i] * sets_.outcome.event[i] - expected[i];
  CoxDerivatives result;
  result.log_likelihood = -sum_of_logarithms(sums, ties_);
  result.gradient.resize(columns());
  Eigen::Map<Eigen::VectorXd>(result.gradient.data(), x.cols()).noalias() =
      x.transpose() * ConstVector(residual.data(), x.rows());
  result.information = weighted_information(sets_, x_, risk, sums, ties_);
  return result;
}

CoxDerivatives CoxLikelihood::derivatives(std::span<const double> coefficients) const {
  const std::vector<double> predictor = centred_predictor(coefficients);
  CoxDerivatives result = ties_ == Ties::exact ? exact_derivatives(sets_, x_, count_, predictor)
                                               : tied_derivatives(predictor);
  for (std::size_t i = 0; i < sets_.size(); ++i)
    if (sets_.outcome.event[i]) result.log_likelihood += count_[i] * predictor[i];
  return result;
}

}  // namespace radiomics
