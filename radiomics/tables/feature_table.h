#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "radiomics/core/aggregation.h"
#include "radiomics/core/feature_definition.h"
#include "radiomics/tables/diagnostics.h"

namespace radiomics {

/// Values of many regions. Rectangular: every row has one value per column.
struct FeatureTable {
  struct Column {
    std::string image_type;  ///< "original" for the unfiltered image
    std::string_view family;
    FeatureDefinition definition;
    Aggregation aggregation = Aggregation::none;
  };
  struct Row {
    std::string case_name;
    std::string roi;
    std::vector<std::string> carried;   ///< one per carried column
    std::vector<std::string> warnings;  ///< one line each
    Diagnostics diagnostics;
    std::vector<double> values;
  };
  std::vector<std::string> carried_columns;  ///< further columns of the user's case list
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// The name of a column of the wide table: "original_ngtdm_contrast_3d".
std::string column_name(const FeatureTable::Column& column);

/// A region that was refused: it has no row.
struct Failure {
  std::string case_name;
  std::string roi;   ///< "" if the whole case was refused
  std::string step;  ///< "match", "open", "read", "prepare", "features": where it went wrong
  std::string kind;  ///< the word of the error
  std::string message;

  bool operator==(const Failure&) const = default;
};

}  // namespace radiomics
