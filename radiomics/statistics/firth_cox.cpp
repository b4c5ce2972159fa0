#include "radiomics/statistics/firth_cox.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <Eigen/Cholesky>

#include "radiomics/statistics/cox_likelihood.h"

namespace radiomics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// In standard errors; the steps shrink by a factor, so that what is left is about as small.
constexpr double smallest_step = 1e-10;

constexpr double largest_step = 2;  // in standard deviations of a column

/// Risks and their sums with columns, products of two and of three columns.
struct Moments {
  double risk = 0;
  VectorXd first;
  MatrixXd second;
  std::vector<MatrixXd> third;  ///< [j]: products with column j

  explicit Moments(Index columns)
      : first(VectorXd::Zero(columns)),
        second(MatrixXd::Zero(columns, columns)),
        third(std::size_t(columns), MatrixXd::Zero(columns, columns)) {}

  void add(const VectorXd& x, double weight) {
    const MatrixXd product = weight * x * x.transpose();
    risk += weight;
    first += weight * x;
    second += product;
    for (Index j = 0; j < x.size(); ++j) third[std::size_t(j)] += x(j) * product;
  }
};

/// The penalised likelihood at a point.
struct Penalised {
  double log_likelihood = undefined;
  VectorXd gradient;
  MatrixXd information;  ///< of the partial likelihood alone
};

/// The penalised likelihood of standardised columns.
class Likelihood {
 public:
  Likelihood(const CoxData& data, const std::vector<std::size_t>& columns)
      : sets_(cox_risk_sets(data.outcome, data.strata)),
        x_(Index(columns.size()), Index(data.size())),
        offset_(VectorXd::Zero(Index(data.size()))),
        deviation_(Index(columns.size())) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const auto column = data.covariates.column(columns[j]);
      const auto [mean, deviation] = column_scale(column, {});
      deviation_(Index(j)) = deviation;
      for (std::size_t i = 0; i < data.size(); ++i)
        x_(Index(j), Index(i)) = (column[sets_.order[i]] - mean) / deviation;
    }
    for (std::size_t i = 0; i < data.offset.size(); ++i)
      offset_(Index(i)) = data.offset[sets_.order[i]];
  }

  Index columns() const { return x_.rows(); }
  const VectorXd& deviation() const { return deviation_; }

  Penalised at(const VectorXd& coefficients) const {
    const VectorXd predictor = x_.transpose() * coefficients + offset_;
    const double centre = (predictor.minCoeff() + predictor.maxCoeff()) / 2;
    Penalised result{0, VectorXd::Zero(columns()), MatrixXd::Zero(columns(), columns())};
    std::vector<MatrixXd> slopes(std::size_t(columns()), result.information);
    Moments sums(columns());
    for (const DeathTime& death : sets_.deaths) {
      if (death.first_new == death.first) sums = Moments(columns());
      for (std::size_t i = death.first_new; i < death.end; ++i)
        sums.add(x_.col(Index(i)), std::exp(predictor(Index(i)) - centre));
      for (std::size_t i = death.first_death; i < death.end; ++i) {
        result.log_likelihood += predictor(Index(i)) - centre;
        result.gradient += x_.col(Index(i));
      }
      add_time(result, slopes, sums, double(death.end - death.first_death));
    }
    penalise(result, slopes);
    return result;
  }

 private:
  /// `slopes`[j]: the derivative of the information with respect to coefficient j.
  static void add_time(Penalised& result, std::vector<MatrixXd>& slopes, const Moments& sums,
                       double deaths) {
    const VectorXd mean = sums.first / sums.risk;
    const MatrixXd square = sums.second / sums.risk, means = mean * mean.transpose();
    result.log_likelihood -= deaths * std::log(sums.risk);
    result.gradient -= deaths * mean;
    result.information += deaths * (square - means);
    for (Index j = 0; j < mean.size(); ++j) {
      const VectorXd column = square.col(j);
      slopes[std::size_t(j)] +=
          deaths * (sums.third[std::size_t(j)] / sums.risk - mean(j) * square -
                    mean * column.transpose() - column * mean.transpose() + 2 * mean(j) * means);
    }
  }

  /// Where the information is singular the penalty is without bound.
  void penalise(Penalised& result, const std::vector<MatrixXd>& slopes) const {
    const Eigen::LLT<MatrixXd> factor(result.information);
    if (factor.info() != Eigen::Success) {
      result.log_likelihood = -std::numeric_limits<double>::infinity();
      return;
    }
    const MatrixXd lower = factor.matrixL();
    result.log_likelihood += lower.diagonal().array().log().sum();
    for (Index j = 0; j < columns(); ++j)
      result.gradient(j) += factor.solve(slopes[std::size_t(j)]).trace() / 2;
  }

  CoxRiskSets sets_;
  MatrixXd x_;  ///< columns x rows, by position
  VectorXd offset_, deviation_;
};

struct Maximum {
  VectorXd coefficients;
  Penalised value;
  bool converged = false;
};

/// Newton's step, with the information of the partial likelihood, for all but the `fixed` one.
VectorXd scoring_step(const Penalised& point, std::optional<Index> fixed) {
  VectorXd gradient = point.gradient;
  MatrixXd information = point.information;
  if (fixed) {
    information.row(*fixed).setZero();
    information.col(*fixed).setZero();
    information(*fixed, *fixed) = 1;
    gradient(*fixed) = 0;
  }
  VectorXd step = information.ldlt().solve(gradient);
  const double largest = step.cwiseAbs().maxCoeff();
  if (largest > largest_step) step *= largest_step / largest;
  return step;
}

