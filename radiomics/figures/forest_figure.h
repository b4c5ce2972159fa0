#pragma once

#include <limits>
#include <string>
#include <vector>

namespace radiomics {

/// An estimate of a ratio with its interval; all are NaN or infinite where it cannot be estimated.
struct ForestRow {
  std::string label{};
  std::string group{};   ///< the heading above the first row of a group; "": none
  std::string counts{};  ///< for example "84/105"
  double estimate = std::numeric_limits<double>::quiet_NaN();
  double conf_low = std::numeric_limits<double>::quiet_NaN();
  double conf_high = std::numeric_limits<double>::quiet_NaN();
  double weight = 1;   ///< the area of the box, relative to the largest of the figure
  std::string text{};  ///< "1.10 (1.02 to 1.19)"; "": "not estimable" if it is so
  std::string p{};
};

struct ForestFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string label_heading{};
  std::string counts_heading = "Events/n";
  std::string text_heading = "Hazard ratio (95 % CI)";
  std::string x_label = "Hazard ratio (log scale)";
  std::string low_side{};   ///< what a ratio below 1 means; "": not said
  std::string high_side{};  ///< what one above 1 means
  std::string footnote{};
  std::vector<ForestRow> rows{};
};

/// Ratios with intervals on a logarithmic axis around 1, a row each, as a picture whose height
/// grows with the rows, and whose width, 860 pixels, with labels that need more. Where an interval
/// leaves the axis it ends in an arrow; what cannot be estimated has no box. \return an SVG file;
/// the same figure gives the same bytes
std::string to_svg(const ForestFigure& figure);

}  // namespace radiomics
