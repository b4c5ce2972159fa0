#pragma once

#include <string_view>
#include <vector>

#include "radiomics/figures/axes.h"

// Lines, steps and bands inside a plot. Nothing leaves the plot; where a value is NaN there is a
// gap. Vectors of one call have the same length.

namespace radiomics {

/// A line through points, cut where it leaves the plot.
void draw_line(SvgPicture& picture, const Plot& plot, const std::vector<double>& x,
               const std::vector<double>& y, const Paint& paint);

/// The area between two lines.
void draw_band(SvgPicture& picture, const Plot& plot, const std::vector<double>& x,
               const std::vector<double>& low, const std::vector<double>& high,
               std::string_view colour, double opacity);

/// The area between two step functions that have new values from each time on.
void draw_step_band(SvgPicture& picture, const Plot& plot, const std::vector<double>& time,
                    const std::vector<double>& low, const std::vector<double>& high,
                    std::string_view colour, double opacity);

/// A step function from (0, start); it ends at its last time.
void draw_steps(SvgPicture& picture, const Plot& plot, double start,
                const std::vector<double>& time, const std::vector<double>& value,
                const Paint& paint);

/// How many are still followed at a time, that is the entry of the first time not before it.
int at_risk(const std::vector<double>& time, const std::vector<int>& n_risk, double at);

struct RiskRow {
  std::string_view label;
  std::string_view colour;
  const std::vector<double>& time;
  const std::vector<int>& n_risk;
};

inline constexpr double risk_row_height = 18, risk_label_width = 130;

/// The numbers at risk below a plot, under its ticks. Takes 66 pixels and a row per entry.
void draw_numbers_at_risk(SvgPicture& picture, const Plot& plot, const std::vector<Tick>& ticks,
                          const std::vector<RiskRow>& rows);

}  // namespace radiomics
