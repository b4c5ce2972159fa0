// Pictures of predictions against what happened. No patient is named in any.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "radiomics/core/text.h"
#include "radiomics/figures/calibration_figure.h"
#include "radiomics/figures/lines_figure.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/validate_output.h"

namespace radiomics {
namespace {

std::string unit_text(const ValidateOptions& options) {
  return options.common.time_unit ? " " + std::string(to_string(*options.common.time_unit)) : "";
}

std::string time_phrase(double time, const ValidateOptions& options) {
  return rounded_text(time, 6) + unit_text(options);
}

/// The curve at the predictions in ascending order.
void add_curve(const CalibrationResult& result, CalibrationFigure& figure) {
  if (result.curve.observed.empty()) return;
  std::vector<std::size_t> order(result.predicted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&result](std::size_t i) { return result.predicted[i]; });
  for (const auto i : order) {
    figure.curve_x.push_back(result.predicted[i]);
    figure.curve_y.push_back(result.curve.observed[i]);
  }
}

std::vector<std::string> calibration_notes(const ValidatedPrediction& prediction,
                                           const CalibrationResult& result) {
  std::vector<std::string> notes{"Slope " + with_limits(result.slope.slope, 2)};
  if (!std::isnan(result.totals.ratio))
    notes.push_back("Observed / expected " + fixed_text(result.totals.ratio, 2));
  if (!std::isnan(result.curve.ici)) notes.push_back("ICI " + fixed_text(result.curve.ici, 3));
  if (prediction.apparent) notes.push_back("Apparent: its own patients");
  return notes;
}

ReportFigure calibration_picture(const ValidateResult& result,
                                 const ValidatedPrediction& prediction,
                                 const CalibrationResult& calibration,
                                 const ValidateOptions& options) {
  const std::string at = time_phrase(calibration.time, options);
  CalibrationFigure figure{.title = result.endpoint + ": " + prediction.name + " at " + at,
                           .description = "Predicted against observed risk at " + at + ", " +
                                          counted(result.n, "patient"),
                           .points_label = "Groups, " + percent(options.common.conf_level) + " CI",
                           .predicted = calibration.predicted,
                           .notes = calibration_notes(prediction, calibration),
                           .footnote = "Points: groups of risk, Kaplan-Meier with " +
                                       percent(options.common.conf_level) +
                                       " limits. Curve: restricted cubic spline. Bars: patients."};
  for (const auto& group : calibration.groups)
    figure.points.push_back(
        {group.mean_predicted, group.observed, group.conf_low, group.conf_high});
  add_curve(calibration, figure);
  return {.file = "calibration_" + result.endpoint + "_" + prediction.name + "_" +
                  to_text(calibration.time) + ".svg",
          .svg = to_svg(figure),
          .caption = "Calibration of " + prediction.name + " for " + result.endpoint + " at " + at +
                     ": a perfect prediction lies on the diagonal, above it risks are "
                     "underestimated"};
}

const DecisionResult* decision_at(const ValidatedPrediction& prediction, double time) {
  const auto found = std::ranges::find(prediction.decision, time, &DecisionResult::time);
  return found == prediction.decision.end() ? nullptr : &*found;
}

ReportFigure decision_picture(const ValidateResult& result, double time,
                              const ValidateOptions& options) {
  const std::string at = time_phrase(time, options);
  DecisionCurveFigure figure{
      .title = result.endpoint + ": decision curves at " + at,
      .description = "Net benefit of treating by predicted risk at " + at,
      .footnote = "Who is treated: predicted risk at or above the threshold."};
  for (const auto& prediction : result.predictions) {
    const DecisionResult* decision = decision_at(prediction, time);
    if (!decision) continue;
    figure.threshold.clear();
    figure.treat_all.clear();
    DecisionModel model{.label = prediction.name};
    for (std::size_t i = 0; i < decision->model.size(); ++i) {
      figure.threshold.push_back(decision->model[i].threshold);
      figure.treat_all.push_back(decision->treat_all[i].net_benefit);
      model.net_benefit.push_back(decision->model[i].net_benefit);
    }
    figure.models.push_back(std::move(model));
  }
  return {.file = "decision_" + result.endpoint + "_" + to_text(time) + ".svg",
          .svg = to_svg(figure),
          .caption = "Decision curves for " + result.endpoint + " at " + at +
                     ": a prediction is of use where it lies above both treating all and treating "
                     "none"};
}

/// A line per prediction over the horizons in ascending order.
template <class Pick>
std::vector<LineSeries> lines_of(const ValidateResult& result, Pick pick) {
  std::vector<LineSeries> lines;
  for (const auto& prediction : result.predictions) {
    auto horizons = prediction.horizons;
    std::ranges::stable_sort(horizons, {}, &HorizonScores::time);
    LineSeries line{.label = prediction.name};
    for (const auto& scores : horizons) {
      const Estimate estimate = pick(scores);
      line.x.push_back(scores.time);
      line.y.push_back(estimate.estimate);
      line.low.push_back(estimate.conf_low);
      line.high.push_back(estimate.conf_high);
    }
    const bool any = std::ranges::any_of(line.y, [](double y) { return !std::isnan(y); });
    if (any) lines.push_back(std::move(line));
  }
  return lines;
}

LineSeries null_line(const ValidateResult& result) {
  LineSeries line{.label = "no prediction"};
  for (const auto& prediction : result.predictions) {
    auto horizons = prediction.horizons;
    std::ranges::stable_sort(horizons, {}, &HorizonScores::time);
    line.x.clear();
    line.y.clear();
    for (const auto& scores : horizons) {
      line.x.push_back(scores.time);
      line.y.push_back(scores.brier.null_brier.estimate.estimate);
    }
    if (std::ranges::any_of(line.y, [](double y) { return !std::isnan(y); })) break;
  }
  return line;
}

LinesFigure lines_figure(const std::string& title, const std::string& y_label,
                         const ValidateOptions& options) {
  const std::string unit = unit_text(options);
  return {.title = title,
          .description = title,
          .x_label = "Horizon" + (unit.empty() ? "" : " (" + unit.substr(1) + ")"),
          .y_label = y_label,
          .footnote = "Bands: " + percent(options.common.conf_level) + " confidence."};
}

void add_pictures_over_time(const ValidateResult& result, const ValidateOptions& options,
                            std::vector<ReportFigure>& figures) {
  if (options.common.horizons.size() < 3) return;
  auto auc = lines_figure(result.endpoint + ": AUC over time", "AUC", options);
  auc.y_values = {0.5, 1};
  auc.y_guides = {0.5};
  auc.series =
      lines_of(result, [](const HorizonScores& scores) { return scores.auc.auc.estimate; });
  if (!auc.series.empty())
    figures.push_back({.file = "auc_" + result.endpoint + ".svg",
                       .svg = to_svg(auc),
                       .caption = "AUC for " + result.endpoint + " by horizon; 0.5 is chance"});
  auto brier = lines_figure(result.endpoint + ": Brier score over time", "Brier score", options);
  brier.y_values = {0};
  brier.series =
      lines_of(result, [](const HorizonScores& scores) { return scores.brier.brier.estimate; });
  if (brier.series.empty()) return;
  brier.series.push_back(null_line(result));
  figures.push_back({.file = "brier_" + result.endpoint + ".svg",
                     .svg = to_svg(brier),
                     .caption = "Brier score for " + result.endpoint +
                                " by horizon; lower is better than the line of no prediction"});
}

}  // namespace

std::vector<ReportFigure> validate_figures(const ValidateResult& result,
                                           const ValidateOptions& options) {
  std::vector<ReportFigure> figures;
  for (const auto& prediction : result.predictions)
    for (const auto& calibration : prediction.calibration)
      if (!calibration.predicted.empty())
        figures.push_back(calibration_picture(result, prediction, calibration, options));
  add_pictures_over_time(result, options, figures);
  for (const double time : options.common.horizons) {
    const auto decides = [time](const ValidatedPrediction& one) { return decision_at(one, time); };
    if (std::ranges::any_of(result.predictions, decides))
      figures.push_back(decision_picture(result, time, options));
  }
  for (auto& figure : subgroup_figures(result, options)) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace radiomics
