#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "radiomics/settings/settings.h"

namespace radiomics {

/// Writes a complete settings file in YAML: every key below its step, with what it does, the values
/// that are allowed and that of the preset "default" as comments. Reading it back gives the same
/// settings. \param title  one line for the head of the file
void write_settings(const Settings& settings, std::string_view title, std::ostream& out);

/// The settings `base` with the keys that a YAML file gives. A step or the whole file may be empty.
/// \throws Error  unreadable_file; invalid_settings that names FILE:LINE and the key: no YAML, an
///                unknown key (with the nearest known one), a key given twice, a value of the wrong
///                kind or one that is not allowed
Settings read_settings(const std::filesystem::path& file, const Settings& base);

/// The same of text; `name` stands for the file in messages.
Settings parse_settings(std::string_view yaml, std::string_view name, const Settings& base);

/// The settings that describe() told all of. \throws Error as parse_settings()
Settings settings_from(const std::vector<std::pair<std::string, std::string>>& described,
                       std::string_view name);

}  // namespace radiomics
