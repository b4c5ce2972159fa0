#include "radiomics/survival/harmonize_analysis.h"

#include <algorithm>
#include <cmath>

#include "radiomics/cohort/feature_columns.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

[[noreturn]] void refuse_missing(const Column& column, std::size_t patient, const char* part) {
  throw Error(ErrorKind::invalid_argument,
              column.place(patient) + ": a " + part +
                  " is missing and nothing is guessed; complete the cell or leave out the row or "
                  "the column (--feature)");
}

const CohortTable& features_table(const Cohort& cohort) {
  const auto found = std::ranges::find(cohort.tables, "features", &CohortTable::role);
  require(found != cohort.tables.end(), ErrorKind::invalid_argument,
          "no table of features; give --features");
  return *found;
}

/// What is no feature: batches, preserved columns, outcomes and all of the clinical table.
std::vector<std::string> other_columns(const Cohort& cohort, const HarmonizeOptions& options) {
  std::vector<std::string> others = options.preserve;
  others.push_back(options.batch);
  const auto outcomes = outcome_columns(options.common.endpoints);
  others.insert(others.end(), outcomes.begin(), outcomes.end());
  for (const auto& table : cohort.tables)
    if (table.role == "clinical")
      others.insert(others.end(), table.text.columns.begin(), table.text.columns.end());
  return others;
}

Matrix feature_values(const Cohort& cohort, const std::vector<std::string>& names) {
  Matrix values(cohort.size(), names.size());
  for (std::size_t j = 0; j < names.size(); ++j) {
    const Column cells = column(cohort, names[j]);
    const auto of_feature = numbers(cells, cohort.cells);
    for (std::size_t i = 0; i < of_feature.size(); ++i)
      if (std::isnan(of_feature[i])) refuse_missing(cells, i, "feature");
    std::ranges::copy(of_feature, values.column(j).begin());
  }
  return values;
}

Matrix preserved_values(const Cohort& cohort, const std::vector<std::string>& names,
                        const std::vector<FactorSpec>& factors, std::vector<ModelTerm>& terms) {
  Matrix values = design_matrix(cohort, plain_variables(names), factors, terms);
  for (std::size_t j = 0; j < values.columns; ++j)
    for (std::size_t i = 0; i < values.rows; ++i)
      if (std::isnan(values(i, j)))
        refuse_missing(column(cohort, terms[j].variable), i, "column to be preserved");
  return values;
}

Grouping batches_of(const Cohort& cohort, const HarmonizeOptions& options) {
  const Column cells = column(cohort, options.batch);
  const Grouping all = grouping_of(cohort, options.batch, options.common.factors);
  Grouping groups;
  std::vector<int> renumbered(all.labels.size(), -1);  // levels that nobody has are left out
  for (std::size_t level = 0; level < all.labels.size(); ++level) {
    if (std::ranges::find(all.group, int(level)) == all.group.end()) continue;
    renumbered[level] = int(groups.labels.size());
    groups.labels.push_back(all.labels[level]);
  }
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    if (all.group[i] < 0) refuse_missing(cells, i, "batch");
    groups.group.push_back(renumbered[std::size_t(all.group[i])]);
  }
  return groups;
}

std::vector<std::size_t> sizes_of(const std::vector<int>& batch, std::size_t batches) {
  std::vector<std::size_t> sizes(batches);
  for (const int b : batch) ++sizes[std::size_t(b)];
  return sizes;
}

void require_batches(const NamedCombat& combat, const std::string& file, std::size_t parameters,
                     std::size_t patients) {
  require(combat.batches.size() > 1, ErrorKind::invalid_argument,
          file + ": one batch in '" + combat.batch + "' (" + one_line(join(combat.batches, ", ")) +
              "): nothing to harmonise");
  for (std::size_t b = 0; b < combat.batches.size(); ++b)
    require(combat.sizes[b] > 1, ErrorKind::invalid_argument,
            file + ": one patient in batch '" + one_line(combat.batches[b]) + "' of '" +
                combat.batch + "': its spread is not known; two are the least");
  require(patients > parameters, ErrorKind::too_many_parameters,
          file + ": " + counted(patients, "patient") + " for " + counted(parameters, "parameter") +
              " (batches and preserved columns); preserve fewer columns");
}

