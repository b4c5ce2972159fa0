#include "radiomics/statistics/fine_gray.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Dense>

#include "radiomics/statistics/newton.h"
#include "radiomics/statistics/wald_test.h"

namespace radiomics {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// The patients of one time, in order of time: [begin, end).
struct TimeBlock {
  double time = 0;
  Index begin = 0;
  Index end = 0;
  int events = 0;
  int censored = 0;
  double uncensored = 1;    ///< G just before the time
  Index events_before = 0;  ///< how many blocks with events come before it

  Index events_by() const { return events_before + (events > 0); }
};

/// The patients sorted by time, with what does not depend on the coefficients.
struct Ordered {
  std::vector<TimeBlock> blocks;
  std::vector<char> event;      ///< of the cause
  std::vector<char> competing;  ///< of the other one
  MatrixXd x;                   ///< standardised, patients x terms
  Index event_times = 0;

  Index size() const { return x.rows(); }
};

std::vector<TimeBlock> blocks_of(const std::vector<double>& times, const Ordered& ordered) {
  std::vector<TimeBlock> blocks;
  const auto n = Index(times.size());
  double uncensored = 1;
  Index event_times = 0;
  for (Index i = 0; i < n;) {
    TimeBlock block{.time = times[std::size_t(i)], .begin = i};
    for (; i < n && times[std::size_t(i)] == block.time; ++i) {
      block.events += ordered.event[std::size_t(i)];
      block.censored += !ordered.event[std::size_t(i)] && !ordered.competing[std::size_t(i)];
    }
    block.end = i;
    block.uncensored = uncensored;
    block.events_before = event_times;
    uncensored *= 1 - block.censored / double(n - block.begin);
    event_times = block.events_by();
    blocks.push_back(block);
  }
  return blocks;
}

Ordered ordered_by_time(const CompetingRisksData& data, const Matrix& standardised, int cause) {
  std::vector<std::size_t> order(data.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&data](std::size_t i) { return data.time[i]; });
  const Matrix x = rows_of(standardised, order);
  Ordered result;
  std::vector<double> times;
  for (const auto i : order) {
    times.push_back(data.time[i]);
    result.event.push_back(data.cause[i] == cause);
    result.competing.push_back(data.cause[i] != 0 && data.cause[i] != cause);
  }
  result.x = MatrixXd::Map(x.values.data(), Index(x.rows), Index(x.columns));
  result.blocks = blocks_of(times, result);
  result.event_times = result.blocks.empty() ? 0 : result.blocks.back().events_by();
  return result;
}

/// The weighted risk sets at given coefficients, one entry per time of events.
struct RiskSets {
  ArrayXd risk;      ///< exp of the linear predictor of each patient, divided by its largest
  double shift = 0;  ///< logarithm of that largest
  ArrayXd hazard;    ///< events / sum of risks: jump of the baseline hazard
  MatrixXd mean;     ///< terms x times: weighted mean of the covariates
  double log_likelihood = 0;
  VectorXd score;
};

/// Sums of risk and of risk x covariates over one block, above each other.
VectorXd sums_of(const Ordered& data, const ArrayXd& risk, const TimeBlock& block, bool departed) {
  VectorXd sums = VectorXd::Zero(data.x.cols() + 1);
  for (Index i = block.begin; i < block.end; ++i) {
    if (departed && !data.competing[std::size_t(i)]) continue;
    sums(0) += risk(i);
    sums.tail(data.x.cols()) += risk(i) * data.x.row(i).transpose();
  }
  return sums;
}

/// Column k: the sums over the risk set of the k-th time of events. Those still under observation
/// are added up from the end, those who stay by their weight from the start.
MatrixXd risk_set_sums(const Ordered& data, const ArrayXd& risk) {
  MatrixXd sums(data.x.cols() + 1, data.event_times);
  VectorXd running = VectorXd::Zero(sums.rows());
  for (auto block = data.blocks.rbegin(); block != data.blocks.rend(); ++block) {
    running += sums_of(data, risk, *block, false);
    if (block->events > 0) sums.col(block->events_before) = running;
  }
  running.setZero();
  for (const auto& block : data.blocks) {
    if (block.events > 0) sums.col(block.events_before) += block.uncensored * running;
    running += sums_of(data, risk, block, true) / block.uncensored;
  }
  return sums;
}

