#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "radiomics/core/error.h"

namespace radiomics {

/// A folder in memory, one for a process, that goes with it.
class FuzzFolder {
 public:
  FuzzFolder() {
    std::string name = "/dev/shm/radiomics_fuzz_XXXXXX";
    if (!mkdtemp(name.data())) std::abort();
    path_ = name;
  }
  FuzzFolder(const FuzzFolder&) = delete;
  FuzzFolder& operator=(const FuzzFolder&) = delete;
  ~FuzzFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Writes the fuzzer's bytes to a file of this name. \return its path, the same every time
inline std::filesystem::path fuzz_file(const std::string& name, const std::uint8_t* data,
                                       std::size_t size) {
  static const FuzzFolder folder;
  const std::filesystem::path file = folder.path() / name;
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), std::streamsize(size));
  return file;
}

/// Runs an action that may refuse its input, and in no other way than by an Error of one line.
template <class Action>
void allowing_refusal(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    if (std::string(error.what()).find('\n') != std::string::npos) std::abort();
  }
}

}  // namespace radiomics
