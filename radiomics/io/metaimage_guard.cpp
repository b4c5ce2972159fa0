// Fields of the header: https://itk.org/Wiki/ITK/MetaIO/Documentation.

#include "radiomics/io/metaimage_guard.h"

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

constexpr std::size_t longest_line = 480;  // the reader's buffer has 500
constexpr std::size_t longest_key = 200;   // for whose copy it has 255
constexpr int most_lines = 1000;
constexpr int most_dimensions = 10;  // the reader's arrays have as many

void check(bool condition, const std::string& file, const std::string& problem) {
  require(condition, ErrorKind::unreadable_file, file + ": " + problem + "; export it again");
}

struct Header {
  HeaderFields fields;     // keys as the reader wants them, letter by letter
  std::streamoff end = 0;  // where local data begins

  std::string field(const std::string& key) const { return field_of(fields, key); }
};

Header read_header(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  Header header;
  for (int i = 0; i < most_lines; ++i) {
    const auto line = header_line(stream, longest_line);
    if (!line) break;
    if (trimmed(*line).empty()) continue;
    const auto separator = line->find_first_of("=:");
    check(separator != std::string::npos, file, "is damaged: a line of its header has no '='");
    const std::string key(trimmed(line->substr(0, separator)));
    check(separator <= longest_key, file,
          "is damaged: its header has a name of " + to_text(separator) + " characters");
    const bool is_new = header.fields.emplace(key, trimmed(line->substr(separator + 1))).second;
    check(is_new, file, "is damaged: its header gives '" + one_line(valid_utf8(key)) + "' twice");
    if (key != "ElementDataFile") continue;
    header.end = stream.tellg();
    return header;
  }
  throw Error(ErrorKind::unreadable_file, file + ": is no complete MetaImage; export it again");
}

/// The numbers of a field; none if it is absent.
std::vector<double> numbers(const Header& header, const std::string& key, const std::string& file) {
  std::vector<double> values;
  std::string text = header.field(key);
  std::ranges::replace(text, '\t', ' ');
  for (const std::string& word : split(text, ' ')) {
    if (word.empty()) continue;
    const auto value = to_number(word);
    check(value && std::isfinite(*value), file,
          "is damaged: its " + key + " '" + one_line(valid_utf8(text)) + "' is not all numbers");
    values.push_back(*value);
  }
  return values;
}

/// The one number of a field, or what stands for it where it is absent.
double number(const Header& header, const std::string& key, double absent,
              const std::string& file) {
  if (!header.fields.contains(key)) return absent;
  const std::vector<double> values = numbers(header, key, file);
  check(values.size() == 1, file, "is damaged: its " + key + " is not one number");
  return values[0];
}

void check_lists(const Header& header, int dimensions, const std::string& file) {
  const auto has = [&](const std::string& key, int count) {
    const std::size_t found = numbers(header, key, file).size();
    check(!header.fields.contains(key) || found == std::size_t(count), file,
          "is damaged: its " + key + " has " + to_text(found) + " numbers instead of " +
              to_text(count));
  };
  for (const char* key : {"DimSize", "ElementSpacing", "ElementSize", "Offset", "Origin",
                          "Position", "CenterOfRotation", "SequenceID"})
    has(key, std::string(key) == "SequenceID" ? 4 : dimensions);
  for (const char* key : {"TransformMatrix", "Orientation", "Rotation"})
    has(key, dimensions * dimensions);
  has("Color", 4);
}

/// As the reader understands it.
bool is_true(const std::string& value) {
  return value.starts_with('T') || value.starts_with('t') || value.starts_with('1');
}

int bytes_of(const std::string& element_type, const std::string& file) {
  static const std::map<std::string, int> sizes{
      {"MET_CHAR", 1},  {"MET_UCHAR", 1},  {"MET_SHORT", 2},     {"MET_USHORT", 2},
      {"MET_INT", 4},   {"MET_UINT", 4},   {"MET_LONG", 4},      {"MET_ULONG", 4},
      {"MET_FLOAT", 4}, {"MET_DOUBLE", 8}, {"MET_LONG_LONG", 8}, {"MET_ULONG_LONG", 8}};
  const auto found = sizes.find(element_type);
  require(found != sizes.end(), ErrorKind::unsupported_data,
          file + ": the element type '" + one_line(valid_utf8(element_type)) +
              "' is not known; convert it to MET_SHORT");
  return found->second;
}

double promised_bytes(const Header& header, const std::string& file) {
  const double dimensions = number(header, "NDims", 0, file);
  check(dimensions >= 1 && dimensions <= most_dimensions && dimensions == std::floor(dimensions),
        file, "is damaged: its NDims is " + to_text(dimensions));
  check_lists(header, int(dimensions), file);
  double bytes = bytes_of(header.field("ElementType"), file);
  const std::vector<double> sizes = numbers(header, "DimSize", file);
  const auto is_size = [](double size) {
    return size >= 1 && size <= 1e9 && size == std::floor(size);
  };
  check(
      !sizes.empty() && std::ranges::all_of(sizes, is_size), file,
      "is damaged: its DimSize '" + one_line(valid_utf8(header.field("DimSize"))) + "' is no size");
  for (const double size : sizes) bytes *= size;
  const double channels = number(header, "ElementNumberOfChannels", 1, file);
  check(is_size(channels) && channels <= 1e6, file,
        "is damaged: it says that it has " + to_text(channels) + " values per voxel");
  return bytes * channels;
}

/// The file with the voxels, and where in it they begin.
struct Data {
  std::filesystem::path file;
  std::streamoff start = 0;
};

Data data_of(const Header& header, const std::string& file) {
  const std::string data = header.field("ElementDataFile");
  if (data == "LOCAL" || data == "Local" || data == "local") return {file, header.end};
  return {data_file_beside(file, data, ".mha"), 0};
}

}  // namespace

void require_complete_metaimage(const std::string& file) {
  const Header header = read_header(file);
  const double promised = promised_bytes(header, file);
  const Data data = data_of(header, file);
  const double skipped = number(header, "HeaderSize", 0, file);
  require(skipped == 0, ErrorKind::unsupported_data,
          file + ": its HeaderSize is " + to_text(skipped) + "; convert it to a .mha file");
  require(is_true(header.field("BinaryData")), ErrorKind::unsupported_data,
          file + ": its voxels are text, or BinaryData is absent; write it with BinaryData = True");
  std::ifstream stream(data.file, std::ios::binary);
  stream.seekg(data.start);
  std::error_code failed;
  const double stored = double(std::filesystem::file_size(data.file, failed)) - double(data.start);
  const bool packed = is_true(header.field("CompressedData"));
  if (packed)
    check(number(header, "CompressedDataSize", stored, file) == stored, file,
          "is cut short or damaged: its compressed voxels take " + to_text(stored) +
              " bytes, not the " + header.field("CompressedDataSize") + " of its header");
  const double found = packed ? unpacked_bytes(stream, promised) : stored;
  check(!failed && found >= promised, file,
        "is cut short or damaged: it does not hold the promised " + to_text(promised) +
            " bytes of voxels");
}

}  // namespace radiomics
