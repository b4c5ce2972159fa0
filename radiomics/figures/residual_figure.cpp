#include "radiomics/figures/residual_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/figures/series.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double left_edge = 64, between = 72, panel_height = 220, panel_step = 306;

/// Residuals far out stay outside: half a range beyond the middle 98 %.
Scale residual_scale(const ResidualPanel& panel) {
  std::vector<double> sorted, values{0};
  for (const double residual : panel.residual)
    if (std::isfinite(residual)) sorted.push_back(residual);
  std::ranges::sort(sorted);
  if (!sorted.empty()) {
    const double low = sorted[sorted.size() / 100];
    const double high = sorted[sorted.size() - 1 - sorted.size() / 100];
    const double margin = (high - low) / 2;
    values.push_back(std::max(sorted.front(), low - margin));
    values.push_back(std::min(sorted.back(), high + margin));
  }
  for (const auto* part : {&panel.smooth, &panel.smooth_low, &panel.smooth_high})
    values.insert(values.end(), part->begin(), part->end());
  if (std::isfinite(panel.coefficient)) values.push_back(panel.coefficient);
  return covering(values, 5);
}

Scale time_scale(const ResidualPanel& panel) {
  double last = 0;
  for (const double time : panel.time)
    if (std::isfinite(time)) last = std::max(last, time);
  return {.low = 0, .high = last > 0 ? last * 1.02 : 1};
}

void draw_panel(SvgPicture& picture, const Plot& plot, const ResidualPanel& panel,
                std::string_view x_label) {
  const double room = plot.right - plot.left - text_width(panel.note, 12) - 12;
  constexpr double bold = 1.1;  // times as wide
  picture.text(plot.left, plot.top - 10, fitted_name(panel.term, bold * figure_text, room),
               {.size = figure_text, .bold = true});
  picture.text(plot.right, plot.top - 10, panel.note, {.size = 12, .anchor = Anchor::end});
  draw_left_axis(picture, plot, linear_ticks(plot.y, 5), "\xce\xb2(t)", false);
  draw_bottom_axis(picture, plot, linear_ticks(plot.x, 5), x_label);
  for (std::size_t i = 0; i < panel.time.size(); ++i)
    if (std::isfinite(panel.time[i] + panel.residual[i]) && plot.y.contains(panel.residual[i]))
      picture.circle(plot.px(panel.time[i]), plot.py(panel.residual[i]), 2.2,
                     {.fill = "#777777", .opacity = 0.6});
  const auto level = [&](double value, std::string_view dashes) {
    if (plot.y.contains(value))
      picture.line(plot.left, plot.py(value), plot.right, plot.py(value),
                   {.stroke = "#888888", .dashes = dashes});
  };
  level(0, "1 3");
  level(panel.coefficient, "6 4");
  draw_band(picture, plot, panel.smooth_time, panel.smooth_low, panel.smooth_high, series_colour(0),
            0.18);
  draw_line(picture, plot, panel.smooth_time, panel.smooth,
            {.stroke = series_colour(0), .width = 2});
}

}  // namespace

std::string to_svg(const ResidualFigure& figure) {
  const std::size_t columns = figure.panels.size() > 1 ? 2 : 1;
  const std::size_t rows = (figure.panels.size() + columns - 1) / columns;
  const double top = figure.title.empty() ? 34 : 68, right = figure_width - figure_margin;
  const double width = columns == 1 ? right - left_edge : (right - left_edge - between) / 2;
  const double height = top + panel_step * double(rows) - 26 + (figure.footnote.empty() ? 0 : 20);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, left_edge, right, figure.title, "");
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    const std::size_t row = i / columns, column = i % columns;
    Plot plot;
    plot.left = left_edge + double(column) * (width + between);
    plot.right = plot.left + width;
    plot.top = top + double(row) * panel_step;
    plot.bottom = plot.top + panel_height;
    plot.x = time_scale(figure.panels[i]);
    plot.y = residual_scale(figure.panels[i]);
    draw_panel(picture, plot, figure.panels[i], figure.x_label);
  }
  draw_footnote(picture, left_edge, height - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
