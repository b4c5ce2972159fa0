#pragma once

namespace viewer {

/// From 0 to 1.
struct Colour {
  double red, green, blue;
};

// Those of the contact sheets.
inline constexpr Colour background_colour{0.075, 0.085, 0.105};
inline constexpr Colour pane_colour{0, 0, 0};
inline constexpr Colour text_colour{0.93, 0.94, 0.96};
inline constexpr Colour region_colour{1.0, 0.80, 0.16};

}  // namespace viewer
