#include "radiomics/survival/output_files.h"

#include <fstream>
#include <system_error>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

void write_file(const std::filesystem::path& path, const std::string& content) {
  std::ofstream stream(path, std::ios::binary);
  stream << content;
  require(bool(stream.flush()), ErrorKind::unwritable_output,
          path.string() + ": cannot be written; free some space or name another --output");
}

}  // namespace

void write_files(const std::filesystem::path& folder, const std::vector<OutputFile>& files) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  require(std::filesystem::is_directory(folder, error), ErrorKind::unwritable_output,
          folder.string() + ": cannot be made a folder; name another --output");
  for (std::size_t i = 0; i + 1 < files.size(); ++i)
    write_file(folder / files[i].name, files[i].content);
  if (files.empty()) return;
  const auto path = folder / files.back().name, temporary = folder / (files.back().name + ".part");
  write_file(temporary, files.back().content);
  std::filesystem::rename(temporary, path, error);
  require(!error, ErrorKind::unwritable_output,
          path.string() + ": cannot be written; name another --output");
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace radiomics
