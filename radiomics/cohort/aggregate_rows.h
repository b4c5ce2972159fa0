#pragma once

#include <string>
#include <vector>

#include "radiomics/cohort/analysis_warning.h"
#include "radiomics/cohort/cohort.h"

namespace radiomics {

/// Makes one row of several regions of a patient.
///   largest  the row of the region with the largest volume
///   sum      volumes and surface areas added; other numbers do not add up and are left empty, for
///            everybody
///   mean     numbers averaged; a warning names how many of them are of shape
/// Volumes are found by name (MeshVolume, volume_mesh, ...). Cells that are no numbers stay where
/// all rows of the patient agree. Patients with one row keep theirs. Missing numbers make the
/// result missing.
/// \throws Error column_not_found if `largest` finds no volume, not_numeric if one is no number
void aggregate_rows(CohortTable& table, Aggregate how, const CellRules& rules,
                    std::vector<AnalysisWarning>& warnings);

}  // namespace radiomics
