#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// A group of patients with similar predictions.
struct CalibrationPoint {
  double predicted = 0;  ///< mean risk of the group
  double observed = 0;   ///< its Kaplan-Meier risk; NaN: not drawn
  double conf_low = 0;   ///< NaN: no interval
  double conf_high = 0;
};

struct CalibrationFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string x_label = "Predicted risk";
  std::string y_label = "Observed risk";
  std::vector<CalibrationPoint> points{};
  std::vector<double> curve_x{};  ///< the smooth curve; empty: none
  std::vector<double> curve_y{};
  std::vector<double> curve_low{};  ///< its band; empty: none
  std::vector<double> curve_high{};
  std::vector<double> predicted{};   ///< risks of all patients, for the histogram
  std::vector<std::string> notes{};  ///< beside the plot, for example "Slope 0.91 (0.70 to 1.12)"
  std::string footnote{};
};

/// Predicted against observed risk as a picture of 720 pixels width: points with intervals, smooth
/// curve with its band, the diagonal on which a perfect model lies, a histogram of the predictions.
/// Both axes run from 0 to the same end. \return an SVG file; the same figure gives the same bytes
std::string to_svg(const CalibrationFigure& figure);

}  // namespace radiomics
