#include "radiomics/cohort/cohort.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "radiomics/cohort/aggregate_rows.h"
#include "radiomics/core/error.h"
#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr std::array<std::string_view, 4> default_ids{"case", "patientid", "patient_id", "id"};

/// Leaves out rows without any text, which spreadsheets put at the end of tables. Where there is
/// one column an empty row is a missing value.
void drop_blank_rows(CsvCells& table) {
  if (table.columns.size() == 1) return;
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (std::size_t column = 0; column < table.columns.size(); ++column)
      if (!trimmed(table.at(row, column)).empty()) {
        kept.push_back(row);
        break;
      }
  if (kept.size() < table.rows()) table = rows_of(table, kept);
}

CohortTable read_table(const std::string& role, const std::filesystem::path& path, char separator) {
  std::string bytes = read_text(path);
  CohortTable table{.role = role, .file = path.filename().string(), .sha256 = sha256(bytes)};
  table.text = parse_csv_cells(std::move(bytes), path.string(), separator);
  drop_blank_rows(table.text);
  require(table.text.rows() > 0, ErrorKind::no_rows,
          table.file + ": all rows are empty; export it again");
  table.rows_read = int(table.text.rows());
  return table;
}

std::size_t index_of(const CohortTable& table, const std::string& name) {
  const auto& columns = table.text.columns;
  const auto found = std::ranges::find(columns, name);
  require(found != columns.end(), ErrorKind::column_not_found,
          table.file + ": no column '" + name + "'; it has " + listed(columns));
  return std::size_t(found - columns.begin());
}

/// The column that a table has under one of the default names, in lower case.
std::optional<std::string> column_ignoring_case(const CohortTable& table, std::string_view name) {
  for (const auto& column : table.text.columns)
    if (lower_case(trimmed(column)) == name) return column;
  return {};
}

/// A default name that all tables have, or else the first that each has.
void choose_default_ids(std::vector<CohortTable>& tables) {
  for (const auto name : default_ids)
    if (std::ranges::all_of(tables, [name](const CohortTable& table) {
          return column_ignoring_case(table, name).has_value();
        })) {
      for (auto& table : tables) table.id_column = *column_ignoring_case(table, name);
      return;
    }
  for (auto& table : tables) {
    for (const auto name : default_ids)
      if (table.id_column.empty()) table.id_column = column_ignoring_case(table, name).value_or("");
    require(tables.size() == 1 || !table.id_column.empty(), ErrorKind::column_not_found,
            table.file +
                ": no id column (case, PatientID, patient_id, id); name it with --id; it has " +
                listed(table.text.columns));
  }
}

void choose_ids(std::vector<CohortTable>& tables, const CohortOptions& options) {
  if (options.id_clinical.empty() && options.id_features.empty()) return choose_default_ids(tables);
  for (auto& table : tables) {
    table.id_column = table.role == "clinical" ? options.id_clinical : options.id_features;
    index_of(table, table.id_column);
  }
}

void keep_rois(CohortTable& table, const std::vector<std::string>& patterns) {
  if (patterns.empty()) return;
  const auto name = column_ignoring_case(table, "roi");
  require(
      name.has_value(), ErrorKind::column_not_found,
      table.file + ": no column 'roi' to choose regions by; it has " + listed(table.text.columns));
  const std::size_t roi = index_of(table, *name);
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < table.text.rows(); ++row)
    if (std::ranges::any_of(patterns, [&](const std::string& pattern) {
          return matches(trimmed(table.text.at(row, roi)), pattern);
        }))
      kept.push_back(row);
  require(!kept.empty(), ErrorKind::no_rows,
          table.file + ": no row with a roi that matches " + join(patterns, ", "));
  table.text = rows_of(table.text, kept);
}

/// The control that a cell names; "" for the original.
std::string control_of(std::string_view cell) {
  const std::string word = lower_case(trimmed(cell));
  return word == "original" || word == "none" || word == "na" ? "" : std::string(trimmed(cell));
}

