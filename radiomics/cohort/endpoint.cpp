#include "radiomics/cohort/endpoint.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {
namespace {

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

/// Without those that are missing.
std::vector<double> known(std::vector<double> times) {
  std::erase_if(times, [](double time) { return std::isnan(time); });
  return times;
}

}  // namespace

bool is_plain_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-.+").find(c) != std::string_view::npos;
  });
}

std::vector<OutcomeColumns> EndpointSpec::columns() const {
  std::vector<OutcomeColumns> all{{time, event}};
  if (!death_time.empty()) all.push_back({death_time, death_event});
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

std::vector<std::string> outcome_columns(const std::vector<EndpointSpec>& endpoints) {
  std::vector<std::string> columns;
  for (const auto& spec : endpoints)
    for (const auto& pair : spec.columns())
      for (const auto& name : {pair.time, pair.event})
        if (!name.empty()) columns.push_back(name);
  return columns;
}

EndpointSpec parse_endpoint(const std::string& text) {
  const std::string form =
      "; write NAME:time=COL,event=COL[,event-value=V][,censor-value=V][,competing=V]";
  const std::string shown = "'" + one_line(text) + "'";
  const auto colon = text.find(':');
  require(colon != std::string::npos, ErrorKind::invalid_argument, shown + " has no ':'" + form);
  EndpointSpec spec;
  spec.name = text.substr(0, colon);
  require(is_plain_name(spec.name), ErrorKind::invalid_argument,
          shown + ": a name has letters, digits and _ - . + only" + form);
  std::map<std::string, std::string*> keys{{"time", &spec.time},
                                           {"event", &spec.event},
                                           {"event-value", &spec.event_value},
                                           {"censor-value", &spec.censor_value},
                                           {"competing", &spec.competing}};
  for (const auto& part : split_outside_quotes(text.substr(colon + 1), ',')) {
    const auto equals = part.find('=');
    const auto key = keys.find(part.substr(0, equals));
    require(equals != std::string::npos && key != keys.end(), ErrorKind::invalid_argument,
            shown + ": '" + one_line(part) + "' is no KEY=VALUE of an endpoint" + form);
    *key->second = unquoted(part.substr(equals + 1));
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

namespace {

/// One pair of columns.
Outcome read_pair(const Cohort& cohort, const EndpointSpec& spec) {
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

bool is_missing(double time, Status status) {
  return std::isnan(time) || status == Status::missing;
}

/// What two pairs of columns make of one patient.
void compose(double death_time, Status death, double& time, Status& status) {
  if (is_missing(time, status) || is_missing(death_time, death)) {
    time = undefined;
    status = Status::missing;
  } else if (status == Status::censored && death == Status::event) {
    time = death_time;
    status = Status::competing;
  }
}

/// The same of one more event of a composite.
void take_first(double other_time, Status other, double& time, Status& status) {
  if (is_missing(time, status) || is_missing(other_time, other)) {
    time = undefined;
    status = Status::missing;
  } else if (status == other) {
    time = std::min(time, other_time);
  } else if (other == Status::event) {
    time = other_time;
    status = Status::event;
  }
}

/// Cuts, or refuses, what happened after death or the end of follow-up.
void settle_late(const Cohort& cohort, const EndpointSpec& spec, const Outcome& death,
                 Outcome& outcome) {
  const double tolerance = tie_tolerance(known(death.time));
  std::vector<std::size_t> late;
  for (std::size_t i = 0; i < cohort.size(); ++i)
    if (outcome.time[i] > death.time[i] + tolerance) late.push_back(i);
  if (late.empty()) return;
  const Column times = column(cohort, spec.time), deaths = column(cohort, spec.death_time);
  const std::string message = times.place(late[0]) + ": " + one_line(times.cells[late[0]]) +
                              " is later than " + one_line(spec.death_time) + " " +
                              one_line(deaths.cells[late[0]]);
  require(spec.clip_late, ErrorKind::late_event,
          message +
              (late.size() > 1 ? " (and " + counted(late.size() - 1, "more patient") + ")" : "") +
              "; correct it, or cut it to that time with --clip-late");
  std::vector<std::string> ids;
  for (const auto i : late) {
    outcome.time[i] = death.time[i];
    ids.push_back(cohort.ids[i]);
  }
  outcome.warnings.push_back(
      {.code = WarningCode::late_event,
       .message = message + ": cut to that time in " + counted(late.size(), "patient"),
       .endpoint = spec.name,
       .column = spec.time,
       .ids = ids});
}

/// TIME/EVENT
OutcomeColumns pair_of(const std::string& text, const std::string& shown, const std::string& form) {
  const auto columns = split_outside_quotes(text, '/');
  require(columns.size() == 2 && !columns[0].empty() && !columns[1].empty(),
          ErrorKind::invalid_argument, shown + ": '" + one_line(text) + "' is no pair" + form);
  return {unquoted(columns[0]), unquoted(columns[1])};
}

struct NamedPair {
  std::string name;
  OutcomeColumns columns;
};

/// NAME=TIME/EVENT
NamedPair named_pair(const std::string& text, const std::string& shown, const std::string& form) {
  const auto equals = text.find('=');
  require(equals != std::string::npos, ErrorKind::invalid_argument,
          shown + ": '" + one_line(text) + "' is no pair with a name" + form);
  return {text.substr(0, equals), pair_of(text.substr(equals + 1), shown, form)};
}

void require_name(const std::string& name, const std::string& shown, const std::string& form) {
  require(
      is_plain_name(name), ErrorKind::invalid_argument,
      shown + ": '" + one_line(name) + "' is no name (letters, digits and _ - . + only)" + form);
}

}  // namespace

EndpointSpec parse_competing(const std::string& text) {
  const std::string form = "; write NAME=TIME/EVENT,death=TIME/EVENT";
  const std::string shown = "'" + one_line(text) + "'";
  const auto parts = split_outside_quotes(text, ',');
  require(parts.size() == 2, ErrorKind::invalid_argument, shown + " has no two pairs" + form);
  const NamedPair own = named_pair(parts[0], shown, form),
                  death = named_pair(parts[1], shown, form);
  require_name(own.name, shown, form);
  require(death.name == "death", ErrorKind::invalid_argument,
          shown + ": '" + one_line(death.name) + "' is not 'death'" + form);
  return {.name = own.name,
          .time = own.columns.time,
          .event = own.columns.event,
          .death_time = death.columns.time,
          .death_event = death.columns.event};
}

EndpointSpec parse_composite(const std::string& text) {
  const std::string form = "; write NAME=TIME/EVENT,TIME/EVENT,...";
  const std::string shown = "'" + one_line(text) + "'";
  const auto parts = split_outside_quotes(text, ',');
  require(parts.size() >= 2, ErrorKind::invalid_argument, shown + " has no two pairs" + form);
  const NamedPair first = named_pair(parts[0], shown, form);
  require_name(first.name, shown, form);
  EndpointSpec spec{.name = first.name, .time = first.columns.time, .event = first.columns.event};
  for (std::size_t i = 1; i < parts.size(); ++i)
    spec.others.push_back(pair_of(parts[i], shown, form));
  return spec;
}

Outcome read_outcome(const Cohort& cohort, const EndpointSpec& spec) {
  Outcome outcome = read_pair(cohort, spec);
  for (const auto& columns : spec.others) {
    const Outcome other =
        read_pair(cohort, {.name = spec.name, .time = columns.time, .event = columns.event});
    for (std::size_t i = 0; i < cohort.size(); ++i)
      take_first(other.time[i], other.status[i], outcome.time[i], outcome.status[i]);
  }
  if (spec.death_time.empty()) return outcome;
  const Outcome death =
      read_pair(cohort, {.name = spec.name, .time = spec.death_time, .event = spec.death_event});
  settle_late(cohort, spec, death, outcome);
  for (std::size_t i = 0; i < cohort.size(); ++i)
    compose(death.time[i], death.status[i], outcome.time[i], outcome.status[i]);
  return outcome;
}

}  // namespace radiomics
