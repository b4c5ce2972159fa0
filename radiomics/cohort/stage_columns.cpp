#include "radiomics/cohort/stage_columns.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

using Parse = std::function<std::optional<std::string>(std::string_view)>;

/// A cell per patient; "" where missing.
using Cells = std::vector<std::string>;

void warn(Cohort& cohort, const std::string& message, const std::string& column,
          const std::vector<std::size_t>& patients) {
  AnalysisWarning warning{.code = WarningCode::unknown_stage, .message = message, .column = column};
  for (const auto patient : patients) warning.ids.push_back(cohort.ids[patient]);
  cohort.warnings.push_back(std::move(warning));
}

/// "'5' is", "'5' and 'TX' are", "'5', 'TX' and 4 others are": the different cells of some
/// patients.
std::string different_cells(const Column& source, const std::vector<std::size_t>& patients) {
  constexpr std::size_t most = 8;
  std::vector<std::string> cells;
  for (const auto patient : patients) {
    const std::string cell = "'" + one_line(source.cells[patient]) + "'";
    if (std::ranges::find(cells, cell) == cells.end()) cells.push_back(cell);
  }
  if (cells.size() == 1) return cells[0] + " is";
  const std::size_t hidden = cells.size() > most ? cells.size() - most + 1 : 1;
  const std::string last = hidden == 1 ? cells.back() : to_text(hidden) + " others";
  cells.resize(cells.size() - hidden);
  return join(cells, ", ") + " and " + last + " are";
}

/// `known`: what there is, for the message.
Cells read_categories(Cohort& cohort, const std::string& name, const std::string& known,
                      const Parse& parse) {
  const Column source = column(cohort, name);
  Cells cells(cohort.size());
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (source.missing[i]) continue;
    if (const auto category = parse(source.cells[i]))
      cells[i] = *category;
    else
      unknown.push_back(i);
  }
  if (!unknown.empty())
    warn(cohort,
         source.place(unknown[0]) + ": " + different_cells(source, unknown) + " none of " + known +
             "; missing in " + counted(unknown.size(), "patient"),
         name, unknown);
  return cells;
}

/// Adds a column and declares its levels, sorted by their bytes.
void add_factor(Cohort& cohort, const std::string& name, const Cells& cells) {
  const std::set<std::string> levels(cells.begin(), cells.end());
  FactorSpec factor{.name = name, .levels = {}};
  for (const auto& level : levels)
    if (!level.empty()) factor.levels.push_back(level);
  cohort.derived.push_back({.name = name, .cells = cells});
  cohort.derived_factors.push_back(factor);
}

template <class Function>
Cells changed(Cells cells, Function function) {
  for (auto& cell : cells)
    if (!cell.empty()) cell = function(cell);
  return cells;
}

/// I and II as wholes, III divided: as trials report it.
std::string reported_group(const std::string& group) {
  const bool is_range = group.find('-') != std::string::npos;
  return is_range || group.starts_with("III") ? group : main_group(group);
}

struct Categories {
  Cells t, n, m, overall;
};

/// Patients whose group is not what it should be, with an example.
struct Problem {
  std::vector<std::size_t> patients;
  std::string example;

  void add(std::size_t patient, const std::string& text) {
    if (patients.empty()) example = text;
    patients.push_back(patient);
  }
};

std::string shown(const Categories& stage, std::size_t i) {
  return stage.t[i] + " " + stage.n[i] + " " + stage.m[i];
}

/// The first code of a patient that the 7th edition does not know; "" if there is none.
std::string code_of_8th(const Categories& stage, std::size_t i) {
  for (const auto* cells : {&stage.t, &stage.m, &stage.overall})
    if (!cells->empty() && is_of_8th_only((*cells)[i])) return (*cells)[i];
  return "";
}

