#include "radiomics/figures/bar_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/figures/axes.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double row_height = 20, bar_height = 13, edge = 16, widest_label = 300, text_room = 70;

bool beyond(const BarFigure& figure, double value) {
  return std::ranges::any_of(figure.thresholds, [value](double threshold) {
    return threshold < 0 ? value <= threshold : value >= threshold;
  });
}

void draw_bar(SvgPicture& picture, const BarFigure& figure, const Plot& plot, const Bar& bar,
              double y) {
  picture.text(plot.left - 10, y + 4.5, fitted_name(bar.label, figure_text, widest_label),
               {.size = figure_text, .anchor = Anchor::end});
  if (!std::isfinite(bar.value)) {
    picture.text(plot.px(0) + 6, y + 4.5, bar.text.empty() ? "not estimable" : bar.text,
                 {.size = 12, .fill = faint_text_colour});
    return;
  }
  const double end = plot.px(std::clamp(bar.value, plot.x.low, plot.x.high)), zero = plot.px(0);
  const bool plain = figure.thresholds.empty() || beyond(figure, bar.value);
  picture.rectangle(std::min(zero, end), y - bar_height / 2, std::abs(end - zero), bar_height,
                    {.fill = plain ? series_colour(0) : "#b4bcc4"});
  if (!bar.text.empty())
    picture.text(plot.right + text_room, y + 4.5, fitted(bar.text, 12, text_room - 12),
                 {.size = 12, .anchor = Anchor::end});
}

}  // namespace

std::string to_svg(const BarFigure& figure) {
  double label_width = 0;
  for (const auto& bar : figure.bars)
    label_width = std::max(label_width, text_width(bar.label, figure_text));
  Plot plot;
  plot.left = edge + std::clamp(label_width, 60.0, widest_label) + 10;
  plot.right = figure_width - figure_margin - text_room;
  plot.top = figure.title.empty() ? 16 : 44;
  plot.bottom = plot.top + 8 + row_height * double(figure.bars.size());
  plot.x = {.low = std::min(figure.low, 0.0), .high = std::max(figure.high, 0.0)};
  if (plot.x.low == plot.x.high) plot.x = {};
  const double height = plot.bottom + (figure.footnote.empty() ? 54 : 76);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, edge, figure_width - figure_margin, figure.title, "");
  double y = plot.top + 4 + row_height / 2;
  for (const auto& bar : figure.bars) {
    draw_bar(picture, figure, plot, bar, y);
    y += row_height;
  }
  for (const double threshold : figure.thresholds)
    if (plot.x.contains(threshold))
      picture.line(plot.px(threshold), plot.top, plot.px(threshold), plot.bottom,
                   {.stroke = series_colour(1), .width = 1.2, .dashes = "5 4"});
  picture.line(plot.px(0), plot.top, plot.px(0), plot.bottom, {.stroke = axis_colour});
  draw_bottom_axis(picture, plot, linear_ticks(plot.x, 5), figure.x_label);
  draw_footnote(picture, edge, height - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