/// Keeps the rows of one control. \return the other controls that there are, in order
std::vector<std::string> keep_control(CohortTable& table, const std::string& wanted) {
  const auto name = column_ignoring_case(table, "control");
  if (!name) return {};
  const std::size_t column = index_of(table, *name);
  std::vector<std::string> controls;
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < table.text.rows(); ++row) {
    const std::string control = control_of(table.text.at(row, column));
    if (control == wanted) kept.push_back(row);
    if (!control.empty() && std::ranges::find(controls, control) == controls.end())
      controls.push_back(control);
  }
  require(!kept.empty(), ErrorKind::no_rows,
          table.file + ": no row " +
              (wanted.empty() ? "whose '" + one_line(*name) + "' is empty or original"
                              : "of the control '" + one_line(wanted) + "'"));
  table.text = rows_of(table.text, kept);
  return controls;
}

/// The id of every row, trimmed; notes in `warnings` if that made a difference.
std::vector<std::string> ids_of(const CohortTable& table, std::vector<AnalysisWarning>& warnings) {
  std::vector<std::string> ids, changed;
  int first_line = 0;
  const bool numbered = table.id_column.empty();
  const std::size_t column = numbered ? 0 : index_of(table, table.id_column);
  for (std::size_t row = 0; row < table.text.rows(); ++row) {
    const std::string_view cell = table.text.at(row, column);
    ids.push_back(numbered ? to_text(row + 1) : std::string(trimmed(cell)));
    if (ids.back().empty())
      throw Error(ErrorKind::invalid_argument,
                  table.file + ":" + to_text(table.text.lines[row]) + ":" + table.id_column +
                      ": a patient without an id; fill it in, or delete the row");
    if (numbered || ids.back() == cell) continue;
    if (changed.empty()) first_line = table.text.lines[row];
    changed.push_back(ids.back());
  }
  if (!changed.empty())
    warnings.push_back({.code = WarningCode::id_trimmed,
                        .message = table.file + ":" + to_text(first_line) + ":" + table.id_column +
                                   ": blanks around " + counted(changed.size(), "id") + " trimmed",
                        .column = table.id_column,
                        .ids = changed});
  return ids;
}

using RowsById = std::unordered_map<std::string_view, std::size_t>;

/// The keys point into `ids`.
RowsById rows_by_id(const CohortTable& table, const std::vector<std::string>& ids) {
  RowsById rows(ids.size());
  for (std::size_t row = 0; row < ids.size(); ++row) {
    const auto [known, is_new] = rows.emplace(ids[row], row);
    if (is_new) continue;
    const auto& lines = table.text.lines;
    throw Error(ErrorKind::duplicate_id,
                table.file + ":" + to_text(lines[row]) + ":" + table.id_column + ": id '" +
                    one_line(ids[row]) + "' is also on line " + to_text(lines[known->second]) +
                    "; keep one row per patient" +
                    (table.role == "features"
                         ? " (with several regions choose one: --roi, or make one: --aggregate)"
                         : ""));
  }
  return rows;
}

void warn_of_unmatched(Cohort& cohort) {
  if (cohort.only_in_features.empty() && cohort.only_in_clinical.empty()) return;
  std::vector<std::string> ids = cohort.only_in_clinical;
  ids.insert(ids.end(), cohort.only_in_features.begin(), cohort.only_in_features.end());
  cohort.warnings.push_back(
      {.code = WarningCode::unmatched_ids,
       .message = counted(cohort.size(), "patient") +
                  " in both tables; left out: " + to_text(cohort.only_in_clinical.size()) +
                  " only in " + cohort.tables[0].file + ", " +
                  to_text(cohort.only_in_features.size()) + " only in " + cohort.tables[1].file,
       .ids = std::move(ids)});
}

void warn_of_shared_columns(Cohort& cohort) {
  const auto& clinical = cohort.tables[0];
  const auto& features = cohort.tables[1];
  for (const auto& name : features.text.columns) {
    if (name == features.id_column || name == clinical.id_column) continue;
    if (std::ranges::find(clinical.text.columns, name) == clinical.text.columns.end()) continue;
    cohort.warnings.push_back(
        {.code = WarningCode::column_in_both,
         .message = features.file + ":1:" + name + ": also in " + clinical.file + ", which counts",
         .column = name});
  }
}

/// The first two of some ids, for a message.
std::string examples(const std::vector<std::string>& ids) {
  return "'" + one_line(ids[0]) + "'" + (ids.size() > 1 ? ", '" + one_line(ids[1]) + "'" : "");
}

