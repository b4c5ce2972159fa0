// The layout, from top to bottom: title, legend, plot, axis, table of numbers at risk, footnote.

#include "radiomics/figures/survival_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/series.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double plot_height = 340;
constexpr std::size_t most_bands = 4;

/// Where things are.
struct Layout {
  Plot plot;
  double height = 0;  ///< of the picture
  std::vector<Tick> ticks;
};

std::vector<LegendItem> legend(const SurvivalFigure& figure, double left, double top) {
  std::vector<std::string> labels;
  for (const auto& curve : figure.curves) labels.push_back(curve.label);
  return legend_items(labels, left, figure_width - figure_margin, top);
}

double legend_top(const SurvivalFigure& figure) {
  return figure.title.empty() && figure.note.empty() ? 26 : 54;
}

double last_time(const SurvivalFigure& figure) {
  double last = 0;
  for (const auto& curve : figure.curves)
    if (!curve.time.empty()) last = std::max(last, curve.time.back());
  return last > 0 ? last : 1;
}

Layout arrange(const SurvivalFigure& figure) {
  double label_width = 0;
  for (const auto& curve : figure.curves)
    label_width = std::max(label_width, text_width(curve.label, figure_text));
  Layout layout;
  Plot& plot = layout.plot;
  plot.left = std::max(72.0, std::min(label_width, risk_label_width) + 34);
  plot.right = figure_width - figure_margin;
  plot.top = legend_top(figure) - 10;
  if (figure.curves.size() > 1)
    plot.top = legend(figure, plot.left, legend_top(figure)).back().y + 18;
  plot.bottom = plot.top + plot_height;
  layout.height = plot.bottom + 76 + risk_row_height * double(figure.curves.size()) +
                  (figure.footnote.empty() ? 8 : 26);
  const double last = last_time(figure);
  plot.x.high = last * 1.02;
  const double step = figure.x_tick_step > 0 ? figure.x_tick_step : tick_step(last, 7);
  for (const double tick : ticks_to(plot.x.high, step))
    layout.ticks.push_back({tick, rounded_text(tick, 6)});
  return layout;
}

Paint line_of(std::size_t series, double width) {
  return {.stroke = series_colour(series), .width = width, .dashes = series_dashes(series)};
}

void draw_legend(SvgPicture& picture, const SurvivalFigure& figure, const Plot& plot) {
  if (figure.curves.size() < 2) return;
  const auto items = legend(figure, plot.left, legend_top(figure));
  for (std::size_t i = 0; i < items.size(); ++i)
    draw_legend_item(picture, items[i], line_of(i, 2.5));
}

void draw_median(SvgPicture& picture, const SurvivalCurve& curve, const Plot& plot) {
  if (std::isnan(curve.median)) return;
  const Paint guide{.stroke = "#999999", .dashes = "3 3"};
  picture.line(plot.left, plot.py(0.5), plot.px(curve.median), plot.py(0.5), guide);
  picture.line(plot.px(curve.median), plot.py(0.5), plot.px(curve.median), plot.bottom, guide);
}

void draw_curve(SvgPicture& picture, const SurvivalCurve& curve, const Plot& plot,
                std::size_t series) {
  draw_steps(picture, plot, 1, curve.time, curve.estimate, line_of(series, 2));
  SvgPath ticks;
  for (std::size_t i = 0; i < curve.time.size(); ++i)
    if (curve.n_censor[i] > 0)
      ticks.move(plot.px(curve.time[i]), plot.py(curve.estimate[i]) - 4.5)
          .down(plot.py(curve.estimate[i]) + 4.5);
  if (!ticks.text().empty()) picture.path(ticks, {.stroke = series_colour(series), .width = 1.2});
}

}  // namespace

std::string to_svg(const SurvivalFigure& figure) {
  const Layout layout = arrange(figure);
  const Plot& plot = layout.plot;
  SvgPicture picture(figure_width, layout.height, figure.title, figure.description);
  draw_title(picture, plot.left, plot.right, figure.title, figure.note);
  draw_legend(picture, figure, plot);
  draw_left_axis(picture, plot, linear_ticks(plot.y, 5), figure.y_label, true);
  draw_bottom_axis(picture, plot, layout.ticks, figure.x_label);
  const double opacity = figure.curves.size() <= 2 ? 0.15 : 0.1;
  if (figure.curves.size() <= most_bands)
    for (std::size_t i = 0; i < figure.curves.size(); ++i) {
      const auto& curve = figure.curves[i];
      draw_step_band(picture, plot, curve.time, curve.conf_low, curve.conf_high, series_colour(i),
                     opacity);
    }
  for (const auto& curve : figure.curves) draw_median(picture, curve, plot);
  std::vector<RiskRow> rows;
  for (std::size_t i = 0; i < figure.curves.size(); ++i) {
    const auto& curve = figure.curves[i];
    draw_curve(picture, curve, plot, i);
    rows.push_back({curve.label, series_colour(i), curve.time, curve.n_risk});
  }
  draw_numbers_at_risk(picture, plot, layout.ticks, rows);
  draw_footnote(picture, plot.left, layout.height - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
