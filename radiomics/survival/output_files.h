#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace radiomics {

/// A file to be written into the folder of results.
struct OutputFile {
  std::string name;
  std::string content;
};

/// Writes files into a folder, which is made if absent, in their order, each in whole or not at
/// all. The last one appears only if all others are there: let it be result.json. \throws Error
/// unwritable_output
void write_files(const std::filesystem::path& folder, const std::vector<OutputFile>& files);

}  // namespace radiomics