void require_separable(const std::string& batch, const std::vector<int>& batches,
                       const Matrix& covariates, const std::vector<ModelTerm>& terms) {
  const auto confounded = confounded_covariates(batches, covariates);
  if (confounded.empty()) return;
  const auto& term = terms[confounded[0]];
  const std::string level = term.level.empty() ? "" : " (level '" + one_line(term.level) + "')";
  require(!is_constant(covariates.column(confounded[0])), ErrorKind::batch_confounded,
          "'" + term.variable + "'" + level +
              " is the same in all patients: nothing to preserve beside '" + batch +
              "'; leave it out of --preserve");
  throw Error(ErrorKind::batch_confounded,
              "'" + batch + "' and '" + term.variable + "'" + level +
                  " are confounded: the batches (and columns named before) determine it, so that "
                  "harmonising would take its effect away; leave one of them out");
}

/// Refuses batches that tell who has the event.
void require_unrelated(const Cohort& cohort, const EndpointSpec& spec, const std::string& batch,
                       const std::vector<int>& batches) {
  const Outcome outcome = read_outcome(cohort, spec);
  std::vector<int> known;
  std::vector<double> events;
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    if (outcome.status[i] == Status::missing) continue;
    known.push_back(batches[i]);
    events.push_back(outcome.status[i] == Status::event);
  }
  if (events.empty() || is_constant(events)) return;
  Matrix event(events.size(), 1);
  std::ranges::copy(events, event.column(0).begin());
  require(confounded_covariates(known, event).empty(), ErrorKind::batch_confounded,
          "'" + batch + "' and the event of " + spec.name + " ('" + spec.event +
              "') are confounded: the batches determine who has it; these cannot be harmonised");
}

void warn_of_small_batches(const NamedCombat& combat, std::vector<AnalysisWarning>& warnings) {
  for (std::size_t b = 0; b < combat.batches.size(); ++b)
    if (combat.sizes[b] < smallest_sound_batch)
      warnings.push_back({.code = WarningCode::small_batch,
                          .message = "batch '" + one_line(combat.batches[b]) + "' of '" +
                                     combat.batch + "' has " + counted(combat.sizes[b], "patient") +
                                     ", fewer than " + to_text(smallest_sound_batch) +
                                     ": its shift and scale are uncertain",
                          .column = combat.batch});
}

void warn_of_unadjusted(const NamedCombat& combat, std::vector<AnalysisWarning>& warnings) {
  for (std::size_t j = 0; j < combat.features.size(); ++j)
    if (!combat.model.adjusted[j])
      warnings.push_back({.code = WarningCode::constant,
                          .message = "'" + one_line(combat.features[j]) +
                                     "' is constant within a batch, or wholly explained by what is "
                                     "preserved: it is left as it is",
                          .column = combat.features[j]});
}

/// The preserved columns that hold levels, with all of these: others may lack some.
std::vector<FactorSpec> preserved_factors(const Cohort& cohort, const HarmonizeOptions& options) {
  const auto& declared = options.common.factors;
  std::vector<FactorSpec> factors;
  for (const auto& name : options.preserve)
    if (is_factor(cohort, name, declared))
      factors.push_back({name, grouping_of(cohort, name, declared).labels});
  return factors;
}

/// What is known of a cohort before ComBat.
struct Prepared {
  CombatData data{};
  std::vector<ModelTerm> terms{};
};

void fit(const HarmonizeOptions& options, HarmonizeAnalysis& analysis, Prepared& prepared) {
  const Cohort& cohort = analysis.cohort;
  NamedCombat& combat = analysis.combat;
  combat.features = feature_columns_beside(cohort, options.common.feature_patterns,
                                           other_columns(cohort, options))
                        .names;
  const Grouping groups = batches_of(cohort, options);
  combat.batch = options.batch;
  combat.prior = options.prior;
  combat.batches = groups.labels;
  combat.sizes = sizes_of(groups.group, groups.labels.size());
  combat.preserve = options.preserve;
  combat.factors = preserved_factors(cohort, options);
  prepared.data.features = feature_values(cohort, combat.features);
  prepared.data.batch = groups.group;
  prepared.data.covariates =
      preserved_values(cohort, options.preserve, combat.factors, prepared.terms);
  for (const auto& term : prepared.terms) combat.terms.push_back(term.name);
  const auto& file = features_table(cohort).file;
  require_batches(combat, file, combat.batches.size() + combat.terms.size(), cohort.size());
  require_separable(combat.batch, groups.group, prepared.data.covariates, prepared.terms);
  for (const auto& spec : options.common.endpoints)
    require_unrelated(cohort, spec, combat.batch, groups.group);
  combat.model = fit_combat(prepared.data, {.prior = options.prior});
  require(combat.model.problem == CombatProblem::none, ErrorKind::invalid_argument,
          file + ": fewer than two features vary within every batch; ComBat learns from several");
  warn_of_small_batches(combat, analysis.batch_warnings);
  warn_of_unadjusted(combat, analysis.batch_warnings);
}

