#pragma once

#include <string>
#include <vector>

namespace radiomics {

struct Bar {
  std::string label{};
  double value = 0;    ///< not finite: no bar
  std::string text{};  ///< at its end, for example "87 %"
};

struct BarFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string x_label{};
  std::string footnote{};
  double low = 0;  ///< ends of the axis
  double high = 1;
  std::vector<double> thresholds{};  ///< dashed lines; bars at or beyond one stand out
  std::vector<Bar> bars{};           ///< from top to bottom
};

/// Horizontal bars from 0 as a picture of 720 pixels width whose height grows with the bars. A bar
/// is at or beyond a threshold if its value is not closer to 0. \return an SVG file; the same
/// figure gives the same bytes
std::string to_svg(const BarFigure& figure);

}  // namespace radiomics