RiskSets risk_sets(const Ordered& data, const VectorXd& coefficients) {
  const ArrayXd predictor = (data.x * coefficients).array();
  RiskSets result;
  result.shift = predictor.size() > 0 ? predictor.maxCoeff() : 0;
  result.risk = (predictor - result.shift).exp();
  const MatrixXd sums = risk_set_sums(data, result.risk);
  result.mean = sums.bottomRows(data.x.cols()) * sums.row(0).cwiseInverse().asDiagonal();
  result.hazard.resize(data.event_times);
  result.score = VectorXd::Zero(data.x.cols());
  for (const auto& block : data.blocks) {
    if (block.events == 0) continue;
    const Index k = block.events_before;
    result.hazard(k) = block.events / sums(0, k);
    result.log_likelihood -= block.events * (std::log(sums(0, k)) + result.shift);
    result.score -= block.events * result.mean.col(k);
    for (Index i = block.begin; i < block.end; ++i)
      if (data.event[std::size_t(i)]) {
        result.log_likelihood += predictor(i);
        result.score += data.x.row(i).transpose();
      }
  }
  return result;
}

/// Row k: the sum of the first k rows of `values`.
MatrixXd sums_before(const MatrixXd& values) {
  MatrixXd sums = MatrixXd::Zero(values.rows() + 1, values.cols());
  for (Index k = 0; k < values.rows(); ++k) sums.row(k + 1) = sums.row(k) + values.row(k);
  return sums;
}

/// Row k: the sum of the rows from k on.
MatrixXd sums_from(const MatrixXd& values) {
  MatrixXd sums = MatrixXd::Zero(values.rows() + 1, values.cols());
  for (Index k = values.rows(); k-- > 0;) sums.row(k) = sums.row(k + 1) + values.row(k);
  return sums;
}

/// Integrals over the baseline hazard: of 1 in column 0, of the mean covariates in the others.
struct HazardIntegrals {
  MatrixXd until;     ///< row k: over the first k times of events
  MatrixXd weighted;  ///< row k: over all but these, of G times that

  HazardIntegrals(const Ordered& data, const RiskSets& sets) {
    MatrixXd jumps(data.event_times, data.x.cols() + 1);
    jumps.col(0) = sets.hazard;
    jumps.rightCols(data.x.cols()) = sets.hazard.matrix().asDiagonal() * sets.mean.transpose();
    until = sums_before(jumps);
    for (const auto& block : data.blocks)
      if (block.events > 0) jumps.row(block.events_before) *= block.uncensored;
    weighted = sums_from(jumps);
  }

  /// What a patient of `block` goes through.
  VectorXd of_patient(const TimeBlock& block, bool competing) const {
    VectorXd result = until.row(block.events_by());
    if (competing) result += weighted.row(block.events_by()) / block.uncensored;
    return result;
  }
};

MatrixXd information(const Ordered& data, const RiskSets& sets) {
  const HazardIntegrals integrals(data, sets);
  VectorXd weight(data.size());
  for (const auto& block : data.blocks)
    for (Index i = block.begin; i < block.end; ++i)
      weight(i) =
          sets.risk(i) * integrals.of_patient(block, data.competing[std::size_t(i)] != 0)(0);
  MatrixXd result = data.x.transpose() * weight.asDiagonal() * data.x;
  for (const auto& block : data.blocks)
    if (block.events > 0) {
      const auto mean = sets.mean.col(block.events_before);
      result -= block.events * mean * mean.transpose();
    }
  return result;
}

LocalLikelihood likelihood_at(const Ordered& data, std::span<const double> parameters) {
  const RiskSets sets = risk_sets(data, VectorXd::Map(parameters.data(), Index(parameters.size())));
  LocalLikelihood at{sets.log_likelihood,
                     {sets.score.begin(), sets.score.end()},
                     Matrix(parameters.size(), parameters.size())};
  MatrixXd::Map(at.information.values.data(), data.x.cols(), data.x.cols()) =
      information(data, sets);
  return at;
}

