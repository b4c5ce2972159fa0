#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/bar_figure.h"
#include "radiomics/figures/lines_figure.h"
#include "radiomics/figures/path_figure.h"
#include "radiomics/survival/train_output.h"

namespace radiomics {
namespace {

constexpr std::size_t most_bars = 30;
constexpr double bin_width = 0.02;

bool has_path(const TrainResult& result) {
  const auto& lambda = result.signature.path.lambda;
  return lambda.size() > 1 && lambda.back() > 0;
}

/// Names of the columns of the path: candidates, then the forced ones, which lead the model.
std::vector<std::string> path_labels(const TrainResult& result) {
  std::vector<std::string> labels;
  for (const auto j : result.signature.candidates) labels.push_back(result.feature_label(j));
  for (std::size_t k = 0; k < result.signature.forced_coefficients.size(); ++k)
    labels.push_back(result.model.terms[k].term.name);
  return labels;
}

std::vector<PenaltyMark> marks(const TrainResult& result) {
  std::vector<PenaltyMark> lines{{.label = "chosen", .lambda = result.signature.lambda}};
  const auto& cv = result.signature.cv;
  for (const auto& [label, lambda] :
       {std::pair{"best", cv.lambda_best}, std::pair{"1 se", cv.lambda_1se}})
    if (!std::isnan(lambda) && lambda != result.signature.lambda)
      lines.push_back({.label = label, .lambda = lambda});
  return lines;
}

std::string path_figure(const TrainResult& result) {
  const auto& path = result.signature.path;
  PathFigure figure{.title = result.endpoint + ": coefficients along the penalty",
                    .description = "Coefficients of the penalised Cox model against the penalty",
                    .y_label = "Coefficient per standard deviation",
                    .lambda = path.lambda,
                    .non_zero = path.df,
                    .marks = marks(result)};
  const auto labels = path_labels(result);
  for (std::size_t j = 0; j < labels.size(); ++j) {
    PathTerm term{.label = one_line(labels[j])};
    double largest = 0;
    for (std::size_t k = 0; k < path.lambda.size(); ++k) {
      term.coefficient.push_back(path.coefficients(j, k) * result.signature.path_sd[j]);
      largest = std::max(largest, std::abs(term.coefficient.back()));
    }
    if (largest > 0) figure.terms.push_back(term);
  }
  return to_svg(figure);
}

std::string cv_figure(const TrainResult& result) {
  const auto& cv = result.signature.cv;
  CrossValidationFigure figure{
      .title = result.endpoint + ": choice of the penalty",
      .description = "Cross-validated partial likelihood against the penalty",
      .footnote = "Inner cross-validation on all patients. Bars: one standard error.",
      .marks = marks(result)};
  for (std::size_t k = 0; k < cv.lambda.size(); ++k) {
    if (!std::isfinite(cv.cvpl[k])) break;
    figure.lambda.push_back(cv.lambda[k]);
    figure.non_zero.push_back(result.signature.path.df[k]);
    figure.value.push_back(cv.cvpl[k]);
    figure.std_error.push_back(std::isnan(cv.std_error[k]) ? 0 : cv.std_error[k]);
  }
  return figure.lambda.size() > 1 ? to_svg(figure) : "";
}

std::string selection_figure(const TrainResult& result) {
  const auto& frequency = result.validation.selection_frequency;
  std::vector<std::size_t> order;
  for (std::size_t j = 0; j < frequency.size(); ++j)
    if (frequency[j] > 0 || result.signature.coefficients[j] != 0) order.push_back(j);
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return frequency[a] > frequency[b]; });
  if (order.empty()) return "";
  BarFigure figure{.title = result.endpoint + ": how often each feature was selected",
                   .description = "Selection frequency of the features over the bootstrap",
                   .x_label = "Share of the resamples",
                   .footnote = "* in the signature of all patients."};
  if (order.size() > most_bars)
    figure.footnote +=
        " The " + to_text(most_bars) + " most frequent of " + to_text(order.size()) + " features.";
  order.resize(std::min(order.size(), most_bars));
  for (const auto j : order)
    figure.bars.push_back({.label = one_line(result.feature_label(j)) +
                                    (result.signature.coefficients[j] != 0 ? " *" : ""),
                           .value = frequency[j],
                           .text = to_text(int(std::lround(100 * frequency[j]))) + " %"});
  return to_svg(figure);
}

/// The share of the permutations in each bin of C, as steps.
LineSeries histogram(const std::vector<double>& values) {
  const auto [least, most] = std::ranges::minmax(values);
  const int first = int(std::floor(least / bin_width)), last = int(std::floor(most / bin_width));
  LineSeries series{.label = "outcomes shuffled"};
  const auto add = [&series](double x, double y) {
    series.x.push_back(x);
    series.y.push_back(y);
  };
  add(first * bin_width, 0);
  for (int bin = first; bin <= last; ++bin) {
    const auto inside = std::ranges::count_if(
        values, [bin](double value) { return int(std::floor(value / bin_width)) == bin; });
    const double share = double(inside) / double(values.size());
    add(bin * bin_width, share);
    add((bin + 1) * bin_width, share);
  }
  add((last + 1) * bin_width, 0);
  return series;
}

std::string permutation_figure(const TrainResult& result) {
  std::vector<double> values;
  for (const double c : result.validation.permutation.concordance)
    if (!std::isnan(c)) values.push_back(c);
  if (values.size() < 2) return "";
  LinesFigure figure{.title = result.endpoint + ": nested C if outcomes are shuffled",
                     .description = "Distribution of the nested C under shuffled outcomes",
                     .x_label = "C of the nested cross-validation",
                     .y_label = "Share of the permutations"};
  figure.footnote = "Without leakage the shuffled outcomes centre at 0.5.";
  figure.series.push_back(histogram(values));
  const double top = *std::ranges::max_element(figure.series[0].y);
  const double ours = result.validation.nested.mean;
  figure.y_values = {0, top * 1.1};
  if (!std::isnan(ours))
    figure.series.push_back({.label = "true outcomes", .x = {ours, ours}, .y = {0, top}});
  return to_svg(figure);
}

}  // namespace

std::vector<OutputFile> train_figures(const TrainResult& result) {
  std::vector<OutputFile> files;
  const auto add = [&](const std::string& prefix, std::string svg) {
    if (!svg.empty()) files.push_back({prefix + "_" + result.endpoint + ".svg", std::move(svg)});
  };
  if (has_path(result)) add("path", path_figure(result));
  if (has_path(result) && !result.signature.cv.cvpl.empty()) add("cv", cv_figure(result));
  add("selection", selection_figure(result));
  add("permutation", permutation_figure(result));
  return files;
}

}  // namespace radiomics
