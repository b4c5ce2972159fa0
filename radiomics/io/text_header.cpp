#include "radiomics/io/text_header.h"

#include <system_error>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {

std::string field_of(const HeaderFields& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

std::optional<std::string> header_line(std::istream& stream, std::size_t longest) {
  std::string line;
  for (int c = stream.get(); c != '\n'; c = stream.get()) {
    if (c == std::istream::traits_type::eof()) {
      if (line.empty()) return {};
      break;
    }
    if (line.size() > longest) return {};
    line += char(c);
  }
  if (line.ends_with('\r')) line.pop_back();
  for (const char c : line)
    if ((c >= 0 && c < 32 && c != '\t') || c == 127) return {};
  return line;
}

std::filesystem::path data_file_beside(const std::string& header_file, const std::string& name,
                                       const std::string& suffix) {
  const std::filesystem::path path(name);
  const bool is_list = name.starts_with("LIST") || name.find_first_of("% ") != std::string::npos;
  const bool is_beside = path == path.filename() && !name.empty() && name != "." && name != "..";
  const std::string shown = "'" + one_line(valid_utf8(name)) + "'";
  require(!is_list && is_beside, ErrorKind::unsupported_data,
          header_file + ": its voxels lie in " + shown + "; convert it to a " + suffix +
              " file, or put header and one data file into one folder");
  std::filesystem::path place = std::filesystem::path(header_file).parent_path() / path;
  std::error_code ignored;  // what cannot be looked at counts as absent
  require(std::filesystem::is_regular_file(place, ignored), ErrorKind::unreadable_file,
          header_file + ": its voxels should lie in " + shown +
              ", which is not there; copy it to the header");
  return place;
}

}  // namespace radiomics