void add_groups(Cohort& cohort, const StageSpec& spec, const Categories& stage) {
  Cells groups(cohort.size());
  Problem unsettled, contradicted, newer;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string code =
        *spec.edition == TnmEdition::seventh ? code_of_8th(stage, i) : std::string();
    if (!code.empty()) newer.add(i, code);
    if (!code.empty() || stage.t[i].empty() || stage.n[i].empty() || stage.m[i].empty()) continue;
    const auto group = group_of(stage.t[i], stage.n[i], stage.m[i], *spec.edition);
    if (!group) {
      unsettled.add(i, shown(stage, i));
    } else if (!stage.overall.empty() && !stage.overall[i].empty() &&
               !agree(stage.overall[i], *group)) {
      contradicted.add(i, shown(stage, i) + " is " + *group + ", not " + stage.overall[i]);
    } else {
      groups[i] = reported_group(*group);
    }
  }
  const std::string name = "stage.tnm" + to_text(int(*spec.edition));
  const auto report = [&](const Problem& problem, const std::string& text,
                          const std::string& column) {
    if (!problem.patients.empty())
      warn(cohort,
           name + ": " + text + " (" + problem.example + "); missing there in " +
               counted(problem.patients.size(), "patient"),
           column, problem.patients);
  };
  report(newer, "a code of the 8th edition among those of the 7th", spec.t);
  report(unsettled, "T, N and M do not settle the group", spec.t);
  report(contradicted, "T, N and M contradict '" + one_line(spec.overall) + "', another edition?",
         spec.overall);
  add_factor(cohort, name, groups);
}

/// Limited disease with distant metastasis is a contradiction; extensive disease without is not.
void warn_of_extent(Cohort& cohort, const StageSpec& spec, const Cells& extent, const Cells& m) {
  std::vector<std::size_t> contradicted;
  for (std::size_t i = 0; i < m.size(); ++i)
    if (extent[i] == "limited" && m[i].starts_with("M1")) contradicted.push_back(i);
  if (!contradicted.empty())
    warn(cohort,
         column(cohort, spec.extent).place(contradicted[0]) +
             ": limited disease, but distant metastasis in '" + one_line(spec.m) + "', in " +
             counted(contradicted.size(), "patient") + "; the extent is taken as it is",
         spec.extent, contradicted);
}

}  // namespace

StageSpec parse_stage(const std::string& text) {
  const std::string form = "; write T=COL,N=COL,M=COL[,overall=COL][,extent=COL][,edition=7|8]";
  const std::string shown = "'" + one_line(text) + "'";
  StageSpec spec;
  std::string edition;
  std::map<std::string, std::string*> keys{{"T", &spec.t},           {"N", &spec.n},
                                           {"M", &spec.m},           {"overall", &spec.overall},
                                           {"extent", &spec.extent}, {"edition", &edition}};
  for (const auto& part : split_outside_quotes(text, ',')) {
    const auto equals = part.find('=');
    const auto key = keys.find(std::string(part.substr(0, equals)));
    require(equals != std::string::npos && key != keys.end() && equals + 1 < part.size(),
            ErrorKind::invalid_argument,
            shown + ": '" + one_line(part) + "' is no KEY=COL of a stage" + form);
    *key->second = unquoted(part.substr(equals + 1));
    keys.erase(key);
  }
  require(edition.empty() || edition == "7" || edition == "8", ErrorKind::invalid_argument,
          shown + ": edition '" + one_line(edition) + "' is not 7 or 8" + form);
  if (!edition.empty()) spec.edition = edition == "7" ? TnmEdition::seventh : TnmEdition::eighth;
  require(!spec.empty(), ErrorKind::invalid_argument, shown + " names no column" + form);
  return spec;
}

void add_stage_columns(Cohort& cohort, const StageSpec& spec) {
  Categories stage;
  if (!spec.t.empty()) stage.t = read_categories(cohort, spec.t, "T0 to T4 and Tis", t_category);
  if (!spec.n.empty()) stage.n = read_categories(cohort, spec.n, "N0 to N3", n_category);
  if (!spec.m.empty()) stage.m = read_categories(cohort, spec.m, "M0 and M1", m_category);
  if (!spec.overall.empty())
    stage.overall = read_categories(cohort, spec.overall, "the groups 0 to IV", stage_group);
  if (!stage.t.empty()) add_factor(cohort, "stage.T", changed(stage.t, main_category));
  if (!stage.n.empty()) add_factor(cohort, "stage.N", stage.n);
  if (!stage.m.empty()) add_factor(cohort, "stage.M", changed(stage.m, main_category));
  if (!stage.overall.empty())
    add_factor(cohort, "stage.overall", changed(stage.overall, reported_group));
  if (spec.edition && !stage.t.empty() && !stage.n.empty() && !stage.m.empty())
    add_groups(cohort, spec, stage);
  if (!spec.extent.empty()) {
    const Cells extent =
        read_categories(cohort, spec.extent, "limited and extensive", disease_extent);
    if (!stage.m.empty()) warn_of_extent(cohort, spec, extent, stage.m);
    add_factor(cohort, "stage.valsg", extent);
  } else if (!stage.m.empty()) {
    add_factor(cohort, "stage.valsg", changed(stage.m, extent_of));
  }
}

}  // namespace radiomics
