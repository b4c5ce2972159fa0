#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "radiomics/io/mask_source.h"

namespace radiomics {

/// Where a name stands in a list. Internal to io.
/// \param subject  what an error message starts with: the file
/// \throws Error  unknown_region; ambiguous_input if the name stands there twice
std::size_t only_index_of(const std::string& name, const std::vector<std::string>& names,
                          const std::string& subject);

/// Adds a warning if names hold U+FFFD: bytes that are no text in the file's character set.
void warn_of_replaced_characters(MaskSource& source);

}  // namespace radiomics
