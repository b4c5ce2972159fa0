#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/stage_columns.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {

/// How cells are read.
struct CellRules {
  char decimal = '.';
  std::vector<std::string> missing{};  ///< tokens beside the empty cell, NA, NaN and nan
  bool nonfinite_is_missing = false;   ///< else an infinite value is an error

  bool is_missing(std::string_view cell) const;
};

/// What becomes of several regions of one patient; see aggregate_rows().
enum class Aggregate { none, sum, largest, mean };

std::string_view to_string(Aggregate how);  ///< "", "sum", "largest", "mean"

/// A column that is declared to hold levels, in their order.
struct FactorSpec {
  std::string name;
  std::vector<std::string> levels;  ///< empty: sorted
};

/// Which tables make a cohort. One of the two files is enough.
struct CohortOptions {
  std::filesystem::path clinical{};
  std::filesystem::path features{};
  std::string id_clinical{};  ///< "": the rule of read_cohort()
  std::string id_features{};
  std::vector<std::string> rois{};  ///< patterns; keep the rows of features whose `roi` matches one
  std::string control{};  ///< which negative control; "": the original rows. See read_cohort()
  Aggregate aggregate = Aggregate::none;  ///< else several rows of a patient are an error
  std::optional<StageSpec> stage{};
  char separator = ',';
  CellRules cells{};
  bool repeated = false;  ///< of a table alone: an id may have several rows, each an entry
};

/// One of the files of a cohort.
struct CohortTable {
  std::string role;         ///< "clinical" or "features"
  std::string file;         ///< its name without folder
  std::string sha256;       ///< of its bytes
  std::string id_column{};  ///< "" if its rows are numbered
  int rows_read = 0;
  CsvCells text{};
};

/// A column that was made of others, a cell per patient; "" where missing.
struct DerivedColumn {
  std::string name;
  std::vector<std::string> cells;
};

/// One patient per entry, with a row in every table.
struct Cohort {
  std::vector<CohortTable> tables;             ///< clinical first
  std::vector<std::string> ids;                ///< of the patients
  std::vector<std::vector<std::size_t>> rows;  ///< rows[table][patient]
  std::vector<std::string> only_in_features;   ///< ids without a partner
  std::vector<std::string> only_in_clinical;
  CellRules cells{};
  std::vector<std::string> controls{};  ///< the negative controls that the features hold, too
  std::vector<DerivedColumn> derived{};
  std::vector<FactorSpec> derived_factors{};  ///< factors that need no declaration
  std::vector<AnalysisWarning> warnings;      ///< id_trimmed, unmatched_ids, column_in_both

  std::size_t size() const { return ids.size(); }
};

/// Reads one or two tables and joins them by id, keeping the patients that both have, in the order
/// of the features.
///
/// Where no id column is named it is the first of case, PatientID, patient_id, id (any letter case)
/// that both tables have; if they share none, the first of these in each. A table alone without
/// such a column has its rows numbered from 1. Ids are text; blanks around them are trimmed.
///
/// Of features with a column `Control` (any letter case) the rows of one control are kept; its cell
/// is empty, "original" or "none" where the voxels are those of the image.
/// \throws Error  as read_csv(); column_not_found; duplicate_id, with both lines; no_common_ids
Cohort read_cohort(const CohortOptions& options);

/// One more table beside a cohort, its rows numbered from 1: new patients to predict for. Of the
/// options the separator, the rules of cells and the stage count. \throws Error as read_csv()
Cohort read_rows(const std::filesystem::path& file, const std::string& role,
                 const CohortOptions& options);

/// The names of columns, for a message: all, or the first thirty and how many more.
std::string listed(const std::vector<std::string>& columns);

}  // namespace radiomics
