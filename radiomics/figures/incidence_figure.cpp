#include "radiomics/figures/incidence_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/series.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double plot_height = 340;
constexpr std::size_t most_bands = 4;

/// One curve with its look.
struct Curve {
  const IncidenceGroup* group;
  const IncidenceCause* cause;
  std::string label;
  Paint line;
};

std::string label_of(const IncidenceGroup& group, const IncidenceCause& cause, bool one_group) {
  if (one_group) return cause.label;
  return cause.label.empty() ? group.label : group.label + ", " + cause.label;
}

std::vector<Curve> curves_of(const IncidenceFigure& figure) {
  std::vector<Curve> curves;
  const bool one_group = figure.groups.size() == 1;
  for (std::size_t g = 0; g < figure.groups.size(); ++g)
    for (std::size_t c = 0; c < figure.groups[g].causes.size(); ++c) {
      const auto& group = figure.groups[g];
      const auto& cause = group.causes[c];
      curves.push_back({&group,
                        &cause,
                        label_of(group, cause, one_group),
                        {.stroke = series_colour(one_group ? c : g),
                         .width = 2,
                         .dashes = c == 0 ? "" : "6 3"}});
    }
  return curves;
}

std::vector<LegendItem> legend(const std::vector<Curve>& curves, const Plot& plot, double top) {
  std::vector<std::string> labels;
  for (const auto& curve : curves) labels.push_back(curve.label);
  return legend_items(labels, plot.left, plot.right, top);
}

double last_time(const IncidenceFigure& figure) {
  double last = 0;
  for (const auto& group : figure.groups)
    if (!group.time.empty()) last = std::max(last, group.time.back());
  return last > 0 ? last : 1;
}

std::vector<Tick> time_ticks(const IncidenceFigure& figure, const Plot& plot) {
  const double step =
      figure.x_tick_step > 0 ? figure.x_tick_step : tick_step(plot.x.high / 1.02, 7);
  std::vector<Tick> ticks;
  for (const double tick : ticks_to(plot.x.high, step))
    ticks.push_back({tick, rounded_text(tick, 6)});
  return ticks;
}

Plot plot_of(const IncidenceFigure& figure, double right) {
  double label_width = 0;
  for (const auto& group : figure.groups)
    label_width = std::max(label_width, text_width(group.label, figure_text));
  Plot plot{.left = std::max(72.0, std::min(label_width, risk_label_width) + 34), .right = right};
  plot.top = figure.title.empty() && figure.note.empty() ? 16 : 44;
  plot.bottom = plot.top + plot_height;
  plot.x.high = last_time(figure) * 1.02;
  return plot;
}

double picture_height(const IncidenceFigure& figure, const Plot& plot, std::size_t rows) {
  return plot.bottom + 76 + risk_row_height * double(rows) + (figure.footnote.empty() ? 8 : 26);
}

void draw_frame(SvgPicture& picture, const IncidenceFigure& figure, const Plot& plot) {
  draw_title(picture, plot.left, figure_width - figure_margin, figure.title, figure.note);
  draw_left_axis(picture, plot, linear_ticks(plot.y, 5), figure.y_label, true);
  draw_bottom_axis(picture, plot, time_ticks(figure, plot), figure.x_label);
}

void draw_causes(SvgPicture& picture, const Plot& plot, const std::vector<Curve>& curves) {
  if (curves.size() <= most_bands)
    for (const auto& curve : curves)
      draw_step_band(picture, plot, curve.group->time, curve.cause->conf_low,
                     curve.cause->conf_high, curve.line.stroke, curves.size() <= 2 ? 0.15 : 0.1);
  for (const auto& curve : curves)
    draw_steps(picture, plot, 0, curve.group->time, curve.cause->estimate, curve.line);
}

/// The sums of the causes from the first to each.
std::vector<std::vector<double>> stacked(const IncidenceGroup& group) {
  std::vector<std::vector<double>> sums;
  for (const auto& cause : group.causes) {
    sums.push_back(cause.estimate);
    if (sums.size() > 1)
      for (std::size_t i = 0; i < cause.estimate.size(); ++i)
        sums.back()[i] += sums[sums.size() - 2][i];
  }
  return sums;
}

double last_finite(const std::vector<double>& values) {
  for (auto value = values.rbegin(); value != values.rend(); ++value)
    if (std::isfinite(*value)) return std::clamp(*value, 0.0, 1.0);
  return 0;
}

void draw_stack(SvgPicture& picture, const Plot& plot, const IncidenceGroup& group) {
  const auto sums = stacked(group);
  std::vector<double> low(group.time.size(), 0.0), heights;
  double from = 0;
  for (std::size_t c = 0; c < sums.size(); ++c) {
    draw_step_band(picture, plot, group.time, low, sums[c], series_colour(c), 0.45);
    draw_steps(picture, plot, 0, group.time, sums[c], {.stroke = series_colour(c), .width = 1.5});
    heights.push_back(plot.py((from + last_finite(sums[c])) / 2) + 4.5);
    from = last_finite(sums[c]);
    low = sums[c];
  }
  heights.push_back(plot.py((from + 1) / 2) + 4.5);
  heights = spread_labels(heights, 18, plot.top + 8, plot.bottom);
  for (std::size_t c = 0; c < heights.size(); ++c)
    picture.text(
        plot.right + 10, heights[c],
        fitted(c < sums.size() ? group.causes[c].label : "Event-free", figure_text, 174),
        {.size = figure_text, .fill = c < sums.size() ? series_colour(c) : faint_text_colour});
}

}  // namespace

std::string to_svg(const IncidenceFigure& figure) {
  Plot plot = plot_of(figure, figure_width - figure_margin);
  const auto curves = curves_of(figure);
  if (curves.size() > 1) {
    plot.top = legend(curves, plot, plot.top + 10).back().y + 18;
    plot.bottom = plot.top + plot_height;
  }
  SvgPicture picture(figure_width, picture_height(figure, plot, figure.groups.size()), figure.title,
                     figure.description);
  draw_frame(picture, figure, plot);
  if (curves.size() > 1) {
    const auto items = legend(curves, plot, plot_of(figure, plot.right).top + 10);
    for (std::size_t i = 0; i < items.size(); ++i)
      draw_legend_item(picture, items[i], curves[i].line);
  }
  draw_causes(picture, plot, curves);
  std::vector<RiskRow> rows;
  const bool one_group = figure.groups.size() == 1;
  for (std::size_t g = 0; g < figure.groups.size(); ++g) {
    const auto& group = figure.groups[g];
    rows.push_back(
        {group.label, one_group ? axis_colour : series_colour(g), group.time, group.n_risk});
  }
  draw_numbers_at_risk(picture, plot, time_ticks(figure, plot), rows);
  draw_footnote(picture, plot.left, picture_height(figure, plot, rows.size()) - 12,
                figure.footnote);
  return picture.document();
}

std::string to_stacked_svg(const IncidenceFigure& figure, std::size_t group) {
  const auto& shown = figure.groups[group];
  const Plot plot = plot_of(figure, figure_width - 190);
  SvgPicture picture(figure_width, picture_height(figure, plot, 1), figure.title,
                     figure.description);
  draw_frame(picture, figure, plot);
  draw_stack(picture, plot, shown);
  draw_numbers_at_risk(picture, plot, time_ticks(figure, plot),
                       {{shown.label, axis_colour, shown.time, shown.n_risk}});
  draw_footnote(picture, plot.left, picture_height(figure, plot, 1) - 12, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
