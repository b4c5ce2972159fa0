#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/cohort/cohort.h"

namespace radiomics {

/// One column of a cohort: a trimmed cell per patient, and where it stands.
struct Column {
  std::string name;
  std::string file;
  std::vector<std::string_view> cells;  ///< pointing into `text`
  std::vector<int> lines;
  std::vector<char> missing;         ///< 1 where the cell counts as missing
  std::shared_ptr<const void> text;  ///< of the file

  /// "clinical.csv:6:os_months", for messages.
  std::string place(std::size_t patient) const;
};

/// The column of that name; of the clinical table where both have it.
/// \throws Error column_not_found, with the columns that there are and the nearest name
Column column(const Cohort& cohort, const std::string& name);

/// The number that a cell is: infinite if it is too large for one, nothing if it is none.
std::optional<double> to_number(std::string_view cell, const CellRules& rules);

/// The numbers of a column; NaN where missing. Infinite values and overflow (1e400) are missing,
/// too, or an error, as the rules say. \throws Error not_numeric, nonfinite: the first such cell,
/// and how many more there are
std::vector<double> numbers(const Column& column, const CellRules& rules);

/// The natural logarithm of the number in a cell. \throws Error invalid_argument if it has none
double logarithm(double number, const Column& column, std::size_t patient);

/// The patients of a column divided by its values.
struct Grouping {
  std::vector<std::string> labels;
  std::vector<int> group;  ///< one per patient: index into labels, -1 where missing
};

/// Reads "stage" or "stage:I-II,IIIA,IIIB".
/// \throws Error invalid_argument
FactorSpec parse_factor(const std::string& text);

/// Groups in the order of `levels`; if that is empty sorted, as numbers where all cells are numbers
/// ("1.0" and "1" are one group then), else by their bytes. Levels that nobody has are kept.
/// \throws Error invalid_argument at a cell that is none of the levels
Grouping group_by(const Column& column, const std::vector<std::string>& levels,
                  const CellRules& rules);

/// Groups of the patients who agree in all of several groupings, in order of first appearance.
Grouping crossed(const std::vector<Grouping>& groupings, std::size_t patients);

}  // namespace radiomics
