#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// The cumulative incidence of one cause, an entry per time of its group.
struct IncidenceCause {
  std::string label{};  ///< "": the label of its group says it
  std::vector<double> estimate{};
  std::vector<double> conf_low{};  ///< NaN where undefined; empty: no band
  std::vector<double> conf_high{};
};

struct IncidenceGroup {
  std::string label{};
  std::vector<double> time{};  ///< ascending; before the first one every incidence is 0
  std::vector<int> n_risk{};   ///< at each time: who was followed to it or longer
  std::vector<IncidenceCause> causes{};
};

struct IncidenceFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string x_label{};
  std::string y_label = "Cumulative incidence";
  std::string note{};      ///< opposite the title, for example Gray's p-value
  std::string footnote{};  ///< below all
  double x_tick_step = 0;  ///< 0: chosen
  std::vector<IncidenceGroup> groups{};
};

/// Incidence curves as a picture of 720 pixels width: a colour per group (or per cause, if there is
/// one group), solid for the first cause, dashed for the others; a band per curve up to four
/// curves; the numbers at risk below. \return an SVG file; the same figure gives the same bytes
std::string to_svg(const IncidenceFigure& figure);

/// The causes of one group on top of each other, the first one at the bottom, the rest of the
/// height free of any event; each area is labelled. No bands.
std::string to_stacked_svg(const IncidenceFigure& figure, std::size_t group);

}  // namespace radiomics
