#include "radiomics/cohort/aggregate_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/inference.h"

namespace radiomics {
namespace {

constexpr std::array<std::string_view, 6> volumes{"volume_mesh", "meshvolume", "volume_voxel",
                                                  "voxelvolume", "morph_vol",  "volume"};

bool is_volume(std::string_view column) {
  const std::string name = lower_case(column);
  if (name == "volume") return true;
  return std::ranges::any_of(volumes, [&](std::string_view volume) {
    return volume != "volume" && name.find(volume) != std::string::npos &&
           name.find("density") == std::string::npos && name.find("ratio") == std::string::npos;
  });
}

bool adds_up(std::string_view column) {
  const std::string name = lower_case(column);
  return is_volume(column) || name.ends_with("surfacearea") || name.ends_with("surface_area_mesh");
}

bool is_shape(std::string_view column) {
  const std::string name = lower_case(column);
  return name.find("shape") != std::string::npos || name.find("morph") != std::string::npos;
}

/// The rows of each patient, patients in order of first appearance.
std::vector<std::vector<std::size_t>> rows_by_patient(const CohortTable& table) {
  const auto id = std::size_t(std::ranges::find(table.text.columns, table.id_column) -
                              table.text.columns.begin());
  std::map<std::string_view, std::size_t> known;
  std::vector<std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < table.text.rows(); ++row) {
    const auto [entry, is_new] = known.emplace(trimmed(table.text.at(row, id)), rows.size());
    if (is_new) rows.emplace_back();
    rows[entry->second].push_back(row);
  }
  return rows;
}

std::optional<double> number_of(const CohortTable& table, std::size_t row, std::size_t column,
                                const CellRules& rules) {
  const auto cell = trimmed(table.text.at(row, column));
  if (rules.is_missing(cell)) return undefined;
  return to_number(cell, rules);
}

std::size_t volume_column(const CohortTable& table) {
  const auto& columns = table.text.columns;
  for (const auto wanted : volumes)
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (is_volume(columns[c]) && lower_case(columns[c]).find(wanted) != std::string::npos)
        return c;
  throw Error(ErrorKind::column_not_found,
              table.file +
                  ": --aggregate largest needs a column of volumes (MeshVolume, volume_mesh, "
                  "volume); columns: " +
                  listed(columns));
}

std::size_t largest_row(const CohortTable& table, const std::vector<std::size_t>& rows,
                        std::size_t volume, const CellRules& rules) {
  std::size_t best = rows[0];
  double largest = -1;
  for (const auto row : rows) {
    const auto value = number_of(table, row, volume, rules);
    require(value && !std::isnan(*value), ErrorKind::not_numeric,
            table.file + ":" + to_text(table.text.lines[row]) + ":" +
                one_line(table.text.columns[volume]) + ": '" +
                one_line(table.text.at(row, volume)) +
                "' is no volume to find the largest region by; correct it or choose with --roi");
    if (*value > largest) {
      largest = *value;
      best = row;
    }
  }
  return best;
}

/// One cell of several rows: the sum or mean of numbers, or the text on which they agree.
std::string combined(const CohortTable& table, const std::vector<std::size_t>& rows,
                     std::size_t column, Aggregate how, const CellRules& rules) {
  std::string first(table.text.at(rows[0], column));
  if (std::ranges::all_of(rows,
                          [&](std::size_t row) { return table.text.at(row, column) == first; }) &&
      !to_number(trimmed(first), rules))
    return first;
  double sum = 0;
  for (const auto row : rows) {
    const auto value = number_of(table, row, column, rules);
    if (!value) return "";
    sum += *value;
  }
  if (std::isnan(sum)) return "";
  std::string text = to_text(how == Aggregate::mean ? sum / double(rows.size()) : sum);
  std::ranges::replace(text, '.', rules.decimal);
  return text;
}

bool is_numeric(const CohortTable& table, std::size_t column, const CellRules& rules) {
  for (std::size_t row = 0; row < table.text.rows(); ++row)
    if (const auto value = number_of(table, row, column, rules); value && !std::isnan(*value))
      return true;
  return false;
}

void warn(const CohortTable& table, Aggregate how, std::size_t patients, std::size_t columns,
          std::vector<AnalysisWarning>& warnings) {
  std::string message = table.file + ": several regions of " + counted(patients, "patient");
  if (how == Aggregate::largest) message += ": the largest counts";
  if (how == Aggregate::sum)
    message +=
        ": volumes and surface areas added, " + counted(columns, "other column") + " left empty";
  if (how == Aggregate::mean)
    message += ": averaged, " + counted(columns, "column") +
               " of shape among them: a mean shape is the shape of nothing";
  warnings.push_back({.code = WarningCode::aggregated, .message = message});
}

/// Cells of a table that is made up here.
CsvCells table_of(std::vector<std::string> columns, std::vector<int> lines,
                  std::vector<std::string> cells) {
  const auto owner = std::make_shared<const std::vector<std::string>>(std::move(cells));
  CsvCells table{
      .columns = std::move(columns), .cells = {}, .lines = std::move(lines), .text = owner};
  table.cells.assign(owner->begin(), owner->end());
  return table;
}

}  // namespace

void aggregate_rows(CohortTable& table, Aggregate how, const CellRules& rules,
                    std::vector<AnalysisWarning>& warnings) {
  if (how == Aggregate::none || table.id_column.empty()) return;
  const auto patients = rows_by_patient(table);
  const auto several = std::size_t(std::ranges::count_if(
      patients, [](const std::vector<std::size_t>& rows) { return rows.size() > 1; }));
  if (several == 0) return;
  if (how == Aggregate::largest) {
    const std::size_t volume = volume_column(table);
    std::vector<std::size_t> kept;
    for (const auto& rows : patients)
      kept.push_back(rows.size() == 1 ? rows[0] : largest_row(table, rows, volume, rules));
    table.text = rows_of(table.text, kept);
    return warn(table, how, several, 0, warnings);
  }
  const auto& columns = table.text.columns;
  std::vector<char> emptied(columns.size(), 0);
  std::size_t shapes = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c] == table.id_column || !is_numeric(table, c, rules)) continue;
    emptied[c] = how == Aggregate::sum && !adds_up(columns[c]);
    shapes += how == Aggregate::mean && is_shape(columns[c]);
  }
  std::vector<std::string> cells;
  std::vector<int> lines;
  for (const auto& rows : patients) {
    lines.push_back(table.text.lines[rows[0]]);
    for (std::size_t c = 0; c < columns.size(); ++c)
      cells.push_back(emptied[c] ? ""
                      : rows.size() == 1 || columns[c] == table.id_column
                          ? std::string(table.text.at(rows[0], c))
                          : combined(table, rows, c, how, rules));
  }
  const auto left_empty = std::size_t(std::ranges::count(emptied, 1));
  warn(table, how, several, how == Aggregate::sum ? left_empty : shapes, warnings);
  table.text = table_of(columns, std::move(lines), std::move(cells));
}

}  // namespace radiomics
