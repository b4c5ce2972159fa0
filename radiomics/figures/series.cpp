#include "radiomics/figures/series.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

/// A piece of a segment, as fractions of its length.
struct Piece {
  double from = 0;
  double to = 1;
};

/// Keeps what of a segment lies between two sides. \source Liang and Barsky 1984
void cut(Piece& piece, double start, double end, double low, double high) {
  if (start == end) {
    if (start < low || start > high) piece.to = -1;
    return;
  }
  const double a = (low - start) / (end - start), b = (high - start) / (end - start);
  piece.from = std::max(piece.from, std::min(a, b));
  piece.to = std::min(piece.to, std::max(a, b));
}

/// Calls draw(first, end) for every run of entries that are finite in both series.
template <class Draw>
void for_each_run(const std::vector<double>& a, const std::vector<double>& b, Draw draw) {
  const std::size_t count = std::min(a.size(), b.size());
  for (std::size_t first = 0, end = 0; first < count; first = end + 1) {
    for (end = first; end < count && std::isfinite(a[end]) && std::isfinite(b[end]);) ++end;
    if (end > first) draw(first, end);
  }
}

double clamped_y(const Plot& plot, double value) {
  return std::clamp(plot.py(value), plot.top, plot.bottom);
}

}  // namespace

void draw_line(SvgPicture& picture, const Plot& plot, const std::vector<double>& x,
               const std::vector<double>& y, const Paint& paint) {
  SvgPath path;
  bool connected = false;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const double x1 = plot.px(x[i]), y1 = plot.py(y[i]);
    const double x2 = plot.px(x[i + 1]), y2 = plot.py(y[i + 1]);
    Piece piece;
    if (std::isfinite(x1 + y1 + x2 + y2)) {
      cut(piece, x1, x2, plot.left - 0.01, plot.right + 0.01);
      cut(piece, y1, y2, plot.top - 0.01, plot.bottom + 0.01);
    } else {
      piece.to = -1;
    }
    if (piece.from <= piece.to) {
      if (!connected || piece.from > 0)
        path.move(x1 + piece.from * (x2 - x1), y1 + piece.from * (y2 - y1));
      path.line(x1 + piece.to * (x2 - x1), y1 + piece.to * (y2 - y1));
    }
    connected = piece.to == 1 && piece.from <= piece.to;
  }
  if (!path.text().empty()) picture.path(path, paint);
}

void draw_band(SvgPicture& picture, const Plot& plot, const std::vector<double>& x,
               const std::vector<double>& low, const std::vector<double>& high,
               std::string_view colour, double opacity) {
  for_each_run(low, high, [&](std::size_t first, std::size_t end) {
    SvgPath path;
    path.move(plot.px(x[first]), clamped_y(plot, high[first]));
    for (std::size_t i = first + 1; i < end; ++i)
      path.line(plot.px(x[i]), clamped_y(plot, high[i]));
    for (std::size_t i = end; i-- > first;) path.line(plot.px(x[i]), clamped_y(plot, low[i]));
    picture.path(path.close(), {.fill = colour, .opacity = opacity});
  });
}

void draw_step_band(SvgPicture& picture, const Plot& plot, const std::vector<double>& time,
                    const std::vector<double>& low, const std::vector<double>& high,
                    std::string_view colour, double opacity) {
  for_each_run(low, high, [&](std::size_t first, std::size_t end) {
    const auto until = [&](std::size_t i) {
      return plot.px(time[std::min(i + 1, time.size() - 1)]);
    };
    SvgPath path;
    path.move(plot.px(time[first]), clamped_y(plot, high[first]));
    for (std::size_t i = first; i < end; ++i) path.down(clamped_y(plot, high[i])).across(until(i));
    for (std::size_t i = end; i-- > first;)
      path.down(clamped_y(plot, low[i])).across(plot.px(time[i]));
    picture.path(path.close(), {.fill = colour, .opacity = opacity});
  });
}

void draw_steps(SvgPicture& picture, const Plot& plot, double start,
                const std::vector<double>& time, const std::vector<double>& value,
                const Paint& paint) {
  SvgPath steps;
  steps.move(plot.px(0), clamped_y(plot, start));
  double height = start;
  for (std::size_t i = 0; i < time.size() && std::isfinite(value[i]); ++i) {
    if (value[i] != height || i + 1 == time.size()) steps.across(plot.px(time[i]));
    if (value[i] != height) steps.down(clamped_y(plot, value[i]));
    height = value[i];
  }
  picture.path(steps, paint);
}

int at_risk(const std::vector<double>& time, const std::vector<int>& n_risk, double at) {
  const auto next = std::ranges::lower_bound(time, at - 1e-9 * at);  // ticks are rounded
  return next == time.end() ? 0 : n_risk[std::size_t(next - time.begin())];
}

void draw_numbers_at_risk(SvgPicture& picture, const Plot& plot, const std::vector<Tick>& ticks,
                          const std::vector<RiskRow>& rows) {
  double y = plot.bottom + 66;
  const std::string_view heading = "Number at risk";
  picture.text(std::max(16.0, plot.left - 24 - text_width(heading, 12)), y, heading,
               {.size = 12, .fill = faint_text_colour});
  for (const auto& row : rows) {
    y += risk_row_height;
    picture.text(plot.left - 24, y, fitted_name(row.label, figure_text, risk_label_width),
                 {.size = figure_text, .anchor = Anchor::end, .fill = row.colour});
    for (const auto& tick : ticks)
      picture.text(plot.px(tick.value), y, to_text(at_risk(row.time, row.n_risk, tick.value)),
                   {.size = figure_text, .anchor = Anchor::middle});
  }
}

}  // namespace radiomics
