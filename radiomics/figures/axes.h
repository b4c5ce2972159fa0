#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "radiomics/figures/svg.h"

// What the figures have in common: scales, ticks, axes, titles and legends. Values that are not
// finite are never drawn.

namespace radiomics {

inline constexpr double figure_width = 720, figure_margin = 28, figure_text = 13;

/// Numbers along an axis.
struct Scale {
  double low = 0;
  double high = 1;           ///< below `low`: the axis runs backwards
  bool logarithmic = false;  ///< then both are positive

  double fraction(double value) const;  ///< 0 at low, 1 at high
  bool contains(double value) const;    ///< up to rounding
};

/// The least scale with round ends that has all finite values; 0 to 1 if there are none.
Scale covering(const std::vector<double>& values, int ticks);

/// A rectangle of the picture with its two scales. y grows upwards.
struct Plot {
  double left = 0, top = 0, right = 0, bottom = 0;
  Scale x{}, y{};

  double px(double value) const { return left + (right - left) * x.fraction(value); }
  double py(double value) const { return bottom - (bottom - top) * y.fraction(value); }
  double middle() const { return (left + right) / 2; }
};

struct Tick {
  double value = 0;
  std::string label{};
};

/// About `count` round numbers, all with the same number of decimals; as "2e-05" where that would
/// take many.
std::vector<Tick> linear_ticks(const Scale& scale, int count);

/// For ratios: powers of two, or closer around 1 where the scale is short.
std::vector<Tick> ratio_ticks(const Scale& scale);

void draw_bottom_axis(SvgPicture& picture, const Plot& plot, const std::vector<Tick>& ticks,
                      std::string_view label);

/// With a faint line across the plot at every tick if `grid`.
void draw_left_axis(SvgPicture& picture, const Plot& plot, const std::vector<Tick>& ticks,
                    std::string_view label, bool grid);

/// The title at the left and the note at the right; nothing where both are "".
void draw_title(SvgPicture& picture, double left, double right, std::string_view title,
                std::string_view note);

/// Small words below all.
void draw_footnote(SvgPicture& picture, double left, double y, std::string_view text);

struct LegendItem {
  double x = 0;
  double y = 0;  ///< of the text's baseline
  std::string label{};
};

/// Items one after another between left and right, in as many rows as they need; further to the
/// left for long labels, which are cut where nothing helps.
std::vector<LegendItem> legend_items(const std::vector<std::string>& labels, double left,
                                     double right, double top);

/// An item with a sample of its line.
void draw_legend_item(SvgPicture& picture, const LegendItem& item, const Paint& line);

/// Labels at the ends of lines: as near as possible to the heights that they belong to, in the same
/// order, `spacing` apart and between top and bottom as long as there is room.
std::vector<double> spread_labels(const std::vector<double>& heights, double spacing, double top,
                                  double bottom);

}  // namespace radiomics