bool same_label(std::string_view cell, const std::string& label, const CellRules& rules) {
  if (cell == label) return true;
  const auto ours = to_number(cell, rules), theirs = to_number(std::string_view(label));
  return ours && theirs && *ours == *theirs;
}

std::vector<int> known_batches(const Cohort& cohort, const NamedCombat& combat,
                               const std::string& model_file) {
  const Column cells = column(cohort, combat.batch);
  std::vector<int> batch;
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    if (cells.missing[i]) refuse_missing(cells, i, "batch");
    const auto found = std::ranges::find_if(combat.batches, [&](const std::string& label) {
      return same_label(cells.cells[i], label, cohort.cells);
    });
    if (found == combat.batches.end())
      throw Error(ErrorKind::invalid_argument,
                  cells.place(i) + ": batch '" + one_line(cells.cells[i]) + "' is not one that " +
                      model_file + " was fitted to (" + one_line(join(combat.batches, ", ")) +
                      "); a new batch needs a new fit");
    batch.push_back(int(found - combat.batches.begin()));
  }
  return batch;
}

void prepare_for(const HarmonizeOptions& options, HarmonizeAnalysis& analysis, Prepared& prepared) {
  analysis.combat = read_combat_file(options.apply);
  NamedCombat& combat = analysis.combat;
  const std::string model_file = options.apply.filename().string();
  if (!options.batch.empty()) combat.batch = options.batch;
  prepared.data.features = feature_values(analysis.cohort, combat.features);
  prepared.data.batch = known_batches(analysis.cohort, combat, model_file);
  prepared.data.covariates =
      preserved_values(analysis.cohort, combat.preserve, combat.factors, prepared.terms);
  require(prepared.data.covariates.columns == combat.terms.size(), ErrorKind::unreadable_file,
          model_file + ": its preserved columns and terms do not fit together; fit it again");
}

BatchShift shift_of(const NamedCombat& combat, std::size_t batch, std::size_t patients) {
  BatchShift shift{.batch = combat.batches[batch], .n = patients};
  double sum = 0, squares = 0, logarithms = 0, count = 0;
  for (std::size_t j = 0; j < combat.features.size(); ++j) {
    if (!combat.model.adjusted[j]) continue;
    const double location = combat.model.locations(batch, j);
    sum += location;
    squares += location * location;
    logarithms += std::log(combat.model.variances(batch, j)) / 2;
    ++count;
  }
  if (count == 0) return shift;
  shift.mean_shift = sum / count;
  shift.rms_shift = std::sqrt(squares / count);
  shift.scale = std::exp(logarithms / count);
  return shift;
}

}  // namespace

std::vector<AnalysisWarning> HarmonizeAnalysis::warnings() const {
  auto all = cohort.warnings;
  all.insert(all.end(), batch_warnings.begin(), batch_warnings.end());
  return all;
}

std::size_t HarmonizeAnalysis::adjusted() const {
  return std::size_t(std::ranges::count(combat.model.adjusted, char{1}));
}

HarmonizeAnalysis analyse_harmonize(const HarmonizeOptions& options) {
  HarmonizeAnalysis analysis{.cohort = read_cohort(options.common.cohort)};
  features_table(analysis.cohort);
  Prepared prepared;
  options.apply.empty() ? fit(options, analysis, prepared)
                        : prepare_for(options, analysis, prepared);
  analysis.features = apply_combat(analysis.combat.model, prepared.data).features;
  const auto sizes = sizes_of(prepared.data.batch, analysis.combat.batches.size());
  for (std::size_t b = 0; b < sizes.size(); ++b)
    analysis.batches.push_back(shift_of(analysis.combat, b, sizes[b]));
  return analysis;
}

}  // namespace radiomics
