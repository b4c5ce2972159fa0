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

/// Writes files into a folder, which is created if absent, in their order; the last one appears
/// whole or not at all, and only if all others are there: let it be result.json. \throws Error
/// unwritable_output
void write_files(const std::filesystem::path& folder, const std::vector<OutputFile>& files);

/// A cell of a CSV table: in quotes where it has to be.
std::string csv_cell(const std::string& text);

}  // namespace radiomics
