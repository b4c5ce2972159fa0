#include "radiomics/survival/endpoint.h"

#include <algorithm>
#include <map>
#include <set>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/column.h"

namespace radiomics {
namespace {

bool is_name(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-.+").find(c) != std::string_view::npos;
  });
}

/// One code of an event column, ready to be compared.
struct Code {
  std::string text;
  std::optional<double> number;
  Status status;
};

std::vector<Code> codes_of(const EndpointSpec& spec, const CellRules& rules) {
  std::vector<Code> codes{
      {spec.event_value, to_number(spec.event_value, rules), Status::event},
      {spec.censor_value, to_number(spec.censor_value, rules), Status::censored}};
  if (!spec.competing.empty())
    codes.push_back({spec.competing, to_number(spec.competing, rules), Status::competing});
  return codes;
}

std::string in_words(const EndpointSpec& spec) {
  return spec.censor_value + " (censored), " + spec.event_value + " (event)" +
         (spec.competing.empty() ? "" : ", " + spec.competing + " (competing event)");
}

Status status_of(std::string_view cell, const std::vector<Code>& codes, const CellRules& rules) {
  const auto number = to_number(cell, rules);
  for (const auto& code : codes)
    if (code.text == cell || (number && code.number == number)) return code.status;
  return Status::missing;
}

/// The distinct codes of a column, for a message; some of them if there are many.
std::string codes_seen(const Column& column) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < column.cells.size() && seen.size() < 6; ++i)
    if (!column.missing[i]) seen.insert("'" + one_line(column.cells[i]) + "'");
  return join(seen, ", ");
}

}  // namespace

EndpointSpec parse_endpoint(const std::string& text) {
  const std::string form =
      "; write NAME:time=COL,event=COL[,event-value=V][,censor-value=V][,competing=V]";
  const std::string shown = "'" + one_line(text) + "'";
  const auto colon = text.find(':');
  require(colon != std::string::npos, ErrorKind::invalid_argument, shown + " has no ':'" + form);
  EndpointSpec spec;
  spec.name = text.substr(0, colon);
  require(is_name(spec.name), ErrorKind::invalid_argument,
          shown + ": a name has letters, digits and _ - . + only" + form);
  std::map<std::string, std::string*> keys{{"time", &spec.time},
                                           {"event", &spec.event},
                                           {"event-value", &spec.event_value},
                                           {"censor-value", &spec.censor_value},
                                           {"competing", &spec.competing}};
  for (const auto& part : split(text.substr(colon + 1), ',')) {
    const auto equals = part.find('=');
    const auto key = keys.find(part.substr(0, equals));
    require(equals != std::string::npos && key != keys.end(), ErrorKind::invalid_argument,
            shown + ": '" + one_line(part) + "' is no KEY=VALUE of an endpoint" + form);
    *key->second = part.substr(equals + 1);
    require(!key->second->empty(), ErrorKind::invalid_argument,
            shown + ": '" + one_line(part) + "' has no value" + form);
    keys.erase(key);
  }
  require(!spec.time.empty() && !spec.event.empty(), ErrorKind::invalid_argument,
          shown + " needs both time and event" + form);
  const std::set<std::string> codes{spec.event_value, spec.censor_value, spec.competing};
  require(codes.size() == 3, ErrorKind::invalid_argument,
          shown + ": " + in_words(spec) + ": a code has two meanings" + form);
  return spec;
}

Outcome read_outcome(const Cohort& cohort, const EndpointSpec& spec) {
  const Column times = column(cohort, spec.time), events = column(cohort, spec.event);
  Outcome outcome{.time = numbers(times, cohort.cells), .status = {}};
  const auto codes = codes_of(spec, cohort.cells);
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    if (outcome.time[i] < 0)
      throw Error(ErrorKind::negative_time, times.place(i) + ": time " + one_line(times.cells[i]) +
                                                " is negative; correct it or leave the cell empty");
    outcome.status.push_back(events.missing[i] ? Status::missing
                                               : status_of(events.cells[i], codes, cohort.cells));
    if (outcome.status[i] == Status::missing && !events.missing[i])
      throw Error(ErrorKind::event_code,
                  events.place(i) + ": '" + one_line(events.cells[i]) + "' is none of " +
                      in_words(spec) + "; the column holds " + codes_seen(events) +
                      "; say what they mean with event-value, censor-value, competing");
  }
  return outcome;
}

}  // namespace radiomics
