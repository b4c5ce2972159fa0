#include "radiomics/statistics/combat.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <Eigen/QR>

#include "radiomics/statistics/combat_prior.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

using Numbers = Eigen::Map<const Eigen::MatrixXd>;

Numbers numbers_of(const Matrix& matrix) {
  return {matrix.values.data(), Eigen::Index(matrix.rows), Eigen::Index(matrix.columns)};
}

std::vector<std::size_t> batch_sizes(std::span<const int> batch) {
  std::vector<std::size_t> sizes;
  for (const int b : batch) {
    assert(b >= 0);
    sizes.resize(std::max(sizes.size(), std::size_t(b) + 1));
    ++sizes[std::size_t(b)];
  }
  return sizes;
}

/// One column of 0 and 1 per batch.
Matrix indicators(std::span<const int> batch, std::size_t batches) {
  Matrix result(batch.size(), batches);
  for (std::size_t i = 0; i < batch.size(); ++i) result(i, std::size_t(batch[i])) = 1;
  return result;
}

/// Whether the patients of some batch all have one value.
bool is_constant_in_a_batch(std::span<const double> values, std::span<const int> batch,
                            std::size_t batches) {
  std::vector<double> first(batches, undefined);
  std::vector<char> varies(batches, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto b = std::size_t(batch[i]);
    if (std::isnan(first[b])) first[b] = values[i];
    varies[b] = varies[b] || values[i] != first[b];
  }
  return std::ranges::find(varies, 0) != varies.end();
}

/// The columns less their means, in units of their largest distance from it; `shifts` and `units`
/// take both. A constant column becomes 0, exactly.
Matrix scaled(const Matrix& covariates, std::vector<double>& shifts, std::vector<double>& units) {
  Matrix result = covariates;
  for (std::size_t j = 0; j < covariates.columns; ++j) {
    Eigen::Map<Eigen::VectorXd> column(result.column(j).data(), Eigen::Index(result.rows));
    const bool constant = column.minCoeff() == column.maxCoeff();
    shifts.push_back(constant ? column[0] : column.mean());
    column.array() -= shifts.back();
    units.push_back(column.cwiseAbs().maxCoeff());
    if (units.back() > 0) column /= units.back();
  }
  return result;
}

/// Means, effects of covariates and residual spread by least squares over all features at once.
/// Covariates are fitted on a scale of their own; the model speaks of theirs.
void fit_location_and_scale(CombatModel& model, const CombatData& data,
                            std::span<const std::size_t> sizes) {
  const std::size_t batches = sizes.size();
  std::vector<double> shifts, units;
  const Matrix covariates = scaled(data.covariates, shifts, units);
  const Matrix design = covariates.columns == 0
                            ? indicators(data.batch, batches)
                            : beside(indicators(data.batch, batches), covariates);
  const Numbers x = numbers_of(design), y = numbers_of(data.features);
  const Eigen::MatrixXd effects = x.householderQr().solve(y);
  const Eigen::MatrixXd residuals = y - x * effects;
  for (Eigen::Index j = 0; j < y.cols(); ++j) {
    double intercept = 0;
    for (std::size_t b = 0; b < batches; ++b)
      intercept += double(sizes[b]) / double(y.rows()) * effects(Eigen::Index(b), j);
    for (std::size_t c = 0; c < covariates.columns; ++c) {
      const double slope = effects(Eigen::Index(batches + c), j) / units[c];
      model.coefficients(c, std::size_t(j)) = slope;
      intercept -= slope * shifts[c];
    }
    model.intercepts.push_back(intercept);
    model.scales.push_back(std::sqrt(residuals.col(j).squaredNorm() / double(y.rows())));
  }
}

/// What the model expects of a patient but for the batch.
double expected(const CombatModel& model, const CombatData& data, std::size_t patient,
                std::size_t feature) {
  double value = model.intercepts[feature];
  for (std::size_t c = 0; c < data.covariates.columns; ++c)
    value += model.coefficients(c, feature) * data.covariates(patient, c);
  return value;
}

double standardised(const CombatModel& model, const CombatData& data, std::size_t patient,
                    std::size_t feature) {
  return (data.features(patient, feature) - expected(model, data, patient, feature)) /
         model.scales[feature];
}

/// A feature that the covariates explain but for rounding errors has no batch effect to estimate.
bool can_be_adjusted(const CombatModel& model, const CombatData& data, std::size_t feature) {
  constexpr double tolerance = 1e-7;
  const auto column = numbers_of(data.features).col(Eigen::Index(feature)).array();
  const double spread = std::sqrt((column - column.mean()).square().mean());
  return model.scales[feature] > tolerance * spread &&
         !is_constant_in_a_batch(data.features.column(feature), data.batch, model.batches);
}

std::vector<std::size_t> adjustable_features(const CombatModel& model, const CombatData& data) {
  std::vector<std::size_t> result;
  for (std::size_t j = 0; j < data.features.columns; ++j)
    if (can_be_adjusted(model, data, j)) result.push_back(j);
  return result;
}

