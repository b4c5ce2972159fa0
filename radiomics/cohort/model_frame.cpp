#include "radiomics/cohort/model_frame.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/restricted_cubic_spline.h"

namespace radiomics {
namespace {

/// One that is declared, or one that needs no declaration.
const FactorSpec* find_factor(const Cohort& cohort, const std::vector<FactorSpec>& factors,
                              const std::string& name) {
  const auto found = std::ranges::find(factors, name, &FactorSpec::name);
  if (found != factors.end()) return &*found;
  const auto derived = std::ranges::find(cohort.derived_factors, name, &FactorSpec::name);
  return derived == cohort.derived_factors.end() ? nullptr : &*derived;
}

/// One variable of all patients of a cohort: numbers, or levels.
struct Variable {
  VariableSpec spec;
  Column column;
  std::vector<double> numbers{};  ///< of a numeric variable
  Grouping levels{};              ///< of a factor
  bool has_levels = false;

  bool missing(std::size_t patient) const {
    return has_levels ? levels.group[patient] < 0 : std::isnan(numbers[patient]);
  }
};

Variable read_variable(const Cohort& cohort, const VariableSpec& spec,
                       const std::vector<FactorSpec>& factors) {
  Variable variable{.spec = spec, .column = column(cohort, spec.name)};
  if (const FactorSpec* factor = find_factor(cohort, factors, spec.name)) {
    require(!spec.logarithm && spec.knots == 0, ErrorKind::invalid_argument,
            "'" + spec.name + "' is a factor and has neither logarithm nor spline");
    variable.has_levels = true;
    variable.levels = group_by(variable.column, factor->levels, cohort.cells);
    return variable;
  }
  variable.numbers = numbers(variable.column, cohort.cells);
  if (spec.logarithm)
    for (std::size_t i = 0; i < variable.numbers.size(); ++i)
      variable.numbers[i] = logarithm(variable.numbers[i], variable.column, i);
  return variable;
}

std::vector<Variable> read_variables(const Cohort& cohort, const std::vector<VariableSpec>& specs,
                                     const std::vector<FactorSpec>& factors) {
  std::vector<Variable> variables;
  for (const auto& spec : specs) variables.push_back(read_variable(cohort, spec, factors));
  return variables;
}

/// Columns that become a matrix.
struct Columns {
  std::vector<ModelTerm> terms;
  std::vector<std::vector<double>> values;
};

void add_scores(const Variable& variable, const std::vector<std::size_t>& patients,
                Columns& columns) {
  columns.terms.push_back({.name = variable.spec.name, .variable = variable.spec.name});
  auto& values = columns.values.emplace_back();
  for (const auto patient : patients) {
    const int group = variable.levels.group[patient];
    values.push_back(group < 0 ? undefined : group + 1.0);
  }
}

void add_levels(const Variable& variable, const std::vector<std::size_t>& patients,
                Columns& columns) {
  if (variable.spec.ordinal) return add_scores(variable, patients, columns);
  const auto& name = variable.spec.name;
  for (std::size_t level = 1; level < variable.levels.labels.size(); ++level) {
    const auto& label = variable.levels.labels[level];
    columns.terms.push_back({.name = name + label, .variable = name, .level = label});
    auto& values = columns.values.emplace_back();
    for (const auto patient : patients) {
      const int group = variable.levels.group[patient];
      values.push_back(group < 0 ? undefined : double(group == int(level)));
    }
  }
}

void add_numbers(const Variable& variable, const std::vector<std::size_t>& patients,
                 Columns& columns, std::vector<SplineKnots>& splines) {
  const auto& spec = variable.spec;
  std::vector<double> values;
  for (const auto patient : patients) values.push_back(variable.numbers[patient]);
  std::string name = spec.logarithm ? "log(" + spec.name + ")" : spec.name;
  if (spec.knots == 0) {
    columns.terms.push_back({.name = name, .variable = spec.name});
    columns.values.push_back(std::move(values));
    return;
  }
  const auto knots =
      spec.knots_at.empty() ? default_knots(variable.numbers, spec.knots) : spec.knots_at;
  require(knots.size() > 2, ErrorKind::invalid_argument,
          variable.column.file + ": '" + spec.name +
              "' has too few distinct values for a spline; enter it as it is");
  const Matrix basis = restricted_cubic_spline(values, knots);
  for (std::size_t j = 0; j < basis.columns; ++j) {
    columns.terms.push_back({.name = name, .variable = spec.name});
    columns.values.emplace_back(basis.column(j).begin(), basis.column(j).end());
    name += "'";
  }
  splines.push_back({spec.name, knots});
}

Matrix joined(const Columns& columns, std::size_t rows) {
  Matrix matrix(rows, columns.values.size());
  for (std::size_t j = 0; j < columns.values.size(); ++j)
    std::ranges::copy(columns.values[j], matrix.column(j).begin());
  return matrix;
}

void warn_of_missing(const Cohort& cohort, const std::string& name,
                     const std::vector<char>& missing, ModelFrame& frame) {
  std::vector<std::size_t> patients;
  for (std::size_t i = 0; i < missing.size(); ++i)
    if (missing[i]) patients.push_back(i);
  if (patients.empty()) return;
  frame.warnings.push_back({.code = WarningCode::missing_values,
                            .message = column(cohort, name).place(patients[0]) + ": missing in " +
                                       counted(patients.size(), "patient") + ", left out of " +
                                       frame.endpoint,
                            .endpoint = frame.endpoint,
                            .column = name,
                            .ids = ids_of(cohort, patients)});
}

void warn_of_zero_times(const Cohort& cohort, const EndpointSpec& spec, ModelFrame& frame) {
  std::vector<std::size_t> at_zero;
  for (std::size_t i = 0; i < frame.size(); ++i)
    if (frame.outcome.time[i] == 0) at_zero.push_back(frame.patients[i]);
  if (at_zero.empty()) return;
  frame.warnings.push_back({.code = WarningCode::zero_time,
                            .message = column(cohort, spec.time).place(at_zero[0]) +
                                       ": time 0 in " + counted(at_zero.size(), "patient") +
                                       ", kept in " + frame.endpoint,
                            .endpoint = frame.endpoint,
                            .column = spec.time,
                            .ids = ids_of(cohort, at_zero)});
}

void count_levels(const Variable& variable, ModelFrame& frame) {
  const auto& name = variable.spec.name;
  std::vector<std::string> without_events, single;
  for (std::size_t level = 0; level < variable.levels.labels.size(); ++level) {
    LevelCount count{.variable = name, .level = variable.levels.labels[level]};
    for (std::size_t i = 0; i < frame.size(); ++i)
      if (variable.levels.group[frame.patients[i]] == int(level)) {
        ++count.n;
        count.events += frame.outcome.event[i];
      }
    frame.levels.push_back(count);
    const std::string shown = "'" + one_line(count.level) + "'";
    if (count.events == 0) without_events.push_back(shown);
    if (count.n == 1) single.push_back(shown);
  }
  const auto warn = [&](WarningCode code, const std::string& text) {
    frame.warnings.push_back({.code = code,
                              .message = frame.endpoint + ": " + text,
                              .endpoint = frame.endpoint,
                              .column = name});
  };
  if (!without_events.empty() && frame.events() > 0)
    warn(WarningCode::level_without_events,
         "no events where " + name + " is " + join(without_events, ", "));
  if (!single.empty())
    warn(WarningCode::singleton_level,
         "one patient only where " + name + " is " + join(single, ", "));
}

/// All that an analysis reads of a cohort, of all its patients.
struct Source {
  Outcome outcome;
  std::vector<Variable> variables;
  std::vector<Grouping> strata;
  std::vector<Column> complete;

