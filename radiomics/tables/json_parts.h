#pragma once

#include "radiomics/tables/feature_table.h"
#include "radiomics/tables/json_writer.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {

/// Parts of our JSON files that several of them have.

/// case, roi, warnings and diagnostics: what is known about a region but its values, as members of
/// an object that is open.
void write_region_members(JsonWriter& json, const FeatureTable::Row& row);

/// A region as an object: the members above, carried and features by the names of the columns of
/// `header`. An undefined value is null, an infinite one the text "inf" or "-inf".
void write_row(JsonWriter& json, const FeatureTable& header, const FeatureTable::Row& row);

/// program, input, settings, settings_sha256 and warnings, as members of an object that is open.
void write_provenance_members(JsonWriter& json, const Provenance& provenance);

/// A failure as an object: case, roi, step, kind, message.
void write_failure(JsonWriter& json, const Failure& failure);

}  // namespace radiomics
