#pragma once

#include <filesystem>
#include <string_view>

namespace radiomics::samples {

/// Creates a folder and those that it lies in, where they are missing.
/// \throws Error unwritable_output
void make_folder(const std::filesystem::path& folder);

/// Writes a file, in a folder that is created where it is missing.
/// \throws Error unwritable_output
void write_file(const std::filesystem::path& file, std::string_view content);

}  // namespace radiomics::samples
