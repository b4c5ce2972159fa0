#include "radiomics/figures/calibration_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/series.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double side = 400, histogram_height = 46, note_left = 500, note_room = 204;
constexpr int bins = 50;

bool has_points(const CalibrationFigure& figure) {
  return std::ranges::any_of(figure.points, [](const CalibrationPoint& point) {
    return std::isfinite(point.predicted + point.observed);
  });
}

Scale risk_scale(const CalibrationFigure& figure) {
  std::vector<double> risks{0};
  for (const auto& point : figure.points)
    risks.insert(risks.end(), {point.predicted, point.observed, point.conf_high});
  for (const auto* values : {&figure.predicted, &figure.curve_y, &figure.curve_x})
    risks.insert(risks.end(), values->begin(), values->end());
  Scale scale = covering(risks, 5);
  scale.low = 0;
  scale.high = std::clamp(scale.high, 0.02, 1.0);
  return scale;
}

void draw_points(SvgPicture& picture, const Plot& plot, const CalibrationFigure& figure) {
  for (const auto& point : figure.points) {
    if (!std::isfinite(point.predicted + point.observed)) continue;
    const double x = plot.px(point.predicted), y = plot.py(std::min(point.observed, plot.y.high));
    if (std::isfinite(point.conf_low + point.conf_high))
      picture.line(x, plot.py(std::max(point.conf_low, 0.0)), x,
                   plot.py(std::min(point.conf_high, plot.y.high)),
                   {.stroke = series_colour(0), .width = 1.2});
    picture.circle(x, y, 4.5, {.stroke = "#ffffff", .fill = series_colour(0)});
  }
}

void draw_histogram(SvgPicture& picture, const Plot& plot, const CalibrationFigure& figure) {
  std::vector<int> counts(bins, 0);
  for (const double risk : figure.predicted)
    if (risk >= 0 && risk <= plot.x.high)
      ++counts[std::min(std::size_t(risk / plot.x.high * bins), std::size_t(bins - 1))];
  const int most = *std::ranges::max_element(counts);
  if (most == 0) return;
  const double width = (plot.right - plot.left) / bins;
  for (int bin = 0; bin < bins; ++bin) {
    if (counts[std::size_t(bin)] == 0) continue;
    const double height = (plot.bottom - plot.top) * counts[std::size_t(bin)] / most;
    picture.rectangle(plot.left + bin * width + 0.5, plot.bottom - height, width - 1, height,
                      {.fill = "#9a9a9a"});
  }
  picture.line(plot.left, plot.top, plot.left, plot.bottom, {.stroke = axis_colour});
  picture.line(plot.left - 5, plot.top, plot.left, plot.top, {.stroke = axis_colour});
  picture.text(plot.left - 9, plot.top + 4.5, to_text(most),
               {.size = 11, .anchor = Anchor::end, .fill = faint_text_colour});
  picture.text(plot.right + 8, plot.bottom, "Patients", {.size = 11, .fill = faint_text_colour});
}

/// What the marks mean, then the notes.
void draw_words(SvgPicture& picture, const Plot& plot, const CalibrationFigure& figure) {
  double y = plot.top + 12;
  const auto item = [&](std::string_view label, const Paint& paint) {
    draw_legend_item(picture, {note_left, y, fitted(label, figure_text, note_room - 34)}, paint);
    y += 21;
  };
  item("Perfect", {.stroke = "#888888", .dashes = "5 4"});
  if (!figure.curve_x.empty()) item("Smooth curve", {.stroke = series_colour(1), .width = 2});
  if (has_points(figure)) {
    picture.line(note_left + 13, y - 12, note_left + 13, y + 3,
                 {.stroke = series_colour(0), .width = 1.2});
    picture.circle(note_left + 13, y - 4.5, 4.5, {.stroke = "#ffffff", .fill = series_colour(0)});
    picture.text(note_left + 34, y, "Groups, 95 % CI", {.size = figure_text});
    y += 21;
  }
  y += 14;
  for (const auto& note : figure.notes) {
    picture.text(note_left, y, fitted(note, figure_text, note_room), {.size = figure_text});
    y += 20;
  }
}

}  // namespace

std::string to_svg(const CalibrationFigure& figure) {
  const double top = figure.title.empty() ? 20 : 48;
  const Scale scale = risk_scale(figure);
  const Plot plot{
      .left = 76, .top = top, .right = 76 + side, .bottom = top + side, .x = scale, .y = scale};
  Plot strip = plot;
  strip.top = plot.bottom + 14;
  strip.bottom = strip.top + histogram_height;
  const Plot& lowest = figure.predicted.empty() ? plot : strip;
  const double height = lowest.bottom + (figure.footnote.empty() ? 54 : 74);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, plot.left, figure_width - figure_margin, figure.title, "");
  const auto ticks = linear_ticks(scale, 5);
  draw_left_axis(picture, plot, ticks, figure.y_label, true);
  if (!figure.predicted.empty()) draw_histogram(picture, strip, figure);
  draw_bottom_axis(picture, lowest, ticks, figure.x_label);
  if (!figure.predicted.empty())
    picture.line(plot.left, plot.bottom, plot.right, plot.bottom, {.stroke = grid_colour});
  picture.line(plot.px(0), plot.py(0), plot.right, plot.top,
               {.stroke = "#888888", .dashes = "5 4"});
  draw_band(picture, plot, figure.curve_x, figure.curve_low, figure.curve_high, series_colour(1),
            0.15);
  draw_line(picture, plot, figure.curve_x, figure.curve_y,
            {.stroke = series_colour(1), .width = 2});
  draw_points(picture, plot, figure);
  draw_words(picture, plot, figure);
  draw_footnote(picture, plot.left, height - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
