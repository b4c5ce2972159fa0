#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace radiomics {

/// A file that a case is read from, as far as it takes to see that it is still the same.
struct InputFile {
  std::filesystem::path file;
  std::uintmax_t bytes = 0;
  std::int64_t modified_ns = 0;
  std::string instance_uid = {};  ///< of a DICOM object, where its header has been read

  bool operator==(const InputFile&) const = default;
};

/// The files behind a path that the user named as an image or a mask: all below a folder; a file
/// with those beside it that hold its voxels (.mhd and .raw, .nhdr and .raw, .hdr and .img). What
/// is not there is a file of 0 bytes.
std::vector<InputFile> input_files(const std::filesystem::path& path);

/// SHA-256 of what a result depends on: the request (program, settings, options) and the files,
/// their paths without `folder`. It names nobody.
std::string fingerprint(const std::string& request, const std::vector<InputFile>& files,
                        const std::filesystem::path& folder);

}  // namespace radiomics