/// Rows: what each patient adds to the score, G taken as known.
MatrixXd score_residuals(const Ordered& data, const RiskSets& sets,
                         const HazardIntegrals& integrals) {
  MatrixXd residuals(data.size(), data.x.cols());
  for (const auto& block : data.blocks)
    for (Index i = block.begin; i < block.end; ++i) {
      const VectorXd passed = integrals.of_patient(block, data.competing[std::size_t(i)] != 0);
      const VectorXd x = data.x.row(i);
      VectorXd residual = -sets.risk(i) * (x * passed(0) - passed.tail(x.size()));
      if (data.event[std::size_t(i)]) residual += x - sets.mean.col(block.events_before);
      residuals.row(i) = residual;
    }
  return residuals;
}

/// Adds what each patient contributes through the estimate of G: how strongly a censoring changes
/// the weights of the patients who stay after a competing event before it.
void add_censoring_residuals(MatrixXd& residuals, const Ordered& data, const RiskSets& sets,
                             const HazardIntegrals& integrals) {
  const Index terms = data.x.cols();
  VectorXd staying = VectorXd::Zero(terms + 1);
  VectorXd compensator = VectorXd::Zero(terms);
  for (const auto& block : data.blocks) {
    const double at_risk = double(data.size() - block.begin);
    const VectorXd later = integrals.weighted.row(block.events_before);
    const VectorXd change =
        (staying.tail(terms) * later(0) - staying(0) * later.tail(terms)) / at_risk;
    compensator += change * (block.censored / at_risk);
    for (Index i = block.begin; i < block.end; ++i) {
      residuals.row(i) -= compensator;
      if (!data.event[std::size_t(i)] && !data.competing[std::size_t(i)])
        residuals.row(i) += change;
    }
    staying += sums_of(data, sets.risk, block, true) / block.uncensored;
  }
}

/// Of standardised parameters.
struct Covariances {
  MatrixXd inverse;  ///< of the information
  MatrixXd robust;
};

Covariances covariances(const Ordered& data, const RiskSets& sets, const Maximum& maximum) {
  const HazardIntegrals integrals(data, sets);
  MatrixXd residuals = score_residuals(data, sets, integrals);
  add_censoring_residuals(residuals, data, sets, integrals);
  const Index count = data.x.cols();
  const MatrixXd information = MatrixXd::Map(maximum.at.information.values.data(), count, count);
  const MatrixXd inverse = information.ldlt().solve(MatrixXd::Identity(count, count));
  const MatrixXd influence = residuals * inverse;
  return {inverse, influence.transpose() * influence};
}

/// Writes what was found for the terms that are not aliased, on the scale of the covariates. What
/// is infinite shows in the inverse of the information: the robust error does not grow with it.
void report_terms(FineGrayFit& fit, const std::vector<std::size_t>& kept, const Maximum& maximum,
                  const Covariances& covariances, const StandardisedColumns& columns,
                  const std::vector<double>& own) {
  for (std::size_t a = 0; a < kept.size(); ++a) {
    const double error = std::sqrt(covariances.inverse(Index(a), Index(a)));
    const bool infinite = is_infinite(maximum.parameters[a], error, own[a]);
    fit.status[kept[a]] = infinite ? TermStatus::infinite : TermStatus::ok;
  }
  const auto is_ok = [&](std::size_t a) { return fit.status[kept[a]] == TermStatus::ok; };
  for (std::size_t a = 0; a < kept.size(); ++a) {
    if (!is_ok(a)) continue;
    const double scale = columns.scales[kept[a]];
    fit.coefficients[kept[a]] = maximum.parameters[a] / scale;
    fit.std_errors[kept[a]] = std::sqrt(covariances.robust(Index(a), Index(a))) / scale;
    for (std::size_t b = 0; b < kept.size(); ++b) {
      if (!is_ok(b)) continue;
      const double scales = scale * columns.scales[kept[b]];
      fit.vcov(kept[a], kept[b]) = covariances.robust(Index(a), Index(b)) / scales;
      fit.information(kept[a], kept[b]) = maximum.at.information(a, b) * scales;
    }
  }
}

