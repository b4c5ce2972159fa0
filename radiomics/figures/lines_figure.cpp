#include "radiomics/figures/lines_figure.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "radiomics/figures/series.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double plot_left = 84, plot_right = 520, label_room = 154, plot_height = 340;
constexpr std::size_t most_bands = 4;

/// A line with its look.
struct Line {
  const LineSeries* series;
  Paint paint;
};

Plot plot_below(const std::string& title, const std::string& note) {
  const double top = title.empty() && note.empty() ? 20 : 48;
  return {.left = plot_left, .top = top, .right = plot_right, .bottom = top + plot_height};
}

/// Where a line ends, or leaves the plot; nothing of a line that is not in it.
std::optional<double> end_height(const Plot& plot, const LineSeries& series) {
  for (std::size_t i = series.y.size(); i-- > 0;) {
    if (!std::isfinite(series.y[i]) || !plot.y.contains(series.y[i])) continue;
    const bool leaves = i + 1 < series.y.size() && std::isfinite(series.y[i + 1]);
    return std::clamp(plot.py(series.y[leaves ? i + 1 : i]), plot.top, plot.bottom);
  }
  return {};
}

/// Beside the plot, each with a sample of its line, in the order in which the lines end: one below
/// the other where they end together or lie on each other.
void draw_labels(SvgPicture& picture, const Plot& plot, const std::vector<Line>& lines) {
  std::vector<double> heights;
  std::vector<const Line*> shown;
  for (const auto& line : lines)
    if (const auto height = end_height(plot, *line.series)) {
      heights.push_back(*height + 4.5);
      shown.push_back(&line);
    }
  const auto placed = spread_labels(heights, 17, plot.top + 8, plot.bottom + 4);
  for (std::size_t i = 0; i < shown.size(); ++i)
    draw_legend_item(
        picture,
        {plot.right + 10, placed[i], fitted_name(shown[i]->series->label, figure_text, label_room)},
        shown[i]->paint);
}

void draw_lines(SvgPicture& picture, const Plot& plot, const std::vector<Line>& lines) {
  if (lines.size() <= most_bands)
    for (const auto& line : lines)
      draw_band(picture, plot, line.series->x, line.series->low, line.series->high,
                line.paint.stroke, lines.size() <= 2 ? 0.15 : 0.1);
  for (const auto& line : lines)
    draw_line(picture, plot, line.series->x, line.series->y, line.paint);
  draw_labels(picture, plot, lines);
}

Paint paint_of(std::size_t series) {
  return {.stroke = series_colour(series), .width = 2, .dashes = series_dashes(series)};
}

std::vector<double> all_y(const LinesFigure& figure) {
  std::vector<double> values = figure.y_values;
  const bool bands = figure.series.size() <= most_bands;
  for (const auto& series : figure.series) {
    values.insert(values.end(), series.y.begin(), series.y.end());
    if (!bands) continue;
    values.insert(values.end(), series.low.begin(), series.low.end());
    values.insert(values.end(), series.high.begin(), series.high.end());
  }
  return values;
}

/// From the least to the largest value, without rounding: lines end where the plot ends.
Scale spanning(const std::vector<double>& values, bool from_zero) {
  const Scale rounded = covering(values, 5);
  Scale scale{.low = rounded.high, .high = rounded.low};
  for (const double value : values)
    if (std::isfinite(value))
      scale.low = std::min(scale.low, value), scale.high = std::max(scale.high, value);
  if (from_zero) scale.low = 0;
  return scale.low < scale.high ? scale : rounded;
}

double highest(const DecisionCurveFigure& figure) {
  double most = 0;
  for (const auto& model : figure.models)
    for (const double value : model.net_benefit)
      if (std::isfinite(value)) most = std::max(most, value);
  for (const double value : figure.treat_all)
    if (std::isfinite(value)) most = std::max(most, value);
  return most > 0 ? most : 0.1;
}

}  // namespace

std::string to_svg(const LinesFigure& figure) {
  Plot plot = plot_below(figure.title, figure.note);
  std::vector<double> x;
  for (const auto& series : figure.series) x.insert(x.end(), series.x.begin(), series.x.end());
  plot.x = spanning(x, figure.from_zero);
  plot.y = covering(all_y(figure), 5);
  const double height = plot.bottom + (figure.footnote.empty() ? 54 : 76);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, plot.left, figure_width - figure_margin, figure.title, figure.note);
  draw_left_axis(picture, plot, linear_ticks(plot.y, 5), figure.y_label, true);
  draw_bottom_axis(picture, plot, linear_ticks(plot.x, 7), figure.x_label);
  for (const double guide : figure.y_guides)
    if (plot.y.contains(guide))
      picture.line(plot.left, plot.py(guide), plot.right, plot.py(guide),
                   {.stroke = "#888888", .dashes = "5 4"});
  std::vector<Line> lines;
  for (const auto& series : figure.series) lines.push_back({&series, paint_of(lines.size())});
  draw_lines(picture, plot, lines);
  draw_footnote(picture, plot.left, height - 12, figure.footnote);
  return picture.document();
}

std::string to_svg(const DecisionCurveFigure& figure) {
  Plot plot = plot_below(figure.title, "");
  plot.x = spanning(figure.threshold, false);
  const double most = highest(figure);
  plot.y = {.low = 0, .high = covering({0, most}, 5).high};
  plot.y.low = -0.15 * plot.y.high;
  const double height = plot.bottom + (figure.footnote.empty() ? 54 : 76);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, plot.left, figure_width - figure_margin, figure.title, "");
  draw_left_axis(picture, plot, linear_ticks({.low = 0, .high = plot.y.high}, 5), figure.y_label,
                 true);
  draw_bottom_axis(picture, plot, linear_ticks(plot.x, 7), figure.x_label);
  std::vector<LineSeries> series;
  for (const auto& model : figure.models)
    series.push_back({.label = model.label, .x = figure.threshold, .y = model.net_benefit});
  series.push_back({.label = "Treat all", .x = figure.threshold, .y = figure.treat_all});
  series.push_back({.label = "Treat none",
                    .x = figure.threshold,
                    .y = std::vector<double>(figure.threshold.size(), 0.0)});
  std::vector<Line> lines;
  for (const auto& one : series) {
    const std::size_t i = lines.size();
    lines.push_back({&one, i < figure.models.size()
                               ? paint_of(i)
                               : Paint{.stroke = "#777777",
                                       .width = 1.3,
                                       .dashes = i == figure.models.size() ? "5 4" : ""}});
  }
  draw_lines(picture, plot, lines);
  draw_footnote(picture, plot.left, height - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
