#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/preprocess/negative_control.h"

namespace radiomics {

/// What is measured of every case: nothing stands for the image as it is.
using Controls = std::vector<std::optional<NegativeControl>>;

/// Reads names of negative controls and "original". \throws Error invalid_argument for other names
/// and for one that comes twice
Controls parse_controls(const std::vector<std::string>& names);

/// Every case once for each control, one after the other, so that they share what is read. A
/// carried column `Control` says which: "original", "shuffle-roi", ...
/// \param seed  of the numbers that are drawn; together with the control and the region's voxels it
///              decides them: neither names nor order do
/// \throws Error invalid_settings if the list has such a column already
CaseList with_controls(const CaseList& list, const Controls& controls, std::uint64_t seed);

}  // namespace radiomics
