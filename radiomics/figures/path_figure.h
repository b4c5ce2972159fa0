#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// A penalty that was chosen: a vertical line.
struct PenaltyMark {
  std::string label{};
  double lambda = 0;
};

struct PathTerm {
  std::string label{};
  std::vector<double> coefficient{};  ///< one per lambda
};

/// The coefficients of a penalised model along its path.
struct PathFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::string y_label = "Coefficient";
  std::string footnote{};
  std::vector<double> lambda{};  ///< positive, descending
  std::vector<int> non_zero{};   ///< at each lambda
  std::vector<PathTerm> terms{};
  std::vector<PenaltyMark> marks{};
};

/// The cross-validated partial likelihood along the path.
struct CrossValidationFigure {
  std::string title{};
  std::string description{};
  std::string y_label = "Cross-validated log partial likelihood";
  std::string footnote{};
  std::vector<double> lambda{};
  std::vector<int> non_zero{};
  std::vector<double> value{};      ///< one per lambda
  std::vector<double> std_error{};  ///< empty: no bars
  std::vector<PenaltyMark> marks{};
};

/// Pictures of 720 pixels width; the penalty falls from left to right, so the model grows. Numbers
/// of non-zero coefficients above. The largest ten coefficients at the end of the path are
/// labelled. \return an SVG file; the same figure gives the same bytes
std::string to_svg(const PathFigure& figure);
std::string to_svg(const CrossValidationFigure& figure);

}  // namespace radiomics
