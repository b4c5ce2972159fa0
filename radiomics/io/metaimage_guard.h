#pragma once

#include <string>

namespace radiomics {

/// Refuses a MetaImage (.mha, or .mhd with one data file in the same folder) that holds fewer
/// voxels than its header promises, or whose compressed data is damaged: ITK's reader takes what is
/// missing for whatever lies in memory. The header must be plain: lines "Key = value" of at most
/// 480 characters, no key twice, and as many numbers in a line as NDims asks for, because that
/// reader reads on behind what does not fit. Compressed data is unpacked once, in little memory,
/// and not beyond what the header promises and 1 MB. \throws Error  unreadable_file;
/// unsupported_data if the voxels lie in several files or in
///                another folder
void require_complete_metaimage(const std::string& file);

}  // namespace radiomics
