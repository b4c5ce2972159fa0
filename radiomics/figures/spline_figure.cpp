#include "radiomics/figures/spline_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/figures/series.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double plot_left = 84, plot_right = 632, plot_height = 340, rug_length = 9;

/// The line and its band, but no more of the band than twice what the line spans beyond it.
Scale ratio_scale(const SplineFigure& figure) {
  double lowest = 0, highest = 0;  // a ratio of 1 is always in sight
  for (const double value : figure.log_ratio)
    if (std::isfinite(value)) lowest = std::min(lowest, value), highest = std::max(highest, value);
  const double margin = std::max(2 * (highest - lowest), 1.0);
  std::vector<double> values{lowest, highest};
  for (const auto* limits : {&figure.low, &figure.high})
    for (const double value : *limits)
      if (std::isfinite(value))
        values.push_back(std::clamp(value, lowest - margin, highest + margin));
  return covering(values, 5);
}

Scale value_scale(const SplineFigure& figure) {
  const Scale rounded = covering(figure.x, 6);
  if (figure.x.size() < 2 || !(figure.x.front() < figure.x.back())) return rounded;
  return {.low = figure.x.front(), .high = figure.x.back()};
}

/// The same heights as ratios.
void draw_right_axis(SvgPicture& picture, const Plot& plot) {
  const Scale ratios{
      .low = std::exp(plot.y.low), .high = std::exp(plot.y.high), .logarithmic = true};
  double widest = 0;
  for (const auto& tick : ratio_ticks(ratios)) {
    const double y = plot.py(std::log(tick.value));
    picture.line(plot.right, y, plot.right + 5, y, {.stroke = axis_colour});
    picture.text(plot.right + 9, y + 4.5, tick.label, {.size = figure_text});
    widest = std::max(widest, text_width(tick.label, figure_text));
  }
  picture.line(plot.right, plot.top, plot.right, plot.bottom, {.stroke = axis_colour});
  const double beside = plot.right + 28 + std::max(widest, 14.0);
  picture.text(std::min(beside, figure_width - 10), (plot.top + plot.bottom) / 2, "Hazard ratio",
               {.size = figure_text, .anchor = Anchor::middle, .upwards = true});
}

void draw_marks(SvgPicture& picture, const Plot& plot, const SplineFigure& figure) {
  const auto upright = [&](double x, double top, const Paint& paint) {
    if (std::isfinite(x) && plot.x.contains(x))
      picture.line(plot.px(x), top, plot.px(x), plot.bottom, paint);
  };
  for (const double x : figure.observed)
    upright(x, plot.bottom - rug_length, {.stroke = "#555555", .width = 0.7, .opacity = 0.45});
  for (const double x : figure.knots)
    upright(x, plot.top, {.stroke = "#888888", .width = 1.2, .dashes = "2 4"});
  picture.line(plot.left, plot.py(0), plot.right, plot.py(0),
               {.stroke = "#888888", .dashes = "6 4"});
}

}  // namespace

std::string to_svg(const SplineFigure& figure) {
  const double top = figure.title.empty() && figure.note.empty() ? 20 : 48;
  Plot plot{.left = plot_left, .top = top, .right = plot_right, .bottom = top + plot_height};
  plot.x = value_scale(figure);
  plot.y = ratio_scale(figure);
  const double height = plot.bottom + (figure.footnote.empty() ? 54 : 76);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, plot.left, figure_width - figure_margin, figure.title, figure.note);
  draw_left_axis(picture, plot, linear_ticks(plot.y, 5), "Log hazard ratio", true);
  draw_bottom_axis(picture, plot, linear_ticks(plot.x, 7), figure.x_label);
  draw_right_axis(picture, plot);
  draw_marks(picture, plot, figure);
  draw_band(picture, plot, figure.x, figure.low, figure.high, series_colour(0), 0.18);
  draw_line(picture, plot, figure.x, figure.log_ratio, {.stroke = series_colour(0), .width = 2});
  draw_footnote(picture, plot.left, height - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
