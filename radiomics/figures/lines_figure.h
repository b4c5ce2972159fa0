#pragma once

#include <string>
#include <vector>

namespace radiomics {

struct LineSeries {
  std::string label{};
  std::vector<double> x{};    ///< ascending
  std::vector<double> y{};    ///< NaN: a gap
  std::vector<double> low{};  ///< a band; empty: none
  std::vector<double> high{};
};

struct LinesFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string x_label{};
  std::string y_label{};
  std::string note{};  ///< opposite the title
  std::string footnote{};
  std::vector<double> y_values{};  ///< the axis covers these too, for example 0.5 and 1
  std::vector<double> y_guides{};  ///< dashed lines across, for example at 0.5
  bool from_zero = false;          ///< the x axis starts at 0
  std::vector<LineSeries> series{};
};

/// Lines with bands (up to four) against time or a threshold, labelled beside their ends, as a
/// picture of 720 pixels width. For AUC and Brier score over time. \return an SVG file; the same
/// figure gives the same bytes
std::string to_svg(const LinesFigure& figure);

struct DecisionModel {
  std::string label{};
  std::vector<double> net_benefit{};  ///< one per threshold; NaN: a gap
};

/// Net benefit against the threshold of risk, with the two strategies that need no model.
struct DecisionCurveFigure {
  std::string title{};
  std::string description{};
  std::string x_label = "Threshold probability";
  std::string y_label = "Net benefit";
  std::string footnote{};
  std::vector<double> threshold{};  ///< ascending
  std::vector<DecisionModel> models{};
  std::vector<double> treat_all{};  ///< one per threshold
};

/// A picture as of LinesFigure. Treat-all is followed a little below 0 only, so that it does not
/// hide the models.
std::string to_svg(const DecisionCurveFigure& figure);

}  // namespace radiomics
