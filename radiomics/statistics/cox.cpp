#include "radiomics/statistics/cox.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include <Eigen/Cholesky>

#include "radiomics/statistics/cox_likelihood.h"
#include "radiomics/statistics/newton.h"

namespace radiomics {
namespace {

// What is left of a column beside those before it, relative to the column, where it is rounding.
constexpr double alias_tolerance = 1e-11;

// Twice the gain of log-likelihood that Newton's step promises. It is the square of the distance in
// standard errors; the next is about the square of that.
constexpr double near = 1e-12, exact_enough = 1e-20;

/// A point of the search, in the coefficients of the estimable columns.
struct Point {
  Eigen::VectorXd coefficients;
  double log_likelihood = undefined;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd information;
  std::optional<Eigen::LLT<Eigen::MatrixXd>> factor;  // nothing without an estimable column

  bool is_regular() const { return factor && factor->info() == Eigen::Success; }
  Eigen::VectorXd step() const { return factor->solve(gradient); }
};

/// The columns that are not linear combinations of those before them, by a Cholesky decomposition
/// in the order of the columns. `events`: about the diagonal of columns that tell something.
std::vector<std::size_t> independent_columns(const Matrix& information, double events) {
  const std::size_t count = information.columns;
  Matrix lower(count, count);
  std::vector<std::size_t> kept;
  for (std::size_t j = 0; j < count; ++j) {
    double pivot = information(j, j);
    for (const std::size_t k : kept) {
      double value = information(j, k);
      for (const std::size_t l : kept)
        if (l < k) value -= lower(j, l) * lower(k, l);
      lower(j, k) = value / lower(k, k);
      pivot -= lower(j, k) * lower(j, k);
    }
    if (!(pivot > alias_tolerance * information(j, j) &&
          information(j, j) > alias_tolerance * events))
      continue;
    lower(j, j) = std::sqrt(pivot);
    kept.push_back(j);
  }
  return kept;
}

/// Newton's method on the estimable columns.
class Search {
 public:
  Search(const CoxLikelihood& likelihood, int max_iterations)
      : likelihood_(likelihood), max_iterations_(max_iterations) {
    const auto null = likelihood.derivatives(std::vector<double>(likelihood.columns(), 0.0));
    columns_ = independent_columns(null.information, likelihood.events());
    start_ = point(null, Eigen::VectorXd::Zero(Eigen::Index(columns_.size())));
    end_ = start_;
    run();
  }

  const std::vector<std::size_t>& columns() const { return columns_; }
  const Point& start() const { return start_; }
  const Point& end() const { return end_; }
  int iterations() const { return iterations_; }
  bool converged() const { return converged_; }

 private:
  Point point(const CoxDerivatives& derivatives, const Eigen::VectorXd& coefficients) const {
    const auto size = Eigen::Index(columns_.size());
    Point result;
    result.coefficients = coefficients;
    result.log_likelihood = derivatives.log_likelihood;
    result.gradient.resize(size);
    result.information.resize(size, size);
    for (Eigen::Index j = 0; j < size; ++j) {
      result.gradient(j) = derivatives.gradient[columns_[std::size_t(j)]];
      for (Eigen::Index k = 0; k < size; ++k)
        result.information(j, k) =
            derivatives.information(columns_[std::size_t(j)], columns_[std::size_t(k)]);
    }
    if (size > 0) result.factor.emplace(result.information);
    return result;
  }

  Point at(const Eigen::VectorXd& coefficients) const {
    std::vector<double> all(likelihood_.columns(), 0.0);
    for (std::size_t j = 0; j < columns_.size(); ++j)
      all[columns_[j]] = coefficients(Eigen::Index(j));
    return point(likelihood_.derivatives(all), coefficients);
  }

