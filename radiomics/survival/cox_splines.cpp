// Variables that enter a Cox model as splines: whether they are needed, and what they look like.

#include <algorithm>
#include <cmath>

#include "radiomics/statistics/rubin.h"
#include "radiomics/statistics/sample_quantile.h"
#include "radiomics/statistics/spline_effect.h"
#include "radiomics/statistics/wald_test.h"
#include "radiomics/survival/cox_fitting.h"

namespace radiomics {
namespace {

constexpr int curve_points = 101;
constexpr double outer_part = 0.025;  ///< of the patients that lie beyond each end of the curve

std::vector<std::size_t> columns_of_spline(const ModelFrame& frame, const std::string& variable) {
  std::vector<std::size_t> columns;
  for (std::size_t j = 0; j < frame.terms.size(); ++j)
    if (frame.terms[j].variable == variable) columns.push_back(j);
  return columns;
}

/// The model against the one without some columns: the likelihood ratio, or Wald's test where there
/// is no likelihood to compare (clusters, a penalty).
Test test_without(const std::vector<std::size_t>& columns, const CoxData& data,
                  const FittedCox& fitted) {
  if (fitted.firth || !fitted.clusters.empty())
    return wald_test(fitted.fit.coefficients, fitted.vcov, columns);
  std::vector<std::size_t> kept;
  for (std::size_t j = 0; j < data.covariates.columns; ++j)
    if (std::ranges::find(columns, j) == columns.end()) kept.push_back(j);
  const CoxFit smaller = fit_cox(with_columns(data, kept), {.ties = fitted.fit.ties});
  return chi_squared_test(2 * (fitted.fit.log_likelihood - smaller.log_likelihood),
                          fitted.fit.df - smaller.df);
}

Matrix block_of(const Matrix& vcov, const std::vector<std::size_t>& columns) {
  Matrix block(columns.size(), columns.size());
  for (std::size_t r = 0; r < columns.size(); ++r)
    for (std::size_t c = 0; c < columns.size(); ++c) block(r, c) = vcov(columns[r], columns[c]);
  return block;
}

/// One entry per x of the spline; none where a coefficient of it is infinite.
std::vector<Estimate> curve_of(const FittedSpline& spline, const std::vector<std::size_t>& columns,
                               const FittedCox& fitted, double conf_level) {
  std::vector<double> coefficients;
  for (const auto j : columns) {
    if (fitted.fit.status[j] == TermStatus::infinite) return {};
    coefficients.push_back(fitted.fit.coefficients[j]);
  }
  const Matrix vcov = block_of(fitted.vcov, columns);
  return spline_effect(spline.x, spline.reference, {spline.knots.knots, coefficients, vcov},
                       conf_level);
}

/// By Rubin's rules, point by point; none where one of the curves is not defined.
std::vector<Estimate> pooled_curve(const std::vector<std::vector<Estimate>>& curves,
                                   double conf_level) {
  if (!std::ranges::none_of(curves, &std::vector<Estimate>::empty)) return {};
  std::vector<Estimate> result;
  for (std::size_t i = 0; i < curves[0].size(); ++i) {
    std::vector<double> estimates, variances;
    for (const auto& curve : curves) {
      estimates.push_back(curve[i].estimate);
      variances.push_back(curve[i].std_error * curve[i].std_error);
    }
    const PooledEstimate pooled = pool(estimates, variances);
    const PooledInterval limits = interval(pooled, conf_level);
    result.push_back({pooled.estimate, pooled.std_error, limits.low, limits.high});
  }
  return result;
}

/// Where the curve is drawn and what it is compared with.
FittedSpline spline_of(const SplineKnots& knots, const ModelFrame& frame,
                       const std::vector<std::size_t>& columns) {
  FittedSpline spline{.knots = knots};
  const auto values = frame.covariates.column(columns[0]);
  spline.observed.assign(values.begin(), values.end());
  std::ranges::sort(spline.observed);
  spline.reference = sample_quantile(values, 0.5);
  const double low = std::min(sample_quantile(values, outer_part), knots.knots.front());
  const double high = std::max(sample_quantile(values, 1 - outer_part), knots.knots.back());
  for (int k = 0; k < curve_points; ++k)
    spline.x.push_back(low + (high - low) * k / (curve_points - 1));
  return spline;
}

}  // namespace

std::vector<FittedSpline> fitted_splines(const ModelFrame& frame, const CoxData& data,
                                         const FittedCox& fitted, double conf_level) {
  std::vector<FittedSpline> splines;
  for (const auto& knots : frame.splines) {
    auto columns = columns_of_spline(frame, knots.variable);
    FittedSpline spline = spline_of(knots, frame, columns);
    spline.log_ratio = curve_of(spline, columns, fitted, conf_level);
    spline.association = test_without(columns, data, fitted);
    columns.erase(columns.begin());
    spline.nonlinearity = test_without(columns, data, fitted);
    splines.push_back(std::move(spline));
  }
  return splines;
}

std::vector<FittedSpline> pooled_splines(const ModelFrame& frame,
                                         const std::vector<const FittedCox*>& fits,
                                         const CoxModelResult& pooled, double conf_level) {
  std::vector<double> estimates;
  for (const auto& term : pooled.terms) estimates.push_back(term.estimate);
  std::vector<FittedSpline> splines;
  for (const auto& knots : frame.splines) {
    auto columns = columns_of_spline(frame, knots.variable);
    FittedSpline spline = spline_of(knots, frame, columns);
    std::vector<std::vector<Estimate>> curves;
    for (const auto* fitted : fits)
      curves.push_back(curve_of(spline, columns, *fitted, conf_level));
    spline.log_ratio = pooled_curve(curves, conf_level);
    spline.association = wald_test(estimates, pooled.vcov, columns);
    columns.erase(columns.begin());
    spline.nonlinearity = wald_test(estimates, pooled.vcov, columns);
    splines.push_back(std::move(spline));
  }
  return splines;
}

}  // namespace radiomics
