#pragma once

#include "radiomics/core/geometry.h"

namespace radiomics {

/// Where the masks of the fuzzers' small examples lie.
inline const Geometry fuzz_grid{
    .size = {5, 4, 6}, .spacing_mm = {1, 2, 3}, .origin_mm = {10, 20, 30}};

}  // namespace radiomics