  /// Goes along `step`, or half of it, until the likelihood does not fall; false if it always does.
  bool advance(Eigen::VectorXd step) {
    const double rounding = 1e-12 * (1 + std::abs(end_.log_likelihood));
    for (int halving = 0; halving < 40; ++halving, step /= 2) {
      Point next = at(end_.coefficients + step);
      if (!(next.log_likelihood >= end_.log_likelihood - rounding)) continue;
      // Far out on a likelihood that rises for ever its curvature drowns in rounding.
      if (!next.is_regular()) continue;
      end_ = std::move(next);
      return true;
    }
    return false;
  }

  void run() {
    if (columns_.empty()) {
      converged_ = likelihood_.columns() == 0 || likelihood_.events() > 0;
      return;
    }
    bool last = false;
    while (end_.is_regular() && !last && iterations_ < max_iterations_) {
      const Eigen::VectorXd step = end_.step();
      const double gain = step.dot(end_.gradient);
      converged_ = gain < near;
      if (gain < exact_enough) return;
      last = converged_;
      ++iterations_;
      if (!advance(step)) return;
    }
    converged_ = converged_ || (end_.is_regular() && end_.step().dot(end_.gradient) < near);
  }

  const CoxLikelihood& likelihood_;
  int max_iterations_;
  std::vector<std::size_t> columns_;
  Point start_, end_;
  int iterations_ = 0;
  bool converged_ = false;
};

/// Columns of -1, 0 and 1 are contrasts: their natural centre is 0.
double reported_mean(std::span<const double> column, double mean) {
  const bool is_contrast =
      std::ranges::all_of(column, [](double x) { return x == -1 || x == 0 || x == 1; });
  return is_contrast ? 0 : mean;
}

Eigen::MatrixXd inverse_information(const Point& point) {
  const auto size = point.gradient.size();
  return point.factor->solve(Eigen::MatrixXd::Identity(size, size));
}

std::vector<double> own_parts_at(const Point& null) {
  Matrix information(std::size_t(null.gradient.size()), std::size_t(null.gradient.size()));
  Eigen::MatrixXd::Map(information.values.data(), null.gradient.size(), null.gradient.size()) =
      null.information;
  return own_parts(information);
}

/// Coefficients, errors and covariances, back on the scale of the columns.
void set_terms(CoxFit& fit, const Search& search, const std::vector<double>& deviations) {
  const auto& columns = search.columns();
  const Point& end = search.end();
  if (columns.empty()) return;
  const Eigen::MatrixXd inverse = inverse_information(end);
  const auto own = own_parts_at(search.start());
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const double coefficient = end.coefficients(Eigen::Index(j));
    const double error = std::sqrt(inverse(Eigen::Index(j), Eigen::Index(j)));
    const bool infinite = is_infinite(coefficient, error, own[j]);
    fit.status[columns[j]] = infinite ? TermStatus::infinite : TermStatus::ok;
    if (infinite) continue;
    fit.coefficients[columns[j]] = coefficient / deviations[columns[j]];
    fit.std_errors[columns[j]] = error / deviations[columns[j]];
  }
  for (std::size_t j = 0; j < columns.size(); ++j)
    for (std::size_t k = 0; k < columns.size(); ++k)
      if (fit.status[columns[j]] == TermStatus::ok && fit.status[columns[k]] == TermStatus::ok)
        fit.vcov(columns[j], columns[k]) = inverse(Eigen::Index(j), Eigen::Index(k)) /
                                           (deviations[columns[j]] * deviations[columns[k]]);
}

void set_tests(CoxFit& fit, const Search& search) {
  const Point &start = search.start(), &end = search.end();
  fit.log_likelihood_null = start.log_likelihood;
  fit.log_likelihood = end.log_likelihood;
  fit.likelihood_ratio = chi_squared_test(2 * (end.log_likelihood - start.log_likelihood), fit.df);
  if (fit.df == 0 || !start.is_regular()) return;
  fit.score = chi_squared_test(start.gradient.dot(start.step()), fit.df);
  if (std::ranges::find(fit.status, TermStatus::infinite) == fit.status.end())
    fit.wald = chi_squared_test(end.coefficients.dot(end.information * end.coefficients), fit.df);
}

}  // namespace

