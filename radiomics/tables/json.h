#pragma once

#include <ostream>

#include "radiomics/tables/feature_table.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {

/// {"provenance": {...}, "rows": [...]}: one row per region with its diagnostics and, by column
/// name, its values; null if undefined, "inf" or "-inf" if infinite. Numbers are written so that
/// they read back as the same.
void write_json(const FeatureTable& table, const Provenance& provenance, std::ostream& out);

/// The provenance of a table, with one entry per region, without the values.
void write_provenance_json(const FeatureTable& table, const Provenance& provenance,
                           std::ostream& out);

}  // namespace radiomics
