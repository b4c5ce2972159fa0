#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// Where a name stands in a list. Internal to io.
/// \param subject  what an error message starts with: the file
/// \throws Error  unknown_region; ambiguous_input if the name stands there twice
std::size_t only_index_of(const std::string& name, const std::vector<std::string>& names,
                          const std::string& subject);

}  // namespace radiomics