  bool is_complete(std::size_t i) const {
    return !std::isnan(outcome.time[i]) && outcome.status[i] != Status::missing &&
           std::ranges::none_of(variables, [i](const Variable& v) { return v.missing(i); }) &&
           std::ranges::none_of(strata, [i](const Grouping& g) { return g.group[i] < 0; }) &&
           std::ranges::none_of(complete, [i](const Column& c) { return c.missing[i] != 0; });
  }
};

void choose_patients(const Source& source, std::size_t cohort_size, ModelFrame& frame) {
  for (std::size_t i = 0; i < cohort_size; ++i) {
    if (!source.is_complete(i)) continue;
    frame.patients.push_back(i);
    frame.status.push_back(source.outcome.status[i]);
    frame.outcome.time.push_back(source.outcome.time[i]);
    frame.outcome.event.push_back(source.outcome.status[i] == Status::event);
  }
  frame.n_missing = cohort_size - frame.size();
  frame.outcome = with_ties_merged(frame.outcome);
}

void warn_of_missing(const Cohort& cohort, const EndpointSpec& spec, const FrameRequest& request,
                     const Source& source, ModelFrame& frame) {
  for (const auto& pair : spec.columns()) {
    std::vector<char> missing;
    for (const double time : numbers(column(cohort, pair.time), cohort.cells))
      missing.push_back(std::isnan(time));
    warn_of_missing(cohort, pair.time, missing, frame);
    if (pair.event != pair.time)
      warn_of_missing(cohort, pair.event, column(cohort, pair.event).missing, frame);
  }
  for (const auto& variable : source.variables) {
    std::vector<char> missing;
    for (std::size_t i = 0; i < cohort.size(); ++i) missing.push_back(variable.missing(i));
    warn_of_missing(cohort, variable.spec.name, missing, frame);
  }
  for (const auto& name : request.strata)
    warn_of_missing(cohort, name, column(cohort, name).missing, frame);
  for (const auto& column : source.complete)
    warn_of_missing(cohort, column.name, column.missing, frame);
}

std::string names_of(const EndpointSpec& spec, const FrameRequest& request) {
  std::vector<std::string> names = outcome_columns({spec});
  for (const auto& variable : request.variables) names.push_back(variable.name);
  names.insert(names.end(), request.strata.begin(), request.strata.end());
  names.insert(names.end(), request.complete.begin(), request.complete.end());
  return listed(names);
}

void add_strata(const Source& source, std::size_t cohort_size, ModelFrame& frame) {
  if (source.strata.empty()) return;
  const Grouping strata = crossed(source.strata, cohort_size);
  frame.strata_labels = strata.labels;
  for (const auto patient : frame.patients) frame.strata.push_back(strata.group[patient]);
}

ModelFrame frame_of(const Cohort& cohort, const EndpointSpec& endpoint, const FrameRequest& request,
                    const AnalysisOptions& options, Outcome outcome) {
  ModelFrame frame{.endpoint = endpoint.name, .time_column = endpoint.time};
  Source source{.outcome = std::move(outcome),
                .variables = read_variables(cohort, request.variables, options.factors),
                .strata = {},
                .complete = {}};
  for (const auto& name : request.strata)
    source.strata.push_back(grouping_of(cohort, name, options.factors));
  for (const auto& name : request.complete) source.complete.push_back(column(cohort, name));
  choose_patients(source, cohort.size(), frame);
  require(frame.size() > 0, ErrorKind::no_rows,
          endpoint.name + ": every patient lacks a value of " + names_of(endpoint, request) +
              "; choose other columns");
  Columns columns;
  for (const auto& variable : source.variables) {
    frame.first_column.push_back(columns.terms.size());
    variable.has_levels ? add_levels(variable, frame.patients, columns)
                        : add_numbers(variable, frame.patients, columns, frame.splines);
  }
  frame.first_column.push_back(columns.terms.size());
  frame.covariates = joined(columns, frame.size());
  frame.terms = std::move(columns.terms);
  add_strata(source, cohort.size(), frame);
  frame.warnings = source.outcome.warnings;
  warn_of_missing(cohort, endpoint, request, source, frame);
  warn_of_zero_times(cohort, endpoint, frame);
  for (const auto& variable : source.variables)
    if (variable.has_levels) count_levels(variable, frame);
  return frame;
}

/// A column of 0 and 1 as an outcome at time 1.
Outcome read_binary(const Cohort& cohort, const std::string& name) {
  const Column events = column(cohort, name);
  Outcome outcome;
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    const auto code = to_number(events.cells[i], cohort.cells);
    if (!events.missing[i] && code != 0.0 && code != 1.0)
      throw Error(ErrorKind::event_code, events.place(i) + ": '" + one_line(events.cells[i]) +
                                             "' is neither 0 nor 1; give a column of 0 and 1, or "
                                             "--endpoint with --horizon");
    outcome.time.push_back(events.missing[i] ? undefined : 1);
    outcome.status.push_back(events.missing[i] ? Status::missing
                                               : (code == 1.0 ? Status::event : Status::censored));
  }
  return outcome;
}

}  // namespace

