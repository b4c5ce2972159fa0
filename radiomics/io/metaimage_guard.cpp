// Fields of the header: https://itk.org/Wiki/ITK/MetaIO/Documentation.

#include "radiomics/io/metaimage_guard.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <vector>

#include <itk_zlib.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

struct Header {
  std::map<std::string, std::string> fields;  // by key in lower case
  std::streamoff end = 0;                     // where local data begins

  std::string field(const std::string& key) const {
    const auto found = fields.find(key);
    return found == fields.end() ? "" : found->second;
  }
};

Header read_header(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  Header header;
  constexpr int most_lines = 1000;  // binary data has no business here
  std::string line;
  for (int i = 0; i < most_lines && std::getline(stream, line); ++i) {
    const auto equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string key = lower_case(trimmed(line.substr(0, equals)));
    header.fields[key] = trimmed(line.substr(equals + 1));
    if (key != "elementdatafile") continue;
    header.end = stream.tellg();
    return header;
  }
  throw Error(ErrorKind::unreadable_file, file + ": is no complete MetaImage; export it again");
}

int bytes_of(const std::string& element_type, const std::string& file) {
  static const std::map<std::string, int> sizes{
      {"MET_CHAR", 1},  {"MET_UCHAR", 1},  {"MET_SHORT", 2},     {"MET_USHORT", 2},
      {"MET_INT", 4},   {"MET_UINT", 4},   {"MET_LONG", 4},      {"MET_ULONG", 4},
      {"MET_FLOAT", 4}, {"MET_DOUBLE", 8}, {"MET_LONG_LONG", 8}, {"MET_ULONG_LONG", 8}};
  const auto found = sizes.find(element_type);
  require(found != sizes.end(), ErrorKind::unsupported_data,
          file + ": the element type '" + one_line(element_type) +
              "' is not known; convert it to MET_SHORT");
  return found->second;
}

double promised_bytes(const Header& header, const std::string& file) {
  double bytes = bytes_of(header.field("elementtype"), file);
  for (const std::string& size : split(header.field("dimsize"), ' '))
    if (!size.empty()) bytes *= to_number(size).value_or(0);
  require(bytes > 0, ErrorKind::unreadable_file,
          file + ": DimSize '" + one_line(header.field("dimsize")) + "' is not valid");
  return bytes;
}

/// How many bytes a zlib stream unpacks to; -1 if it is damaged or cut.
double unpacked_bytes(std::istream& packed) {
  z_stream state{};
  if (inflateInit2(&state, 15 + 32) != Z_OK) return -1;  // zlib or gzip header
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&state, inflateEnd);
  std::vector<char> in(1 << 16), out(1 << 20);
  double total = 0;
  int status = Z_OK;
  while (status == Z_OK) {
    if (state.avail_in == 0) {
      packed.read(in.data(), std::streamsize(in.size()));
      state.next_in = reinterpret_cast<Bytef*>(in.data());
      state.avail_in = uInt(packed.gcount());
      if (state.avail_in == 0) return -1;
    }
    state.next_out = reinterpret_cast<Bytef*>(out.data());
    state.avail_out = uInt(out.size());
    status = inflate(&state, Z_NO_FLUSH);
    total += double(out.size() - state.avail_out);
  }
  return status == Z_STREAM_END ? total : -1;
}

}  // namespace

void require_complete_metaimage(const std::string& file) {
  const Header header = read_header(file);
  const std::string data = header.field("elementdatafile");
  const bool local = data == "LOCAL" || data == "Local" || data == "local";
  const std::filesystem::path name(data);
  require(local || (name == name.filename() && data.find('%') == std::string::npos &&
                    !data.starts_with("LIST")),
          ErrorKind::unsupported_data,
          file + ": its voxels lie in '" + one_line(data) +
              "'; convert it to a .mha file, or put header and one data file into one folder");
  const std::string data_file =
      local ? file : (std::filesystem::path(file).parent_path() / name).string();
  const double promised = promised_bytes(header, file);
  std::ifstream stream(data_file, std::ios::binary);
  std::error_code ignored;
  const std::streamoff start = local ? header.end : 0;
  stream.seekg(start);
  const bool packed = lower_case(header.field("compresseddata")) == "true";
  const double found = packed
                           ? unpacked_bytes(stream)
                           : double(std::filesystem::file_size(data_file, ignored)) - double(start);
  require(stream && !ignored ? found >= promised : packed && found >= promised,
          ErrorKind::unreadable_file,
          file + ": is cut short or damaged: fewer than the promised " + to_text(promised) +
              " bytes of voxels; export it again");
}

}  // namespace radiomics
