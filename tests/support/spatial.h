#pragma once

#include "tests/support/families.h"
#include "tests/support/regions.h"

namespace radiomics {

inline constexpr Aggregation spatial_aggregations[] = {
    Aggregation::slices_2d, Aggregation::slices_merged_25d, Aggregation::volume_3d};

}  // namespace radiomics
