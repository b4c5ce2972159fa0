#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace radiomics {

/// Colours that people with any colour vision tell apart on white; the yellow of the set is left
/// out because it is too pale for a line. \source Okabe and Ito 2008, "Color Universal Design"
inline constexpr std::array<std::string_view, 7> palette{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                         "#e69f00", "#56b4e9", "#000000"};

/// The colour of series number i, and the dashes that tell it from an earlier one of that colour.
std::string_view series_colour(std::size_t i);
std::string_view series_dashes(std::size_t i);

inline constexpr std::string_view axis_colour = "#444444";
inline constexpr std::string_view grid_colour = "#e6e6e6";
inline constexpr std::string_view faint_text_colour = "#666666";

/// The step of about `count` round ticks from 0 to `end`: 1, 2 or 5 times a power of ten.
double tick_step(double end, int count);

/// 0, step, 2 step ... up to `end`.
std::vector<double> ticks_to(double end, double step);

}  // namespace radiomics
