#pragma once

#include <string>

namespace radiomics {

/// Refuses a MetaImage (.mha, or .mhd with one data file beside it) that holds fewer voxels than
/// its header promises, or whose compressed data is damaged: ITK's reader takes what is missing for
/// whatever lies in memory. Compressed data is read once to its end.
/// \throws Error  unreadable_file; unsupported_data if the voxels lie in several files or in
/// another
///                folder
void require_complete_metaimage(const std::string& file);

}  // namespace radiomics