std::optional<double> AnalysisOptions::truncation() const {
  if (tau) return tau;
  return horizons.empty() ? std::optional<double>{} : std::ranges::max(horizons);
}

CoxData ModelFrame::cox_data() const {
  return {.outcome = outcome, .covariates = covariates, .strata = strata};
}

std::vector<std::size_t> ModelFrame::columns_of(std::size_t first, std::size_t last) const {
  std::vector<std::size_t> columns;
  for (std::size_t j = first_column[first]; j < first_column[last]; ++j) columns.push_back(j);
  return columns;
}

ModelFrame model_frame(const Cohort& cohort, const EndpointSpec& endpoint,
                       const FrameRequest& request, const AnalysisOptions& options) {
  return frame_of(cohort, endpoint, request, options, read_outcome(cohort, endpoint));
}

ModelFrame model_frame_of_outcome(const Cohort& cohort, const std::string& outcome,
                                  const FrameRequest& request, const AnalysisOptions& options) {
  return frame_of(cohort, {.name = outcome, .time = outcome, .event = outcome}, request, options,
                  read_binary(cohort, outcome));
}

Matrix design_matrix(const Cohort& cohort, const std::vector<VariableSpec>& variables,
                     const std::vector<FactorSpec>& factors, std::vector<ModelTerm>& terms) {
  std::vector<std::size_t> everybody(cohort.size());
  for (std::size_t i = 0; i < everybody.size(); ++i) everybody[i] = i;
  Columns columns;
  std::vector<SplineKnots> splines;
  for (const auto& variable : read_variables(cohort, variables, factors))
    variable.has_levels ? add_levels(variable, everybody, columns)
                        : add_numbers(variable, everybody, columns, splines);
  terms = columns.terms;
  return joined(columns, cohort.size());
}

