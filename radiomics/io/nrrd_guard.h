#pragma once

#include <string>

namespace radiomics {

/// Refuses a NRRD file (.nrrd, .nhdr, .seg.nrrd) that holds fewer voxels than its header promises,
/// or whose compressed data is damaged, before memory is taken for them. Taken are the encodings
/// raw, gzip and text; a header with its voxels in another file may name one file in its own
/// folder. The header has at most 4 MB. Compressed data is unpacked once, in little memory, and not
/// beyond what the header promises and 1 MB. \throws Error  unreadable_file; unsupported_data for
/// other encodings, and if the voxels lie in
///                several files or in another folder
void require_complete_nrrd(const std::string& file);

}  // namespace radiomics