Maximum maximise(const Likelihood& likelihood, const VectorXd& start, std::optional<Index> fixed,
                 int max_iterations) {
  Maximum result{start, likelihood.at(start)};
  for (int iteration = 0; iteration < max_iterations; ++iteration) {
    VectorXd step = scoring_step(result.value, fixed);
    const double length = std::sqrt(step.dot(result.value.information * step));
    result.converged = length < smallest_step;
    if (result.converged) return result;
    const double rounding = 1e-13 * (1 + std::abs(result.value.log_likelihood));
    // The penalty bends the likelihood more than the information says: a step may go too far.
    const auto too_far = [&](const Penalised& there) {
      return !(there.log_likelihood >= result.value.log_likelihood - rounding) ||
             there.gradient.dot(step) < -0.5 * result.value.gradient.dot(step);
    };
    Penalised next = likelihood.at(result.coefficients + step);
    for (int halving = 0; halving < 30 && too_far(next); ++halving) {
      step /= 2;
      next = likelihood.at(result.coefficients + step);
    }
    result.coefficients += step;
    result.value = std::move(next);
  }
  return result;
}

/// The profile of one coefficient around the maximum.
class Profile {
 public:
  Profile(const Likelihood& likelihood, const Maximum& top, Index term, int max_iterations)
      : likelihood_(likelihood), top_(top), term_(term), max_iterations_(max_iterations) {}

  /// Twice what the likelihood falls by where the coefficient is held at `value`.
  double fall(double value) const {
    VectorXd start = top_.coefficients;
    start(term_) = value;
    const Maximum held = maximise(likelihood_, start, term_, max_iterations_);
    return 2 * (top_.value.log_likelihood - held.value.log_likelihood);
  }

  /// Where it has fallen by `target` in the direction of `step`; NaN if it does not.
  double limit(double target, double step) const {
    double inside = top_.coefficients(term_), outside = inside + step;
    for (int doubling = 0; fall(outside) < target; ++doubling, step *= 2) {
      if (doubling == 12) return undefined;
      inside = std::exchange(outside, outside + step);
    }
    return crossing(target, inside, outside);
  }

 private:
  /// Between two points on either side of it, by regula falsi (Illinois).
  double crossing(double target, double a, double b) const {
    double at_a = fall(a) - target, at_b = fall(b) - target;
    for (int i = 0; i < 60 && std::abs(b - a) > 1e-10 * (1 + std::abs(b)); ++i) {
      const double c = (a * at_b - b * at_a) / (at_b - at_a), at_c = fall(c) - target;
      if (at_c == 0) return c;
      if ((at_c > 0) != (at_b > 0)) {
        a = b;
        at_a = at_b;
      } else {
        at_a /= 2;
      }
      b = c;
      at_b = at_c;
      if (std::abs(at_c) < 1e-10) break;
    }
    return b;
  }

  const Likelihood& likelihood_;
  const Maximum& top_;
  Index term_;
  int max_iterations_;
};

FirthCoxFit empty_fit(std::size_t terms) {
  FirthCoxFit fit;
  fit.coefficients.assign(terms, undefined);
  fit.std_errors = fit.conf_low = fit.conf_high = fit.p_values = fit.coefficients;
  fit.vcov = Matrix(terms, terms, undefined);
  return fit;
}

}  // namespace

FirthCoxFit fit_firth_cox(const CoxData& data, const FirthOptions& options) {
  const CoxFit plain = fit_cox(data, {.ties = Ties::breslow});
  FirthCoxFit fit = empty_fit(data.covariates.columns);
  std::vector<std::size_t> columns;
  for (std::size_t j = 0; j < plain.status.size(); ++j)
    if (plain.status[j] != TermStatus::aliased) columns.push_back(j);
  if (columns.empty()) return fit;

  const Likelihood likelihood(data, columns);
  const VectorXd zero = VectorXd::Zero(likelihood.columns());
  const Maximum top = maximise(likelihood, zero, {}, options.max_iterations);
  const MatrixXd inverse =
      top.value.information.ldlt().solve(MatrixXd::Identity(zero.size(), zero.size()));
  const double target = chi_squared_quantile(options.conf_level, 1);
  for (Index j = 0; j < zero.size(); ++j) {
    const std::size_t term = columns[std::size_t(j)];
    const double scale = likelihood.deviation()(j), error = std::sqrt(inverse(j, j));
    const Profile profile(likelihood, top, j, options.max_iterations);
    fit.coefficients[term] = top.coefficients(j) / scale;
    fit.std_errors[term] = error / scale;
    fit.p_values[term] = chi_squared_p(profile.fall(0), 1);
    fit.conf_low[term] = profile.limit(target, -2 * error) / scale;
    fit.conf_high[term] = profile.limit(target, 2 * error) / scale;
    for (Index k = 0; k < zero.size(); ++k)
      fit.vcov(term, columns[std::size_t(k)]) = inverse(j, k) / (scale * likelihood.deviation()(k));
  }
  fit.log_likelihood_null = likelihood.at(zero).log_likelihood;
  fit.log_likelihood = top.value.log_likelihood;
  fit.likelihood_ratio =
      chi_squared_test(2 * (fit.log_likelihood - fit.log_likelihood_null), double(columns.size()));
  fit.converged = top.converged;
  return fit;
}

}  // namespace radiomics