void require_events(ModelFrame& frame, std::size_t parameters, bool force) {
  const auto events = frame.events();
  require(events > 0, ErrorKind::no_events,
          frame.endpoint + ": no events in " + counted(frame.size(), "patient") +
              ": no model can be fitted; survival curves are still available (km)");
  if (parameters == 0) return;
  const std::string counts = frame.endpoint + ": " + counted(std::size_t(events), "event") +
                             " for " + counted(parameters, "parameter");
  const auto warn = [&](WarningCode code, const std::string& text) {
    frame.warnings.push_back({.code = code, .message = counts + text, .endpoint = frame.endpoint});
  };
  if (parameters > 1 && std::size_t(events) <= parameters) {
    require(force, ErrorKind::too_many_parameters,
            counts +
                ": the model would fit noise; use fewer covariates, a penalty (--penalty-mix), or "
                "--force");
    warn(WarningCode::too_many_parameters, ": the model fits noise");
  } else if (double(events) / double(parameters) < 10) {
    warn(WarningCode::low_events_per_parameter,
         " (" + rounded_text(double(events) / double(parameters), 2) +
             " each): below 10, expect optimism");
  }
}

void refuse_zero_times(const Cohort& cohort, const ModelFrame& frame) {
  for (std::size_t i = 0; i < frame.size(); ++i)
    if (frame.outcome.time[i] <= 0)
      throw Error(ErrorKind::zero_time,
                  column(cohort, frame.time_column).place(frame.patients[i]) +
                      ": time 0; a penalised model has no use for it: correct it or leave the cell "
                      "empty");
}

std::vector<std::string> ids_of(const Cohort& cohort, const std::vector<std::size_t>& patients) {
  std::vector<std::string> ids;
  for (const auto patient : patients) ids.push_back(cohort.ids[patient]);
  return ids;
}

Grouping grouping_of(const Cohort& cohort, const std::string& name,
                     const std::vector<FactorSpec>& factors) {
  if (name.empty()) return {{"all"}, std::vector<int>(cohort.size(), 0)};
  const FactorSpec* factor = find_factor(cohort, factors, name);
  return group_by(column(cohort, name), factor ? factor->levels : std::vector<std::string>{},
                  cohort.cells);
}

bool is_factor(const Cohort& cohort, const std::string& name,
               const std::vector<FactorSpec>& factors) {
  return find_factor(cohort, factors, name) != nullptr;
}

std::vector<VariableSpec> plain_variables(const std::vector<std::string>& names) {
  std::vector<VariableSpec> variables;
  for (const auto& name : names) variables.push_back({.name = name});
  return variables;
}

}  // namespace radiomics
