// Columns from left to right: label, counts, plot, text, p.

#include "radiomics/figures/forest_figure.h"

#include <algorithm>
#include <cmath>

#include "radiomics/figures/axes.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double edge = 20, row_height = 23, size = 13, indent = 14, bold = 1.1;
constexpr double label_least = 258, label_most = 540, counts_room = 74, plot_room = 218,
                 text_room = 158, p_room = 76, longest_axis = 32;
constexpr std::string_view rule_colour = "#222222";
const std::string not_estimable = "not estimable";

bool estimable(const ForestRow& row) { return row.estimate > 0 && std::isfinite(row.estimate); }

bool has_interval(const ForestRow& row) {
  return estimable(row) && row.conf_low >= 0 && row.conf_high >= row.estimate &&
         row.conf_low <= row.estimate;
}

bool has_counts(const ForestFigure& figure) {
  return std::ranges::any_of(figure.rows, [](const ForestRow& row) { return !row.counts.empty(); });
}

/// Wide enough for all intervals, with round ends.
Scale axis_of_probabilities(const ForestFigure& figure) {
  std::vector<double> values{figure.reference};
  for (const auto& row : figure.rows)
    for (const double value : {row.estimate, row.conf_low, row.conf_high})
      if (std::isfinite(value)) values.push_back(std::clamp(value, 0.0, 1.0));
  return covering(values, 4);
}

/// Where the columns are: the labels take the room that they need, names of features are long.
struct Columns {
  double label_room, counts_right, plot_left, plot_right, text_left, p_right, width;
};

Columns columns_of(const ForestFigure& figure) {
  double longest = text_width(figure.label_heading, size);
  for (const auto& row : figure.rows)
    longest = std::max({longest, text_width(row.label, size) + (row.group.empty() ? 0 : indent),
                        text_width(row.group, bold * size) - counts_room});
  const double label_room = std::clamp(std::ceil(longest), label_least, label_most);
  const double counts_right = edge + label_room + counts_room;
  const double plot_left = counts_right + 24, plot_right = plot_left + plot_room;
  const double text_left = plot_right + 18, p_right = text_left + text_room + p_room - 2;
  return {.label_room = has_counts(figure) ? label_room : label_room + counts_room,
          .counts_right = counts_right,
          .plot_left = plot_left,
          .plot_right = plot_right,
          .text_left = text_left,
          .p_right = p_right,
          .width = p_right + 16};
}

/// Wide enough for all intervals, but not for the few that are far wider than the estimates.
Scale axis_of(const ForestFigure& figure) {
  if (figure.probability) return axis_of_probabilities(figure);
  double low = 1 / 1.2, high = 1.2, least = 1, most = 1;
  for (const auto& row : figure.rows)
    if (estimable(row)) least = std::min(least, row.estimate), most = std::max(most, row.estimate);
  for (const auto& row : figure.rows) {
    if (!has_interval(row)) continue;
    low = std::min(low, std::max(row.conf_low, least / 4));
    high = std::max(high, std::min(row.conf_high, most * 4));
  }
  low = std::max({std::min(low, least), 1 / longest_axis});
  high = std::min({std::max(high, most), longest_axis});
  if (low > 0.5 && high < 2 && (low < 1 / 1.26 || high > 1.26))
    low = std::min(low, 0.67), high = std::max(high, 1.5);
  return {.low = low / 1.04, .high = high * 1.04, .logarithmic = true};
}

/// The y of every row, and of the headings of groups above their first row.
struct Lines {
  std::vector<double> rows;
  std::vector<double> headings;  ///< 0: none
  double end = 0;
};

Lines lines_of(const ForestFigure& figure, double top) {
  Lines lines;
  double y = top;
  const std::string* group = nullptr;
  for (const auto& row : figure.rows) {
    const bool starts = !row.group.empty() && (!group || *group != row.group);
    lines.headings.push_back(starts ? y : 0);
    if (starts) y += row_height;
    group = &row.group;
    lines.rows.push_back(y);
    y += row_height;
  }
  lines.end = y;
  return lines;
}

void draw_arrow(SvgPicture& picture, double x, double y, double direction) {
  SvgPath path;
  path.move(x, y).line(x - direction * 7, y - 4).line(x - direction * 7, y + 4).close();
  picture.path(path, {.fill = rule_colour});
}

void draw_interval(SvgPicture& picture, const Plot& plot, const ForestRow& row, double y) {
  const bool beyond_left = row.conf_low<plot.x.low, beyond_right = row.conf_high> plot.x.high;
  const double from = beyond_left ? plot.left : plot.px(row.conf_low);
  const double to = beyond_right ? plot.right : plot.px(row.conf_high);
  picture.line(std::min(from, plot.right), y, std::max(to, plot.left), y,
               {.stroke = rule_colour, .width = 1.2});
  if (beyond_left) draw_arrow(picture, plot.left, y, -1);
  if (beyond_right) draw_arrow(picture, plot.right, y, 1);
}

