#pragma once

#include <filesystem>
#include <functional>
#include <ostream>

namespace radiomics {

/// Writes a file in whole or not at all: under a temporary name beside it, flushed to the disk,
/// then renamed. A reader never sees half of it. Folders that are missing are made. \throws Error
/// unwritable_output
void write_file(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write);

/// How the temporary names end: NAME.PID.tmp. What a process that was killed leaves.
inline constexpr const char* temporary_extension = ".tmp";

/// Makes a folder and those above it; one that exists is fine.
/// \throws Error unwritable_output
void make_folder(const std::filesystem::path& folder);

}  // namespace radiomics
