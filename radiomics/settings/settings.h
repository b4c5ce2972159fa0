#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "radiomics/features/region_summary.h"
#include "radiomics/preprocess/prepare.h"

namespace radiomics {

/// All choices of a run: one options struct per step. As constructed they are the preset "native",
/// in which no step changes anything: grid and intensities as scanned, bins of 25 from -1000. The
/// recommended ones are preset("default").
struct Settings {
  PrepareOptions prepare{};
  SummaryOptions summary{};

  /// \throws Error invalid_settings that names the first key whose value is not allowed, the value
  ///         and what is allowed
  void check() const;

  bool operator==(const Settings&) const = default;
};

/// Every setting by its key, with its value as it stands in a settings file, for provenance:
/// complete, in the order of all_setting_keys().
std::vector<std::pair<std::string, std::string>> describe(const Settings& settings);

}  // namespace radiomics
