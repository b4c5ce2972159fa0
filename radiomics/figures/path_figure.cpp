#include "radiomics/figures/path_figure.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "radiomics/core/text.h"
#include "radiomics/figures/series.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double plot_height = 360, label_room = 170;
constexpr std::size_t most_labels = 10;
constexpr std::string_view lambda_label = "log \xce\xbb";

std::vector<double> logs(const std::vector<double>& values) {
  std::vector<double> result;
  for (const double value : values) result.push_back(std::log(value));
  return result;
}

/// From the largest to the smallest.
Scale penalty_scale(const std::vector<double>& lambda) {
  double low = INFINITY, high = -INFINITY;
  for (const double x : logs(lambda))
    if (std::isfinite(x)) low = std::min(low, x), high = std::max(high, x);
  if (low > high) return {.low = 1, .high = 0};
  if (low == high) return {.low = high + 1, .high = low - 1};
  return {.low = high, .high = low};
}

Plot plot_for(const std::string& title, const std::vector<double>& lambda, double right) {
  const double top = title.empty() ? 64 : 96;
  return {.left = 84,
          .top = top,
          .right = right,
          .bottom = top + plot_height,
          .x = penalty_scale(lambda)};
}

void draw_non_zero(SvgPicture& picture, const Plot& plot, const std::vector<double>& lambda,
                   const std::vector<int>& non_zero) {
  if (non_zero.empty()) return;
  const auto x = logs(lambda);
  for (const auto& tick : linear_ticks(plot.x, 6)) {
    std::size_t nearest = 0;
    for (std::size_t i = 0; i < std::min(x.size(), non_zero.size()); ++i)
      if (std::abs(x[i] - tick.value) < std::abs(x[nearest] - tick.value)) nearest = i;
    const double at = plot.px(tick.value);
    picture.line(at, plot.top - 5, at, plot.top, {.stroke = axis_colour});
    picture.text(at, plot.top - 10, to_text(non_zero[nearest]),
                 {.size = 12, .anchor = Anchor::middle});
  }
  picture.line(plot.left, plot.top, plot.right, plot.top, {.stroke = axis_colour});
  picture.text(plot.left, plot.top - 28, "Non-zero coefficients",
               {.size = 12, .fill = faint_text_colour});
}

/// The labels are at the bottom, each on its own line, on the side where there is room.
void draw_marks(SvgPicture& picture, const Plot& plot, const std::vector<PenaltyMark>& marks) {
  double y = plot.bottom - 8;
  for (const auto& mark : marks) {
    const double log = std::log(mark.lambda);
    if (!std::isfinite(log) || !plot.x.contains(log)) continue;
    const double x = plot.px(log);
    const bool left = x > plot.middle();
    picture.line(x, plot.top, x, plot.bottom, {.stroke = "#666666", .dashes = "4 3"});
    picture.text(left ? x - 6 : x + 6, y, fitted(mark.label, 12, 160),
                 {.size = 12, .anchor = left ? Anchor::end : Anchor::start});
    y -= 16;
  }
}

double end_of(const PathTerm& term) {
  return term.coefficient.empty() ? 0 : term.coefficient.back();
}

/// The terms with the largest coefficients at the end of the path, largest first.
std::vector<std::size_t> labelled(const PathFigure& figure) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < figure.terms.size(); ++i)
    if (std::isfinite(end_of(figure.terms[i])) && end_of(figure.terms[i]) != 0) order.push_back(i);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t i) { return std::abs(end_of(figure.terms[i])); });
  order.resize(std::min(order.size(), most_labels));
  return order;
}

void draw_terms(SvgPicture& picture, const Plot& plot, const PathFigure& figure) {
  const auto x = logs(figure.lambda);
  const auto order = labelled(figure);
  const auto rank = [&](std::size_t term) {
    return std::size_t(std::ranges::find(order, term) - order.begin());
  };
  for (std::size_t i = 0; i < figure.terms.size(); ++i)
    if (rank(i) == order.size())
      draw_line(picture, plot, x, figure.terms[i].coefficient, {.stroke = "#b8b8b8"});
  std::vector<double> heights;
  for (const auto term : order) {
    const std::size_t i = rank(term);
    draw_line(picture, plot, x, figure.terms[term].coefficient,
              {.stroke = series_colour(i), .width = 1.6, .dashes = series_dashes(i)});
    heights.push_back(plot.py(end_of(figure.terms[term])) + 4.5);
  }
  heights = spread_labels(heights, 16, plot.top + 8, plot.bottom + 4);
  for (std::size_t i = 0; i < order.size(); ++i)
    picture.text(plot.right + 8, heights[i],
                 fitted_name(figure.terms[order[i]].label, 12, label_room),
                 {.size = 12, .fill = series_colour(i)});
}

}  // namespace

std::string to_svg(const PathFigure& figure) {
  Plot plot = plot_for(figure.title, figure.lambda, figure_width - label_room - 14);
  std::vector<double> values{0};
  for (const auto& term : figure.terms)
    values.insert(values.end(), term.coefficient.begin(), term.coefficient.end());
  plot.y = covering(values, 6);
  const double height = plot.bottom + (figure.footnote.empty() ? 54 : 76);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, plot.left, figure_width - figure_margin, figure.title, "");
  draw_left_axis(picture, plot, linear_ticks(plot.y, 6), figure.y_label, false);
  draw_bottom_axis(picture, plot, linear_ticks(plot.x, 6), lambda_label);
  draw_non_zero(picture, plot, figure.lambda, figure.non_zero);
  picture.line(plot.left, plot.py(0), plot.right, plot.py(0),
               {.stroke = "#888888", .dashes = "1 3"});
  draw_marks(picture, plot, figure.marks);
  draw_terms(picture, plot, figure);
  draw_footnote(picture, plot.left, height - 12, figure.footnote);
  return picture.document();
}

std::string to_svg(const CrossValidationFigure& figure) {
  Plot plot = plot_for(figure.title, figure.lambda, figure_width - figure_margin);
  const bool bars = figure.std_error.size() == figure.value.size();
  std::vector<double> values = figure.value, low, high;
  for (std::size_t i = 0; bars && i < figure.value.size(); ++i) {
    low.push_back(figure.value[i] - figure.std_error[i]);
    high.push_back(figure.value[i] + figure.std_error[i]);
  }
  for (const auto* limits : {&low, &high})
    values.insert(values.end(), limits->begin(), limits->end());
  plot.y = covering(values, 5);
  const double height = plot.bottom + (figure.footnote.empty() ? 54 : 76);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, plot.left, plot.right, figure.title, "");
  draw_left_axis(picture, plot, linear_ticks(plot.y, 5), figure.y_label, true);
  draw_bottom_axis(picture, plot, linear_ticks(plot.x, 6), lambda_label);
  draw_non_zero(picture, plot, figure.lambda, figure.non_zero);
  draw_marks(picture, plot, figure.marks);
  const auto x = logs(figure.lambda);
  for (std::size_t i = 0; i < std::min(x.size(), figure.value.size()); ++i) {
    const double at = plot.px(x[i]);
    if (!std::isfinite(at + figure.value[i])) continue;
    if (bars && std::isfinite(low[i]))
      picture.line(at, plot.py(low[i]), at, plot.py(high[i]), {.stroke = "#9a9a9a"});
    picture.circle(at, plot.py(figure.value[i]), 2.8, {.fill = series_colour(0)});
  }
  draw_footnote(picture, plot.left, height - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