Test wald_test_of(const FineGrayFit& fit) {
  if (std::ranges::count(fit.status, TermStatus::infinite) > 0) return {};
  std::vector<std::size_t> terms(fit.status.size());
  std::iota(terms.begin(), terms.end(), std::size_t{0});
  return wald_test(fit.coefficients, fit.vcov, terms);
}

void report_baseline(FineGrayFit& fit, const Ordered& data, const RiskSets& sets,
                     double predictor_at_means) {
  const double factor = std::exp(-sets.shift - predictor_at_means);
  for (const auto& block : data.blocks)
    if (block.events > 0) {
      fit.baseline_time.push_back(block.time);
      fit.baseline_jump.push_back(sets.hazard(block.events_before) * factor);
    }
}

FineGrayFit nothing_estimated(const CompetingRisksData& data, std::size_t terms, int cause) {
  return {.coefficients = std::vector<double>(terms, undefined),
          .std_errors = std::vector<double>(terms, undefined),
          .status = std::vector<TermStatus>(terms, TermStatus::aliased),
          .vcov = Matrix(terms, terms, undefined),
          .information = Matrix(terms, terms, undefined),
          .n = data.size(),
          .events = data.events(cause),
          .competing_events = data.events(3 - cause),
          .baseline_time = {},
          .baseline_jump = {}};
}

}  // namespace

FineGrayFit fit_fine_gray(const CompetingRisksData& data, const Matrix& covariates,
                          const FineGrayOptions& options) {
  FineGrayFit fit = nothing_estimated(data, covariates.columns, options.cause);
  if (fit.events == 0) return fit;
  const StandardisedColumns columns = standardised_columns(covariates);
  Ordered ordered = ordered_by_time(data, columns.values, options.cause);
  fit.last_time = ordered.blocks.back().time;

  const LocalLikelihood null = likelihood_at(ordered, std::vector<double>(covariates.columns));
  const std::vector<std::size_t> kept = independent_parameters(null.information);
  ordered.x = MatrixXd(ordered.x(Eigen::all, kept));
  const Maximum maximum =
      maximise([&ordered](std::span<const double> at) { return likelihood_at(ordered, at); },
               kept.size(), options.max_iterations);
  fit.log_likelihood_null = null.value;
  fit.log_likelihood = maximum.at.value;
  fit.iterations = maximum.iterations;
  fit.converged = maximum.converged;
  fit.likelihood_ratio =
      chi_squared_test(2 * (fit.log_likelihood - fit.log_likelihood_null), double(kept.size()));

  const RiskSets sets = risk_sets(
      ordered, VectorXd::Map(maximum.parameters.data(), Index(maximum.parameters.size())));
  report_terms(fit, kept, maximum, covariances(ordered, sets, maximum), columns,
               own_parts(likelihood_at(ordered, std::vector<double>(kept.size())).information));
  fit.wald = wald_test_of(fit);
  double predictor_at_means = 0;
  for (std::size_t a = 0; a < kept.size(); ++a)
    predictor_at_means += maximum.parameters[a] / columns.scales[kept[a]] * columns.means[kept[a]];
  report_baseline(fit, ordered, sets, predictor_at_means);
  return fit;
}

double predicted_incidence(const FineGrayFit& fit, std::span<const double> covariates,
                           double time) {
  if (!fit.converged || time > fit.last_time + tie_tolerance(fit.baseline_time)) return undefined;
  double predictor = 0;
  for (std::size_t j = 0; j < covariates.size(); ++j) {
    if (fit.status[j] == TermStatus::infinite) return undefined;
    if (fit.status[j] == TermStatus::ok) predictor += fit.coefficients[j] * covariates[j];
  }
  const auto events =
      std::ranges::upper_bound(fit.baseline_time, time + tie_tolerance(fit.baseline_time)) -
      fit.baseline_time.begin();
  const double hazard =
      std::accumulate(fit.baseline_jump.begin(), fit.baseline_jump.begin() + events, 0.0);
  return -std::expm1(-hazard * std::exp(predictor));
}

}  // namespace radiomics
