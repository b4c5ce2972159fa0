#pragma once

#include <string>

#include "radiomics/cohort/cohort.h"

namespace radiomics {

/// The SHA-256 of the settings with which the features of a cohort were extracted; "" if the table
/// does not say. It is the one value of a column `settings_sha256`, else that of what lies beside
/// the table: NAME.csv.provenance.json, provenance.json, or the run.json of a batch.
/// \throws Error ambiguous_input if rows differ in it: they cannot be compared;
///         unreadable_file if a provenance is there but damaged
std::string extraction_settings(const Cohort& cohort, const CohortOptions& options);

}  // namespace radiomics