void draw_estimate(SvgPicture& picture, const Plot& plot, const ForestRow& row, double heaviest,
                   double y) {
  if (!estimable(row)) return;
  if (has_interval(row)) draw_interval(picture, plot, row, y);
  if (!plot.x.contains(row.estimate)) return;
  const double share = heaviest > 0 && row.weight > 0 ? row.weight / heaviest : 1;
  const double side =
      std::isfinite(share) ? std::max(5.0, 12 * std::sqrt(std::min(share, 1.0))) : 8;
  picture.rectangle(plot.px(row.estimate) - side / 2, y - side / 2, side, side,
                    {.fill = series_colour(0)});
}

void draw_row(SvgPicture& picture, const ForestRow& row, const Columns& columns, double y) {
  const double baseline = y + 4.5, left = row.group.empty() ? 0 : indent;
  picture.text(edge + left, baseline, fitted_name(row.label, size, columns.label_room - left),
               {.size = size});
  if (!row.counts.empty())
    picture.text(columns.counts_right, baseline, fitted(row.counts, size, counts_room),
                 {.size = size, .anchor = Anchor::end});
  const std::string& text = estimable(row) || !row.text.empty() ? row.text : not_estimable;
  if (!text.empty())
    picture.text(columns.text_left, baseline, fitted(text, size, text_room), {.size = size});
  if (!row.p.empty())
    picture.text(columns.p_right, baseline, fitted(row.p, size, p_room),
                 {.size = size, .anchor = Anchor::end});
}

void draw_headings(SvgPicture& picture, const ForestFigure& figure, const Columns& columns,
                   double y) {
  const TextStyle left{.size = size, .bold = true};
  const TextStyle right{.size = size, .anchor = Anchor::end, .bold = true};
  picture.text(edge, y, fitted(figure.label_heading, size, columns.label_room), left);
  if (has_counts(figure)) picture.text(columns.counts_right, y, figure.counts_heading, right);
  picture.text(columns.text_left, y, fitted(figure.text_heading, size, text_room + 20), left);
  if (std::ranges::any_of(figure.rows, [](const ForestRow& row) { return !row.p.empty(); }))
    picture.text(columns.p_right, y, "p", right);
  picture.line(edge, y + 8, columns.p_right, y + 8, {.stroke = rule_colour});
}

void draw_sides(SvgPicture& picture, const ForestFigure& figure, const Plot& plot, double y) {
  const double one = plot.px(figure.reference);
  const auto side = [&](const std::string& text, Anchor anchor, double x) {
    if (!text.empty())
      picture.text(x, y, fitted(text, 12, 240),
                   {.size = 12, .anchor = anchor, .fill = faint_text_colour});
  };
  side(figure.low_side.empty() ? "" : "\xe2\x86\x90 " + figure.low_side, Anchor::end, one - 8);
  side(figure.high_side.empty() ? "" : figure.high_side + " \xe2\x86\x92", Anchor::start, one + 8);
}

}  // namespace

std::string to_svg(const ForestFigure& figure) {
  const double headings = figure.title.empty() ? 30 : 62;
  const Lines lines = lines_of(figure, headings + 8 + row_height * 0.7);
  const Columns columns = columns_of(figure);
  const Plot plot{.left = columns.plot_left,
                  .top = headings + 8,
                  .right = columns.plot_right,
                  .bottom = lines.end - 4,
                  .x = axis_of(figure),
                  .y = {}};
  const bool sides = !figure.low_side.empty() || !figure.high_side.empty();
  const double below = plot.bottom + (sides ? 62 : 44);
  SvgPicture picture(columns.width, below + (figure.footnote.empty() ? 10 : 30), figure.title,
                     figure.description);
  draw_title(picture, edge, columns.p_right, figure.title, "");
  draw_headings(picture, figure, columns, headings);
  const double reference = plot.px(figure.reference);
  picture.line(reference, plot.top, reference, plot.bottom, {.stroke = "#999999", .dashes = "3 3"});
  double heaviest = 0;
  for (const auto& row : figure.rows)
    if (estimable(row) && std::isfinite(row.weight)) heaviest = std::max(heaviest, row.weight);
  for (std::size_t i = 0; i < figure.rows.size(); ++i) {
    const auto& row = figure.rows[i];
    if (lines.headings[i] > 0)
      picture.text(edge, lines.headings[i] + 4.5,
                   fitted(row.group, size, columns.counts_right - edge),
                   {.size = size, .bold = true});
    draw_row(picture, row, columns, lines.rows[i]);
    draw_estimate(picture, plot, row, heaviest, lines.rows[i]);
  }
  draw_bottom_axis(picture, plot,
                   figure.probability ? linear_ticks(plot.x, 4) : ratio_ticks(plot.x),
                   figure.x_label);
  draw_sides(picture, figure, plot, plot.bottom + 58);
  draw_footnote(picture, edge, below + 18, figure.footnote);
  return picture.document();
}

}  // namespace radiomics
