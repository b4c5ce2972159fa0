#include "radiomics/survival/stage_columns.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/cohort.h"
#include "radiomics/survival/column.h"

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

Cells read_categories(Cohort& cohort, const std::string& name, const Parse& parse) {
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
         source.place(unknown[0]) + ": '" + one_line(source.cells[unknown[0]]) +
             "' is no category of any edition; missing in " + counted(unknown.size(), "patient"),
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

void add_groups(Cohort& cohort, const StageSpec& spec, const Categories& stage) {
  Cells groups(cohort.size());
  std::vector<std::size_t> unsettled, contradicted;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (stage.t[i].empty() || stage.n[i].empty() || stage.m[i].empty()) continue;
    const auto group = group_of(stage.t[i], stage.n[i], stage.m[i], *spec.edition);
    if (!group) {
      unsettled.push_back(i);
      continue;
    }
    const bool differs = !stage.overall.empty() && !stage.overall[i].empty() &&
                         main_group(stage.overall[i]) != main_group(*group);
    if (differs) contradicted.push_back(i);
    if (!differs) groups[i] = reported_group(*group);
  }
  const std::string name = "stage.tnm" + to_text(int(*spec.edition));
  if (!unsettled.empty())
    warn(cohort,
         name + ": T, N and M of " + counted(unsettled.size(), "patient") +
             " do not settle the group (T2 needs its letter); missing there",
         spec.t, unsettled);
  if (!contradicted.empty())
    warn(cohort,
         name + ": T, N and M of " + counted(contradicted.size(), "patient") + " contradict '" +
             one_line(spec.overall) + "' (another edition?); missing there",
         spec.overall, contradicted);
  add_factor(cohort, name, groups);
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
  for (const auto& part : split(text, ',')) {
    const auto equals = part.find('=');
    const auto key = keys.find(std::string(part.substr(0, equals)));
    require(equals != std::string::npos && key != keys.end() && equals + 1 < part.size(),
            ErrorKind::invalid_argument,
            shown + ": '" + one_line(part) + "' is no KEY=COL of a stage" + form);
    *key->second = part.substr(equals + 1);
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
  if (!spec.t.empty()) stage.t = read_categories(cohort, spec.t, t_category);
  if (!spec.n.empty()) stage.n = read_categories(cohort, spec.n, n_category);
  if (!spec.m.empty()) stage.m = read_categories(cohort, spec.m, m_category);
  if (!spec.overall.empty()) stage.overall = read_categories(cohort, spec.overall, stage_group);
  if (!stage.t.empty()) add_factor(cohort, "stage.T", changed(stage.t, main_category));
  if (!stage.n.empty()) add_factor(cohort, "stage.N", stage.n);
  if (!stage.m.empty()) add_factor(cohort, "stage.M", changed(stage.m, main_category));
  if (!stage.overall.empty())
    add_factor(cohort, "stage.overall", changed(stage.overall, reported_group));
  if (spec.edition && !stage.t.empty() && !stage.n.empty() && !stage.m.empty())
    add_groups(cohort, spec, stage);
  if (!spec.extent.empty())
    add_factor(cohort, "stage.valsg", read_categories(cohort, spec.extent, disease_extent));
  else if (!stage.m.empty())
    add_factor(cohort, "stage.valsg", changed(stage.m, extent_of));
}

}  // namespace radiomics
