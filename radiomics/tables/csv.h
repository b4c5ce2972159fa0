#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/tables/feature_table.h"

namespace radiomics {

/// A cell as RFC 4180 wants it: quoted where it holds a comma, a quote or a line end.
std::string csv_cell(std::string_view text);

/// One line per value: case,roi,image_type,family,feature,ibsi_code,aggregation,value,unit.
/// Numbers in shortest round-trip form, "nan" if undefined.
void write_long_csv(const FeatureTable& table, std::ostream& out);

/// One line per region: case,roi, the carried columns, warnings, diagnostics_*, then the features.
void write_wide_csv(const FeatureTable& table, std::ostream& out);

/// case,roi,step,kind,message
void write_failures_csv(const std::vector<Failure>& failures, std::ostream& out);

}  // namespace radiomics
