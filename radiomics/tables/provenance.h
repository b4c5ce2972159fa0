#pragma once

#include <string>
#include <utility>
#include <vector>

namespace radiomics {

/// "0.1.0"
std::string program_version();

/// Where the numbers of a table come from. Holds nothing that identifies a person.
struct Provenance {
  std::string input;  ///< what the table was made from, without folders of the machine
  /// Every setting by its name, also those left at their default; the value as text.
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<std::string> warnings;  ///< that belong to no single region, one line each
  /// Which regions were asked for and how they are made, as names and values; names repeat.
  std::vector<std::pair<std::string, std::string>> region_rules{};
};

/// SHA-256 of all settings: equal for equal settings, whatever way they were given.
std::string settings_sha256(const Provenance& provenance);

}  // namespace radiomics
