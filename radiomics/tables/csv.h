#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/tables/feature_table.h"

namespace radiomics {

/// A cell as RFC 4180 wants it, quoted where it holds a comma, a quote or a line end, that no
/// spreadsheet runs as a formula.
///
/// A text that begins with = + - @, their full-width forms, a tab or a line end, and is no number,
/// gets an apostrophe in front; so does one that has apostrophes before such a character already.
/// parse_csv() takes one of them away again: every text comes back. "-5.3", "+3", "1e5", "-inf" are
/// numbers and stay.
/// \source OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
std::string csv_cell(std::string_view text);

/// The text of a cell (without its quotes) that csv_cell() made.
std::string_view text_of_csv_cell(std::string_view cell);

/// One line per value: case,roi,image_type,family,feature,ibsi_code,aggregation,value,unit.
/// Numbers in shortest round-trip form, "nan" if undefined.
void write_long_csv(const FeatureTable& table, std::ostream& out);

/// One line per region: case,roi, the carried columns, warnings, diagnostics_*, then the features.
void write_wide_csv(const FeatureTable& table, std::ostream& out);

/// The same line by line, for tables that are larger than memory. Of `header`, the columns are
/// used.
void write_wide_header(const FeatureTable& header, std::ostream& out);
void write_wide_row(const FeatureTable::Row& row, std::ostream& out);

/// case,roi,step,kind,message
void write_failures_header(std::ostream& out);
void write_failure(const Failure& failure, std::ostream& out);

}  // namespace radiomics
