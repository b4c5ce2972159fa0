#include "radiomics/survival/prediction_spec.h"

#include <algorithm>
#include <string_view>

#include "radiomics/cohort/endpoint.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {

PredictionSpec parse_prediction(const std::string& text) {
  const std::string form = "; write NAME:lp=COL[,risk=COL/COL...][,expected=COL]";
  const std::string shown = "'" + one_line(text) + "'";
  const auto colon = text.find(':');
  require(colon != std::string::npos, ErrorKind::invalid_argument, shown + " has no ':'" + form);
  PredictionSpec spec{.name = text.substr(0, colon)};
  require(is_plain_name(spec.name), ErrorKind::invalid_argument,
          shown + ": a name has letters, digits and _ - . + only" + form);
  std::string risks;
  for (const auto& part : split_outside_quotes(std::string_view(text).substr(colon + 1), ',')) {
    const auto equals = part.find('=');
    const auto key = part.substr(0, equals);
    std::string* value = key == "lp"         ? &spec.linear_predictor
                         : key == "risk"     ? &risks
                         : key == "expected" ? &spec.expected
                                             : nullptr;
    require(equals != std::string::npos && value != nullptr && value->empty(),
            ErrorKind::invalid_argument,
            shown + ": '" + one_line(part) + "' is no KEY=COLUMN of a prediction" + form);
    *value = part.substr(equals + 1);
    if (value != &risks) *value = unquoted(*value);
    require(!value->empty(), ErrorKind::invalid_argument,
            shown + ": '" + one_line(part) + "' names no column" + form);
  }
  require(!spec.linear_predictor.empty(), ErrorKind::invalid_argument, shown + " needs lp" + form);
  if (risks.empty()) return spec;
  for (const auto& column : split_outside_quotes(risks, '/')) {
    require(!column.empty(), ErrorKind::invalid_argument,
            shown + ": a risk without the name of its column" + form);
    spec.risks.push_back(unquoted(column));
  }
  return spec;
}

}  // namespace radiomics
