#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// The regions that a user asks for.
///
/// \param names     of all regions
/// \param patterns  shell-style, ignoring case (see matches()); none: all regions
/// \return names in their own order, each once
/// \throws Error unknown_region if a pattern matches none; the message lists those that there are
std::vector<std::string> select_rois(const std::vector<std::string>& names,
                                     const std::vector<std::string>& patterns);

}  // namespace radiomics
