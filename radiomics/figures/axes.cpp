#include "radiomics/figures/axes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "radiomics/core/text.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double legend_sample = 26, legend_row = 20, tick_length = 5;
constexpr double rounding = 1e-9;  // of a step

int decimals_of(double step) {
  return std::clamp(int(std::ceil(-std::log10(step) - rounding)), 0, 8);
}

/// With a minus as long as a plus is wide.
std::string with_long_minus(const std::string& text) {
  return text.starts_with('-') ? "\xe2\x88\x92" + text.substr(1) : text;
}

/// Decimals, or "2e-05" and "3e+12" where these would be long.
std::string tick_label(double value, double step, double largest) {
  const bool long_one = step < 1e-4 || largest >= 1e7;
  const bool told_apart = largest < 1e5 * step;  // by six digits
  if (value != 0 && long_one && told_apart) return with_long_minus(rounded_text(value, 6));
  const int decimals = value == 0 && long_one ? 0 : decimals_of(step);
  return with_long_minus(fixed_text(value == 0 ? 0 : value, decimals));
}

}  // namespace

double Scale::fraction(double value) const {
  return logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
}

bool Scale::contains(double value) const {
  const double at = fraction(value);
  return at >= -rounding && at <= 1 + rounding;
}

Scale covering(const std::vector<double>& values, int ticks) {
  double low = INFINITY, high = -INFINITY;
  for (const double value : values)
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  if (low > high) return {};
  if (!(high - low > rounding * std::max(std::abs(low), std::abs(high)))) {
    const double half = low == 0 ? 0.5 : std::abs(low) / 2;
    low -= half, high += half;
  }
  const double step = tick_step(high - low, ticks);
  return {.low = step * std::floor(low / step + rounding),
          .high = step * std::ceil(high / step - rounding)};
}

std::vector<Tick> linear_ticks(const Scale& scale, int count) {
  const double low = std::min(scale.low, scale.high), high = std::max(scale.low, scale.high);
  const double step = tick_step(high - low, count);
  const double first = std::ceil(low / step - rounding);
  const double steps = std::floor(high / step + rounding) - first;
  std::vector<Tick> ticks;
  if (!(steps <= 2 * count)) return ticks;  // numbers too large or too close to tell apart
  for (int i = 0; i <= int(steps); ++i) {
    const double value = (first + i) * step;
    const double largest = std::max(std::abs(low), std::abs(high));
    ticks.push_back({value, tick_label(value, step, largest)});
  }
  return ticks;
}

std::vector<Tick> ratio_ticks(const Scale& scale) {
  const double span = std::max(scale.high, 1 / scale.low);
  std::vector<Tick> ticks;
  const auto add = [&](double value) {
    if (scale.contains(value)) ticks.push_back({value, rounded_text(value, 3)});
  };
  if (span <= 1.26) {
    for (const double value : {0.8, 0.9, 1.0, 1.1, 1.2}) add(value);
  } else if (span <= 2.01) {
    for (const double value : {0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0}) add(value);
  } else {
    const int step = span > 64 ? 2 : 1;
    for (int power = -10; power <= 10; power += step) add(std::ldexp(1, power));
  }
  return ticks;
}

void draw_bottom_axis(SvgPicture& picture, const Plot& plot, const std::vector<Tick>& ticks,
                      std::string_view label) {
  const Paint stroke{.stroke = axis_colour};
  for (const auto& tick : ticks) {
    const double x = plot.px(tick.value);
    picture.line(x, plot.bottom, x, plot.bottom + tick_length, stroke);
    picture.text(x, plot.bottom + 20, tick.label, {.size = figure_text, .anchor = Anchor::middle});
  }
  picture.line(plot.left, plot.bottom, plot.right, plot.bottom, stroke);
  if (!label.empty())
    picture.text(plot.middle(), plot.bottom + 40, fitted(label, figure_text, figure_width - 40),
                 {.size = figure_text, .anchor = Anchor::middle});
}

void draw_left_axis(SvgPicture& picture, const Plot& plot, const std::vector<Tick>& ticks,
                    std::string_view label, bool grid) {
  double widest = 0;
  for (const auto& tick : ticks) {
    const double y = plot.py(tick.value);
    if (grid && y < plot.bottom - 0.5)
      picture.line(plot.left, y, plot.right, y, {.stroke = grid_colour});
    picture.line(plot.left - tick_length, y, plot.left, y, {.stroke = axis_colour});
    picture.text(plot.left - 9, y + 4.5, tick.label, {.size = figure_text, .anchor = Anchor::end});
    widest = std::max(widest, text_width(tick.label, figure_text));
  }
  picture.line(plot.left, plot.top, plot.left, plot.bottom, {.stroke = axis_colour});
  if (!label.empty())
    picture.text(plot.left - 18 - std::max(widest, 26.0), (plot.top + plot.bottom) / 2,
                 fitted(label, figure_text, plot.bottom - plot.top + 40),
                 {.size = figure_text, .anchor = Anchor::middle, .upwards = true});
}

void draw_title(SvgPicture& picture, double left, double right, std::string_view title,
                std::string_view note) {
  const std::string shown = fitted(note, figure_text, (right - left) * 0.7);
  const double room = right - left - text_width(shown, figure_text) - 20;
  if (!title.empty()) picture.text(left, 26, fitted(title, 16, room), {.size = 16, .bold = true});
  if (!note.empty()) picture.text(right, 26, shown, {.size = figure_text, .anchor = Anchor::end});
}

void draw_footnote(SvgPicture& picture, double left, double y, std::string_view text) {
  if (!text.empty()) picture.text(left, y, text, {.size = 11, .fill = faint_text_colour});
}

std::vector<LegendItem> legend_items(const std::vector<std::string>& labels, double left,
                                     double right, double top) {
  constexpr double edge = 16, before_label = legend_sample + 8;
  for (const auto& label : labels)
    left = std::min(left, right - before_label - text_width(label, figure_text));
  left = std::max(left, edge);
  std::vector<LegendItem> items;
  double x = left, y = top;
  for (const auto& full : labels) {
    const std::string label = fitted(full, figure_text, right - left - before_label);
    const double width = before_label + text_width(label, figure_text);
    if (x > left && x + width > right) {
      x = left;
      y += legend_row;
    }
    items.push_back({x, y, label});
    x += width + 18;
  }
  return items;
}

void draw_legend_item(SvgPicture& picture, const LegendItem& item, const Paint& line) {
  const double middle = item.y - 4.5;
  picture.line(item.x, middle, item.x + legend_sample, middle, line);
  picture.text(item.x + legend_sample + 8, item.y, item.label, {.size = figure_text});
}

std::vector<double> spread_labels(const std::vector<double>& heights, double spacing, double top,
                                  double bottom) {
  std::vector<std::size_t> order(heights.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::ranges::stable_sort(order, {}, [&heights](std::size_t i) { return heights[i]; });
  std::vector<double> placed = heights;
  double free = top;
  for (const auto i : order) {
    placed[i] = std::max(heights[i], free);
    free = placed[i] + spacing;
  }
  free = bottom;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    placed[*i] = std::min(placed[*i], free);
    free = placed[*i] - spacing;
  }
  return placed;
}

}  // namespace radiomics
