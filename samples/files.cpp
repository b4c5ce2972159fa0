#include "samples/files.h"

#include <fstream>
#include <system_error>

#include "radiomics/core/error.h"

namespace radiomics::samples {

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  require(!error, ErrorKind::unwritable_output,
          folder.string() + ": cannot be created (" + error.message() + "); choose another folder");
}

void write_file(const std::filesystem::path& file, std::string_view content) {
  make_folder(file.parent_path());
  std::ofstream stream(file, std::ios::binary);
  stream.write(content.data(), std::streamsize(content.size()));
  stream.close();
  require(bool(stream), ErrorKind::unwritable_output,
          file.string() + ": cannot be written; is the disk full or the folder protected?");
}

}  // namespace radiomics::samples
