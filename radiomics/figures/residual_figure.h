#pragma once

#include <limits>
#include <string>
#include <vector>

namespace radiomics {

/// The scaled Schoenfeld residuals of one term: one point per event.
struct ResidualPanel {
  std::string term{};
  std::string note{};  ///< for example "p = 0.31"
  std::vector<double> time{};
  std::vector<double> residual{};
  std::vector<double> smooth_time{};  ///< ascending
  std::vector<double> smooth{};
  std::vector<double> smooth_low{};  ///< for example -2 standard errors; empty: no band
  std::vector<double> smooth_high{};
  double coefficient = std::numeric_limits<double>::quiet_NaN();  ///< a line at its height
};

struct ResidualFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string x_label{};      ///< below every panel
  std::string footnote{};
  std::vector<ResidualPanel> panels{};
};

/// Residuals against time with a smooth line, a panel per term, two beside each other, as a picture
/// of 720 pixels width. A flat smooth line is what proportional hazards look like. The dotted line
/// is at 0, the dashed one at the coefficient. \return an SVG file; the same figure gives the same
/// bytes
std::string to_svg(const ResidualFigure& figure);

}  // namespace radiomics
