#pragma once

#include <span>
#include <string_view>

#include "radiomics/settings/settings.h"

namespace radiomics {

struct Preset {
  std::string_view name;
  std::string_view summary;  ///< one sentence for help and documentation
  Settings settings;
};

/// All presets, the default first.
std::span<const Preset> all_presets();

/// The settings of a preset.
/// \throws Error invalid_settings if there is none of this name
const Settings& preset(std::string_view name);

}  // namespace radiomics