std::string_view to_string(Ties ties) {
  switch (ties) {
    case Ties::efron:
      return "efron";
    case Ties::breslow:
      return "breslow";
    case Ties::exact:
      return "exact";
  }
  return "";
}

CoxData rows_of(const CoxData& data, std::span<const std::size_t> rows) {
  CoxData part{subset(data.outcome, rows), rows_of(data.covariates, rows)};
  for (const auto row : rows) {
    if (!data.strata.empty()) part.strata.push_back(data.strata[row]);
    if (!data.offset.empty()) part.offset.push_back(data.offset[row]);
  }
  return part;
}

CoxData with_columns(const CoxData& data, std::span<const std::size_t> columns) {
  return {data.outcome, columns_of(data.covariates, columns), data.strata, data.offset};
}

CoxFit fit_cox(const CoxRiskSets& sets, const Matrix& covariates, const CoxRowTerms& rows,
               const CoxOptions& options) {
  const CoxLikelihood likelihood(sets, covariates, rows, options.ties);
  const Search search(likelihood, options.max_iterations);
  const std::size_t terms = covariates.columns;
  CoxFit fit;
  fit.coefficients.assign(terms, undefined);
  fit.std_errors.assign(terms, undefined);
  fit.status.assign(terms, TermStatus::aliased);
  fit.vcov = Matrix(terms, terms, undefined);
  for (std::size_t j = 0; j < terms; ++j)
    fit.means.push_back(reported_mean(covariates.column(j), likelihood.means()[j]));
  fit.n = std::size_t(likelihood.rows());
  fit.events = int(likelihood.events());
  fit.df = int(search.columns().size());
  fit.iterations = search.iterations();
  fit.converged = search.converged();
  fit.ties = options.ties;
  set_terms(fit, search, likelihood.deviations());
  set_tests(fit, search);
  return fit;
}

bool has_term(const CoxFit& fit, TermStatus status) {
  return std::ranges::find(fit.status, status) != fit.status.end();
}

CoxFit fit_cox(const CoxData& data, const CoxOptions& options) {
  return fit_cox(cox_risk_sets(data.outcome, data.strata), data.covariates, {.offset = data.offset},
                 options);
}

double cox_log_likelihood(const CoxData& data, std::span<const double> coefficients, Ties ties) {
  const CoxRiskSets sets = cox_risk_sets(data.outcome, data.strata);
  std::vector<double> offset = data.offset;
  offset.resize(data.size(), 0.0);
  for (std::size_t j = 0; j < coefficients.size(); ++j)
    for (std::size_t i = 0; i < offset.size(); ++i)
      offset[i] += coefficients[j] * data.covariates(i, j);
  const Matrix none(data.size(), 0);
  return CoxLikelihood(sets, none, {.offset = offset}, ties).derivatives({}).log_likelihood;
}

std::vector<double> linear_predictor(const CoxFit& fit, const Matrix& covariates,
                                     std::span<const double> offset) {
  std::vector<double> predictor(offset.begin(), offset.end());
  predictor.resize(covariates.rows, 0.0);
  for (std::size_t j = 0; j < covariates.columns; ++j) {
    if (std::isnan(fit.coefficients[j])) continue;
    const auto column = covariates.column(j);
    for (std::size_t i = 0; i < predictor.size(); ++i)
      predictor[i] += fit.coefficients[j] * column[i];
  }
  return predictor;
}

double linear_predictor_at_means(const CoxFit& fit) {
  double sum = 0;
  for (std::size_t j = 0; j < fit.means.size(); ++j)
    if (!std::isnan(fit.coefficients[j])) sum += fit.coefficients[j] * fit.means[j];
  return sum;
}

}  // namespace radiomics