void join_tables(Cohort& cohort, const std::vector<std::vector<std::string>>& ids) {
  const auto clinical = rows_by_id(cohort.tables[0], ids[0]);
  const auto features = rows_by_id(cohort.tables[1], ids[1]);
  cohort.rows.resize(2);
  for (std::size_t row = 0; row < ids[1].size(); ++row) {
    const auto partner = clinical.find(ids[1][row]);
    if (partner == clinical.end()) {
      cohort.only_in_features.push_back(ids[1][row]);
      continue;
    }
    cohort.ids.push_back(ids[1][row]);
    cohort.rows[0].push_back(partner->second);
    cohort.rows[1].push_back(row);
  }
  for (const auto& id : ids[0])
    if (!features.contains(id)) cohort.only_in_clinical.push_back(id);
  require(cohort.size() > 0, ErrorKind::no_common_ids,
          "0 ids matched: " + cohort.tables[0].file + " has " + examples(ids[0]) + " in '" +
              cohort.tables[0].id_column + "', " + cohort.tables[1].file + " has " +
              examples(ids[1]) + " in '" + cohort.tables[1].id_column + "'; name the id with --id");
  warn_of_unmatched(cohort);
  warn_of_shared_columns(cohort);
}

}  // namespace

bool CellRules::is_missing(std::string_view cell) const {
  if (cell.empty()) return true;
  if (missing.empty() && cell.front() != 'N' && cell.front() != 'n') return false;  // most cells
  return cell == "NA" || cell == "NaN" || cell == "nan" ||
         std::ranges::find(missing, cell) != missing.end();
}

namespace {

Cohort read_tables(const CohortOptions& options) {
  Cohort cohort;
  cohort.cells = options.cells;
  if (!options.clinical.empty())
    cohort.tables.push_back(read_table("clinical", options.clinical, options.separator));
  if (!options.features.empty()) {
    cohort.tables.push_back(read_table("features", options.features, options.separator));
    keep_rois(cohort.tables.back(), options.rois);
    cohort.controls = keep_control(cohort.tables.back(), options.control);
  }
  require(!cohort.tables.empty(), ErrorKind::invalid_argument, "no table named; give --clinical");
  choose_ids(cohort.tables, options);
  if (!options.features.empty())
    aggregate_rows(cohort.tables.back(), options.aggregate, options.cells, cohort.warnings);
  std::vector<std::vector<std::string>> ids;
  for (const auto& table : cohort.tables) ids.push_back(ids_of(table, cohort.warnings));
  if (cohort.tables.size() == 2) {
    join_tables(cohort, ids);
    return cohort;
  }
  if (!cohort.tables[0].id_column.empty() && !options.repeated)
    rows_by_id(cohort.tables[0], ids[0]);
  cohort.ids = std::move(ids[0]);
  cohort.rows.resize(1);
  for (std::size_t row = 0; row < cohort.size(); ++row) cohort.rows[0].push_back(row);
  return cohort;
}

}  // namespace

std::string_view to_string(Aggregate how) {
  switch (how) {
    case Aggregate::sum:
      return "sum";
    case Aggregate::largest:
      return "largest";
    case Aggregate::mean:
      return "mean";
    case Aggregate::none:
      break;
  }
  return "";
}

Cohort read_cohort(const CohortOptions& options) {
  Cohort cohort = read_tables(options);
  if (options.stage) add_stage_columns(cohort, *options.stage);
  return cohort;
}

Cohort read_rows(const std::filesystem::path& file, const std::string& role,
                 const CohortOptions& options) {
  Cohort cohort;
  cohort.cells = options.cells;
  cohort.tables.push_back(read_table(role, file, options.separator));
  cohort.ids = ids_of(cohort.tables[0], cohort.warnings);
  cohort.rows.resize(1);
  for (std::size_t row = 0; row < cohort.size(); ++row) cohort.rows[0].push_back(row);
  if (options.stage) add_stage_columns(cohort, *options.stage);
  return cohort;
}

std::string listed(const std::vector<std::string>& columns) {
  constexpr std::size_t limit = 30;
  std::string text =
      one_line(join(std::span(columns).first(std::min(limit, columns.size())), ", "));
  if (columns.size() > limit) text += " and " + to_text(columns.size() - limit) + " more";
  return text;
}

}  // namespace radiomics
