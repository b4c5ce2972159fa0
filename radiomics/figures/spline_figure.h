#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// The log hazard ratio along a variable that enters a model as a spline.
struct SplineFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string note{};         ///< opposite the title, for example "nonlinearity: p = 0.02"
  std::string x_label{};
  std::string footnote{};
  std::vector<double> x{};          ///< ascending
  std::vector<double> log_ratio{};  ///< one per x; NaN: a gap
  std::vector<double> low{};        ///< its band
  std::vector<double> high{};
  std::vector<double> knots{};     ///< marked by dotted lines
  std::vector<double> observed{};  ///< values of the patients: ticks along the axis
};

/// A line with its band, on the left as log ratio and on the right as ratio, as a picture of 720
/// pixels width. The dashed line is at a ratio of 1. A straight line is what linearity looks like.
/// Where the band runs far out it is cut, so that it does not flatten the line.
/// \return an SVG file; the same figure gives the same bytes
std::string to_svg(const SplineFigure& figure);

}  // namespace radiomics
