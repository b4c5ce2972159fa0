#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace radiomics {

/// The options of a YAML or JSON file: names without dashes, and values as they would be typed. A
/// list gives its name once per entry; true and false are those words. A nested value is refused.
/// \throws Error unreadable_file, invalid_settings
std::vector<std::pair<std::string, std::string>> read_config_file(
    const std::filesystem::path& file);

}  // namespace radiomics
