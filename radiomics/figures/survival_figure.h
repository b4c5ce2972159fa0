#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// One survival curve. The steps have one entry per time: from there on the curve has that value.
struct SurvivalCurve {
  std::string label;
  std::vector<double> time;  ///< ascending; before the first one S is 1
  std::vector<double> estimate;
  std::vector<double> conf_low;  ///< NaN where undefined; empty: no band
  std::vector<double> conf_high;
  std::vector<int> n_censor;  ///< at each time, for the ticks
  std::vector<int> n_risk;    ///< at each time: who was followed to it or longer
  double median = 0;          ///< NaN: not reached, no guide is drawn
};

struct SurvivalFigure {
  std::string title;
  std::string description;  ///< for those who cannot see the picture
  std::string x_label;
  std::string y_label;
  std::string note;        ///< opposite the title, for example the p-value; "": none
  std::string footnote;    ///< below all; "": none
  double x_tick_step = 0;  ///< 0: chosen
  std::vector<SurvivalCurve> curves;
};

/// Survival curves as a picture of 720 pixels width: steps, confidence bands (up to four curves,
/// they hide each other otherwise), a tick for every time of a censoring, a guide at the median,
/// and the numbers at risk below. A long label is cut with an ellipsis. \return an SVG file; the
/// same figure gives the same bytes
std::string to_svg(const SurvivalFigure& figure);

}  // namespace radiomics
