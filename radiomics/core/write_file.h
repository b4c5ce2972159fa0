#pragma once

#include <filesystem>
#include <functional>
#include <ostream>

namespace radiomics {

/// Who may read a file that is written.
enum class FileReaders {
  usual,  ///< whoever the user's mask allows
  owner,  ///< nobody else, from the first byte on
};

/// Writes a file in whole or not at all: under a temporary name beside it, flushed to the disk,
/// then renamed. A reader never sees half of it, and of several writers at a time, on one machine
/// or on several, one wins. Folders that are missing are made. \throws Error unwritable_output
void write_file(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write,
                FileReaders readers = FileReaders::usual);

/// How temporary names end: NAME.PID-RANDOM.tmp. A process that is killed leaves them.
inline constexpr const char* temporary_extension = ".tmp";

/// For writers that need a file rather than a stream: a temporary name beside a file, another
/// one for each call, and the step that flushes what was written there to the disk and gives it its
/// name. \throws Error unwritable_output; the temporary file stays
std::filesystem::path temporary_name(const std::filesystem::path& file);
void replace_file(const std::filesystem::path& temporary, const std::filesystem::path& file);

/// Throws the Error of a file that cannot be written.
[[noreturn]] void refuse_to_write(const std::filesystem::path& file);

/// Makes a folder and those above it; one that exists is fine.
/// \throws Error unwritable_output
void make_folder(const std::filesystem::path& folder);

}  // namespace radiomics