BatchEffects observed_effects(const CombatModel& model, const CombatData& data, int batch,
                              std::span<const std::size_t> features) {
  std::vector<std::size_t> patients;
  for (std::size_t i = 0; i < data.batch.size(); ++i)
    if (data.batch[i] == batch) patients.push_back(i);
  constexpr double smallest_variance = 1e-14;  // where covariates fit a small batch without error
  BatchEffects effects{.patients = patients.size(), .locations = {}, .variances = {}};
  Eigen::VectorXd values(Eigen::Index(patients.size()));
  for (const auto j : features) {
    for (std::size_t i = 0; i < patients.size(); ++i)
      values[Eigen::Index(i)] = standardised(model, data, patients[i], j);
    const double mean = values.mean();
    effects.locations.push_back(mean);
    const double variance = (values.array() - mean).square().sum() / double(patients.size() - 1);
    effects.variances.push_back(std::max(variance, smallest_variance));
  }
  return effects;
}

void fit_batches(CombatModel& model, const CombatData& data, CombatPrior prior,
                 std::span<const std::size_t> features) {
  for (std::size_t b = 0; b < model.batches; ++b) {
    const auto observed = observed_effects(model, data, int(b), features);
    const auto shrunken = prior == CombatPrior::parametric ? shrunken_parametric(observed)
                                                           : shrunken_nonparametric(observed);
    for (std::size_t k = 0; k < features.size(); ++k) {
      model.locations(b, features[k]) = shrunken.locations[k];
      model.variances(b, features[k]) = shrunken.variances[k];
    }
  }
}

CombatProblem problem_of(const CombatData& data, std::span<const std::size_t> sizes) {
  if (sizes.size() < 2) return CombatProblem::one_batch;
  if (std::ranges::any_of(sizes, [](std::size_t size) { return size < 2; }))
    return CombatProblem::small_batch;
  if (data.features.rows <= sizes.size() + data.covariates.columns)
    return CombatProblem::few_patients;
  if (!confounded_covariates(data.batch, data.covariates).empty())
    return CombatProblem::confounded_covariates;
  return CombatProblem::none;
}

/// What of `vector` is not in the span of orthonormal vectors. Twice, since once leaves rounding
/// errors in directions that are nearly parallel.
Eigen::VectorXd remainder(Eigen::VectorXd vector, const std::vector<Eigen::VectorXd>& basis) {
  for (int pass = 0; pass < 2; ++pass)
    for (const auto& direction : basis) vector -= direction.dot(vector) * direction;
  return vector;
}

}  // namespace

std::string_view to_string(CombatProblem problem) {
  switch (problem) {
    case CombatProblem::none:
      return "none";
    case CombatProblem::one_batch:
      return "one_batch";
    case CombatProblem::small_batch:
      return "small_batch";
    case CombatProblem::confounded_covariates:
      return "confounded_covariates";
    case CombatProblem::few_patients:
      return "few_patients";
    case CombatProblem::few_features:
      break;
  }
  return "few_features";
}

CombatModel fit_combat(const CombatData& data, const CombatOptions& options) {
  assert(data.batch.size() == data.features.rows);
  CombatModel model;
  const std::vector<std::size_t> sizes = batch_sizes(data.batch);
  model.problem = problem_of(data, sizes);
  if (model.problem != CombatProblem::none) return model;
  const std::size_t features = data.features.columns;
  model.batches = sizes.size();
  model.coefficients = Matrix(data.covariates.columns, features);
  model.locations = Matrix(sizes.size(), features, 0);
  model.variances = Matrix(sizes.size(), features, 1);
  model.adjusted.assign(features, 0);
  fit_location_and_scale(model, data, sizes);
  const std::vector<std::size_t> adjustable = adjustable_features(model, data);
  if (adjustable.size() < 2) return {.problem = CombatProblem::few_features};
  for (const auto j : adjustable) model.adjusted[j] = 1;
  fit_batches(model, data, options.prior, adjustable);
  return model;
}

CombatResult apply_combat(const CombatModel& model, const CombatData& data) {
  assert(model.problem == CombatProblem::none);
  assert(data.features.columns == model.scales.size());
  CombatResult result{.features = data.features, .unseen = {}};
  for (std::size_t i = 0; i < data.features.rows; ++i) {
    const bool known = data.batch[i] >= 0 && std::size_t(data.batch[i]) < model.batches;
    if (!known) result.unseen.push_back(i);
    for (std::size_t j = 0; j < data.features.columns; ++j) {
      double& value = result.features(i, j);
      if (!known) value = undefined;
      if (!known || !model.adjusted[j]) continue;
      const auto b = std::size_t(data.batch[i]);
      value = expected(model, data, i, j) +
              model.scales[j] * (standardised(model, data, i, j) - model.locations(b, j)) /
                  std::sqrt(model.variances(b, j));
    }
  }
  return result;
}

std::vector<std::size_t> confounded_covariates(std::span<const int> batch,
                                               const Matrix& covariates) {
  constexpr double tolerance = 1e-7;  // R's: of what a column has of its own
  std::vector<double> shifts, units;
  const Matrix columns = scaled(covariates, shifts, units);
  const Matrix batches = indicators(batch, batch_sizes(batch).size());
  std::vector<Eigen::VectorXd> basis;
  for (Eigen::Index b = 0; b < Eigen::Index(batches.columns); ++b)
    basis.push_back(numbers_of(batches).col(b).normalized());
  std::vector<std::size_t> result;
  for (std::size_t j = 0; j < columns.columns; ++j) {
    const Eigen::VectorXd column = numbers_of(columns).col(Eigen::Index(j));
    const Eigen::VectorXd own = remainder(column, basis);
    if (own.norm() > tolerance * column.norm())
      basis.push_back(own.normalized());
    else
      result.push_back(j);
  }
  return result;
}

}  // namespace radiomics
