// The layout, from top to bottom: title, legend, plot, axis, table of numbers at risk, footnote.

#include "radiomics/figures/survival_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/style.h"
#include "radiomics/figures/svg.h"

namespace radiomics {
namespace {

constexpr double picture_width = 720, plot_height = 340, right_margin = 28, text_size = 13;
constexpr double legend_row = 20, legend_sample = 26, risk_row = 18;
constexpr double widest_risk_label = 130, edge = 16;
constexpr std::size_t most_bands = 4;

/// Where things are.
struct Layout {
  double left = 0, top = 0, right = 0, bottom = 0;  ///< of the plot
  double height = 0;                                ///< of the picture
  double end = 1;                                   ///< of the x axis
  std::vector<double> ticks;

  double x(double time) const { return left + (right - left) * time / end; }
  double y(double s) const { return bottom - (bottom - top) * s; }
};

struct LegendItem {
  double x = 0;
  double y = 0;
  std::string label;
};

/// Items one after another, in as many rows as they need; further to the left for long labels.
std::vector<LegendItem> legend_items(const SurvivalFigure& figure, double left, double top) {
  const double right = picture_width - right_margin, before_label = legend_sample + 8;
  for (const auto& curve : figure.curves)
    left = std::min(left, right - before_label - text_width(curve.label, text_size));
  left = std::max(left, edge);
  std::vector<LegendItem> items;
  double x = left, y = top;
  for (const auto& curve : figure.curves) {
    const std::string label = fitted(curve.label, text_size, right - left - before_label);
    const double width = before_label + text_width(label, text_size);
    if (x > left && x + width > right) {
      x = left;
      y += legend_row;
    }
    items.push_back({x, y, label});
    x += width + 18;
  }
  return items;
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
    label_width = std::max(label_width, text_width(curve.label, text_size));
  Layout layout;
  layout.left = std::max(72.0, std::min(label_width, widest_risk_label) + 34);
  layout.right = picture_width - right_margin;
  layout.top = legend_top(figure) - 10;
  if (figure.curves.size() > 1)
    layout.top = legend_items(figure, layout.left, legend_top(figure)).back().y + 18;
  layout.bottom = layout.top + plot_height;
  layout.height = layout.bottom + 76 + risk_row * double(figure.curves.size()) +
                  (figure.footnote.empty() ? 8 : 26);
  const double last = last_time(figure);
  layout.end = last * 1.02;
  layout.ticks =
      ticks_to(layout.end, figure.x_tick_step > 0 ? figure.x_tick_step : tick_step(last, 7));
  return layout;
}

void draw_title(SvgPicture& picture, const SurvivalFigure& figure, const Layout& layout) {
  const double room = layout.right - layout.left - text_width(figure.note, text_size) - 20;
  if (!figure.title.empty())
    picture.text(layout.left, 26, fitted(figure.title, 16, room), {.size = 16, .bold = true});
  if (!figure.note.empty())
    picture.text(layout.right, 26, figure.note, {.size = text_size, .anchor = Anchor::end});
}

void draw_legend(SvgPicture& picture, const SurvivalFigure& figure, const Layout& layout) {
  if (figure.curves.size() < 2) return;
  const auto items = legend_items(figure, layout.left, legend_top(figure));
  for (std::size_t i = 0; i < items.size(); ++i) {
    const double middle = items[i].y - 4.5;
    picture.line(items[i].x, middle, items[i].x + legend_sample, middle,
                 {.stroke = series_colour(i), .width = 2.5, .dashes = series_dashes(i)});
    picture.text(items[i].x + legend_sample + 8, items[i].y, items[i].label, {.size = text_size});
  }
}

void draw_axes(SvgPicture& picture, const SurvivalFigure& figure, const Layout& layout) {
  for (int fifth = 0; fifth <= 5; ++fifth) {
    const double y = layout.y(fifth / 5.0);
    if (fifth > 0) picture.line(layout.left, y, layout.right, y, {.stroke = grid_colour});
    picture.line(layout.left - 5, y, layout.left, y, {.stroke = axis_colour});
    picture.text(layout.left - 9, y + 4.5, fixed_text(fifth / 5.0, 1),
                 {.size = text_size, .anchor = Anchor::end});
  }
  for (const double tick : layout.ticks) {
    picture.line(layout.x(tick), layout.bottom, layout.x(tick), layout.bottom + 5,
                 {.stroke = axis_colour});
    picture.text(layout.x(tick), layout.bottom + 20, rounded_text(tick, 6),
                 {.size = text_size, .anchor = Anchor::middle});
  }
  picture.line(layout.left, layout.top, layout.left, layout.bottom, {.stroke = axis_colour});
  picture.line(layout.left, layout.bottom, layout.right, layout.bottom, {.stroke = axis_colour});
  picture.text((layout.left + layout.right) / 2, layout.bottom + 40, figure.x_label,
               {.size = text_size, .anchor = Anchor::middle});
  picture.text(layout.left - 44, (layout.top + layout.bottom) / 2, figure.y_label,
               {.size = text_size, .anchor = Anchor::middle, .upwards = true});
}

/// One piece of a band for every run of steps whose limits are defined.
void draw_band(SvgPicture& picture, const SurvivalCurve& curve, const Layout& layout,
               std::string_view colour, double opacity) {
  const auto defined = [&curve](std::size_t i) {
    return !std::isnan(curve.conf_low[i]) && !std::isnan(curve.conf_high[i]);
  };
  const std::size_t count = curve.conf_low.size();
  for (std::size_t first = 0, end = 0; first < count; first = end + 1) {
    for (end = first; end < count && defined(end);) ++end;
    if (end == first) continue;
    const auto until = [&](std::size_t i) {
      return layout.x(curve.time[std::min(i + 1, count - 1)]);
    };
    SvgPath path;
    path.move(layout.x(curve.time[first]), layout.y(curve.conf_high[first]));
    for (std::size_t i = first; i < end; ++i)
      path.down(layout.y(curve.conf_high[i])).across(until(i));
    for (std::size_t i = end; i-- > first;)
      path.down(layout.y(curve.conf_low[i])).across(layout.x(curve.time[i]));
    picture.path(path.close(), {.fill = colour, .opacity = opacity});
  }
}

void draw_median(SvgPicture& picture, const SurvivalCurve& curve, const Layout& layout) {
  if (std::isnan(curve.median)) return;
  const Paint guide{.stroke = "#999999", .dashes = "3 3"};
  picture.line(layout.left, layout.y(0.5), layout.x(curve.median), layout.y(0.5), guide);
  picture.line(layout.x(curve.median), layout.y(0.5), layout.x(curve.median), layout.bottom, guide);
}

void draw_curve(SvgPicture& picture, const SurvivalCurve& curve, const Layout& layout,
                std::size_t series) {
  const Paint stroke{.stroke = series_colour(series), .width = 2, .dashes = series_dashes(series)};
  SvgPath steps, ticks;
  steps.move(layout.x(0), layout.y(1));
  double height = 1;
  for (std::size_t i = 0; i < curve.time.size(); ++i) {
    const double x = layout.x(curve.time[i]);
    if (curve.estimate[i] != height || i + 1 == curve.time.size()) steps.across(x);
    if (curve.estimate[i] != height) steps.down(layout.y(curve.estimate[i]));
    height = curve.estimate[i];
    if (curve.n_censor[i] > 0) ticks.move(x, layout.y(height) - 4.5).down(layout.y(height) + 4.5);
  }
  picture.path(steps, stroke);
  if (!ticks.text().empty()) picture.path(ticks, {.stroke = stroke.stroke, .width = 1.2});
}

int at_risk(const SurvivalCurve& curve, double time) {
  const auto next = std::ranges::lower_bound(curve.time, time - 1e-9 * time);  // ticks are rounded
  return next == curve.time.end() ? 0 : curve.n_risk[std::size_t(next - curve.time.begin())];
}

void draw_numbers_at_risk(SvgPicture& picture, const SurvivalFigure& figure, const Layout& layout) {
  double y = layout.bottom + 66;
  const std::string_view heading = "Number at risk";
  picture.text(std::max(edge, layout.left - 24 - text_width(heading, 12)), y, heading,
               {.size = 12, .fill = faint_text_colour});
  for (std::size_t i = 0; i < figure.curves.size(); ++i) {
    y += risk_row;
    const auto& curve = figure.curves[i];
    picture.text(layout.left - 24, y, fitted(curve.label, text_size, widest_risk_label),
                 {.size = text_size, .anchor = Anchor::end, .fill = series_colour(i)});
    for (const double tick : layout.ticks)
      picture.text(layout.x(tick), y, to_text(at_risk(curve, tick)),
                   {.size = text_size, .anchor = Anchor::middle});
  }
}

}  // namespace

std::string to_svg(const SurvivalFigure& figure) {
  const Layout layout = arrange(figure);
  SvgPicture picture(picture_width, layout.height, figure.title, figure.description);
  draw_title(picture, figure, layout);
  draw_legend(picture, figure, layout);
  draw_axes(picture, figure, layout);
  const double opacity = figure.curves.size() <= 2 ? 0.15 : 0.1;
  if (figure.curves.size() <= most_bands)
    for (std::size_t i = 0; i < figure.curves.size(); ++i)
      draw_band(picture, figure.curves[i], layout, series_colour(i), opacity);
  for (const auto& curve : figure.curves) draw_median(picture, curve, layout);
  for (std::size_t i = 0; i < figure.curves.size(); ++i)
    draw_curve(picture, figure.curves[i], layout, i);
  draw_numbers_at_risk(picture, figure, layout);
  if (!figure.footnote.empty())
    picture.text(layout.left, layout.height - 12, figure.footnote,
                 {.size = 11, .fill = faint_text_colour});
  return picture.document();
}

}  // namespace radiomics
