#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "radiomics/features/region_summary.h"
#include "radiomics/preprocess/prepare.h"

namespace radiomics {

/// All choices of a run: one options struct per step. The defaults are the preset "native": grid
/// and intensities as scanned, bins of 25 from -1000.
struct Settings {
  PrepareOptions prepare{};
  SummaryOptions summary{};

  bool operator==(const Settings&) const = default;
};

/// Every setting by its name, with its value as text, for provenance: complete, in a fixed order.
std::vector<std::pair<std::string, std::string>> describe(const Settings& settings);

}  // namespace radiomics
