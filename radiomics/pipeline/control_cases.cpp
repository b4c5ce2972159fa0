#include "radiomics/pipeline/control_cases.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr const char* original = "original";
constexpr const char* control_column = "Control";

std::string name_of(const std::optional<NegativeControl>& control) {
  return control ? to_string(*control) : original;
}

}  // namespace

Controls parse_controls(const std::vector<std::string>& names) {
  Controls controls;
  for (const auto& name : names) {
    const auto control = parse_negative_control(name);
    require(control || name == original, ErrorKind::invalid_argument,
            "'" + one_line(name) +
                "' is no negative control; give original, or shuffle, sample or random with -roi, "
                "-full or -non-roi");
    require(std::ranges::find(controls, control) == controls.end(), ErrorKind::invalid_argument,
            "control '" + name_of(control) + "' is given twice");
    controls.push_back(control);
  }
  return controls;
}

CaseList with_controls(const CaseList& list, const Controls& controls, std::uint64_t seed) {
  for (const auto& column : list.carried_columns)
    require(lower_case(column) != lower_case(control_column), ErrorKind::invalid_settings,
            "the list of cases has a column '" + one_line(column) +
                "', which negative controls need; rename it");
  CaseList result = list;
  result.carried_columns.emplace_back(control_column);
  result.cases.clear();
  for (const Case& one : list.cases)
    for (const auto& control : controls) {
      result.cases.push_back(one);
      result.cases.back().carried.push_back(name_of(control));
      if (control) result.cases.back().control = ControlOfCase{*control, seed};
    }
  return result;
}

}  // namespace radiomics
