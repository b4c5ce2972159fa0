#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace radiomics {

/// What regions are called whose name in the file matches a pattern.
struct Synonym {
  std::string name, pattern;
  std::string where{};  ///< FILE:LINE, for messages
};

/// The synonyms of a CSV file with the columns name,pattern, in the order of its lines.
/// \throws Error  as read_csv(); column_not_found; invalid_argument at FILE:LINE for another
/// column,
///                an empty cell, a pattern that was there already (duplicate or contradictory) and
///                a name with '*' or '?'
std::vector<Synonym> read_synonyms(const std::filesystem::path& file);

}  // namespace radiomics
