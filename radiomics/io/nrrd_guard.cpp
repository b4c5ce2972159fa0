// Fields of the header: https://teem.sourceforge.net/nrrd/format.html.

#include "radiomics/io/nrrd_guard.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/text_header.h"
#include "radiomics/io/unpack.h"

namespace radiomics {
namespace {

constexpr std::size_t longest_line = 1 << 20;
constexpr std::streamoff longest_header = 1 << 22;  // Slicer writes a dozen lines for each segment
constexpr int most_dimensions = 16;                 // the reader's arrays have as many

void check(bool condition, const std::string& file, const std::string& problem) {
  require(condition, ErrorKind::unreadable_file, file + ": " + problem + "; export it again");
}

struct Header {
  HeaderFields fields;     // by name in lower case without blanks
  std::streamoff end = 0;  // where data in the same file begins

  std::string field(const std::string& name) const { return field_of(fields, name); }
};

/// "data file" and "datafile" are one field.
std::string field_name(std::string_view text) {
  std::string name = lower_case(trimmed(text));
  std::erase(name, ' ');
  return name;
}

void add_line(const std::string& line, Header& header, const std::string& file) {
  const auto colon = line.find(':');
  check(colon != std::string::npos, file, "is damaged: a line of its header has no ':'");
  if (line.substr(colon, 2) == ":=") return;  // somebody's own key
  const std::string name = field_name(line.substr(0, colon));
  const bool is_new =
      header.fields.emplace(name, std::string(trimmed(line.substr(colon + 1)))).second;
  check(is_new, file, "is damaged: its header gives '" + one_line(valid_utf8(name)) + "' twice");
}

Header read_header(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  Header header;
  const auto magic = header_line(stream, longest_line);
  check(magic && magic->starts_with("NRRD"), file, "is no NRRD file");
  for (;;) {
    const auto line = header_line(stream, longest_line);
    const std::streamoff place = stream.eof() ? 0 : std::streamoff(stream.tellg());
    check(line || stream.eof(), file, "is damaged: its header is no text");
    check(place <= longest_header, file, "is damaged: its header does not end");
    if (!line || line->empty()) {  // the end of a header alone, or of one with data behind it
      header.end = place;
      return header;
    }
    if (!line->starts_with('#')) add_line(*line, header, file);
  }
}

int bytes_of(const std::string& type, const std::string& file) {
  static const std::map<std::string, int> sizes{{"signed char", 1},
                                                {"int8", 1},
                                                {"int8_t", 1},
                                                {"uchar", 1},
                                                {"unsigned char", 1},
                                                {"uint8", 1},
                                                {"uint8_t", 1},
                                                {"short", 2},
                                                {"short int", 2},
                                                {"signed short", 2},
                                                {"signed short int", 2},
                                                {"int16", 2},
                                                {"int16_t", 2},
                                                {"ushort", 2},
                                                {"unsigned short", 2},
                                                {"unsigned short int", 2},
                                                {"uint16", 2},
                                                {"uint16_t", 2},
                                                {"int", 4},
                                                {"signed int", 4},
                                                {"int32", 4},
                                                {"int32_t", 4},
                                                {"uint", 4},
                                                {"unsigned int", 4},
                                                {"uint32", 4},
                                                {"uint32_t", 4},
                                                {"longlong", 8},
                                                {"long long", 8},
                                                {"long long int", 8},
                                                {"signed long long", 8},
                                                {"signed long long int", 8},
                                                {"int64", 8},
                                                {"int64_t", 8},
                                                {"ulonglong", 8},
                                                {"unsigned long long", 8},
                                                {"unsigned long long int", 8},
                                                {"uint64", 8},
                                                {"uint64_t", 8},
                                                {"float", 4},
                                                {"double", 8}};
  const auto found = sizes.find(lower_case(type));
  require(
      found != sizes.end(), ErrorKind::unsupported_data,
      file + ": the type '" + one_line(valid_utf8(type)) + "' is not known; convert it to short");
  return found->second;
}

double voxels_of(const Header& header, const std::string& file) {
  std::string text = header.field("sizes");
  std::ranges::replace(text, '\t', ' ');
  int dimensions = 0;
  double voxels = 1;
  bool valid = true;
  for (const std::string& word : split(text, ' ')) {
    if (word.empty()) continue;
    const double size = to_number(word).value_or(0);
    valid = valid && size >= 1 && size <= 1e9 && size == std::floor(size);
    voxels *= size;
    ++dimensions;
  }
  check(valid && dimensions >= 1 && dimensions <= most_dimensions, file,
        "is damaged: its sizes '" + one_line(valid_utf8(text)) + "' are none");
  check(to_integer(header.field("dimension")) == dimensions, file,
        "is damaged: its dimension '" + one_line(valid_utf8(header.field("dimension"))) +
            "' is not that of its sizes '" + one_line(valid_utf8(text)) + "'");
  return voxels;
}

/// The file with the voxels, and where in it they begin.
struct Data {
  std::filesystem::path file;
  std::streamoff start = 0;
};

Data data_of(const Header& header, const std::string& file) {
  for (const char* name : {"lineskip", "byteskip"})
    require(!header.fields.contains(name) || to_integer(header.field(name)) == 0,
            ErrorKind::unsupported_data,
            file + ": its " + name + " is '" + one_line(valid_utf8(header.field(name))) +
                "'; convert it to a plain .nrrd file");
  if (!header.fields.contains("datafile")) return {file, header.end};
  const std::string data = header.field("datafile");
  return {data_file_beside(file, data, ".nrrd"), 0};
}

}  // namespace

void require_complete_nrrd(const std::string& file) {
  const Header header = read_header(file);
  const double voxels = voxels_of(header, file);
  const double promised = voxels * bytes_of(header.field("type"), file);
  const std::string encoding = lower_case(header.field("encoding"));
  const bool packed = encoding == "gzip" || encoding == "gz";
  const bool text = encoding == "text" || encoding == "txt" || encoding == "ascii";
  require(packed || text || encoding == "raw", ErrorKind::unsupported_data,
          file + ": its encoding '" + one_line(valid_utf8(encoding)) +
              "' is not read; write it with raw or gzip");
  const Data data = data_of(header, file);
  std::ifstream stream(data.file, std::ios::binary);
  stream.seekg(data.start);
  std::error_code failed;
  const double stored = double(std::filesystem::file_size(data.file, failed)) - double(data.start);
  const double needed = text ? 2 * voxels - 1 : promised;  // a digit for each, and blanks between
  const double found = packed ? unpacked_bytes(stream, promised) : stored;
  check(!failed && found >= needed, file,
        "is cut short or damaged: it does not hold the promised " + to_text(needed) +
            " bytes of voxels");
}

}  // namespace radiomics
