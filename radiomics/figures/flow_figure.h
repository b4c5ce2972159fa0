#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// A box of the main line and who leaves after it.
struct FlowStep {
  std::string label{};                  ///< for example "Patients in both tables (n = 105)"
  std::vector<std::string> excluded{};  ///< lines of the box at the side, for example
                                        ///< "12 without follow-up"; empty: nobody
};

struct FlowFigure {
  std::string title{};
  std::string description{};  ///< for those who cannot see the picture
  std::vector<FlowStep> steps{};
};

/// Who was read, left out and analysed: boxes from top to bottom, exclusions at the right, as a
/// picture of 720 pixels width whose height grows with the steps. \return an SVG file; the same
/// figure gives the same bytes
std::string to_svg(const FlowFigure& figure);

}  // namespace radiomics
