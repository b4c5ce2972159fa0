// DICOM PS3.10, chapter 7 (files), PS3.5, annex A (transfer syntaxes).

#include "radiomics/io/dicom_guard.h"

#include <algorithm>
#include <fstream>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcxfer.h>

#include "radiomics/core/text.h"
#include "radiomics/io/byte_window.h"
#include "radiomics/io/dicom_walk.h"
#include "radiomics/io/unpack.h"

namespace radiomics {
namespace {

using Bytes = std::span<const unsigned char>;

[[noreturn]] void refuse(std::string reason) { throw DicomDamage{std::move(reason)}; }

struct MetaHeader {
  std::uint64_t end = 0;
  std::string transfer_syntax_uid;
};

std::string uid_of(const ElementHead& head, ByteWindow& bytes) {
  constexpr std::uint32_t longest_uid = 64;
  const Bytes value = bytes.at(head.value, std::min(head.length, longest_uid));
  std::string uid(value.begin(), value.end());
  while (!uid.empty() && (uid.back() == '\0' || uid.back() == ' ')) uid.pop_back();
  return uid;
}

/// The elements of group 0002. Who believes the length that they state and who looks at their
/// groups must come to the same end.
MetaHeader read_meta(ByteWindow& bytes) {
  const Bytes start = bytes.at(0, 132);
  const bool has_preamble =
      start.size() == 132 && std::ranges::equal(start.last(4), std::string_view("DICM"));
  MetaHeader meta{has_preamble ? 132U : 0U, {}};
  const ElementEncoding encoding = likely_encoding(bytes, meta.end);
  std::optional<std::uint64_t> stated_end;
  for (Bytes next = bytes.at(meta.end, 2);
       next.size() == 2 && number_in(next, 2, encoding.big_endian) == 2;
       next = bytes.at(meta.end, 2)) {
    const ElementHead head = read_meta_element(bytes, meta.end, encoding);
    meta.end = head.value + head.length;
    if (head.tag == 0x00020000 && head.length == 4)
      stated_end = meta.end + number_in(bytes.at(head.value, 4), 4, encoding.big_endian);
    if (head.tag == 0x00020010 && meta.transfer_syntax_uid.empty())
      meta.transfer_syntax_uid = uid_of(head, bytes);
  }
  if (stated_end && *stated_end != meta.end)
    refuse("is damaged: its meta header ends at byte " + to_text(meta.end) + ", and says at " +
           to_text(*stated_end));
  return meta;
}

/// What a deflated data set unpacks to.
std::vector<unsigned char> inflated(const std::filesystem::path& file, std::uint64_t start) {
  std::ifstream stream(file, std::ios::binary);
  stream.seekg(std::streamoff(start));
  std::error_code ignored;  // a file that has gone since is found out by its reader
  constexpr std::uint64_t best_of_zlib = 1032;
  const std::uint64_t most = std::min(best_of_zlib * std::filesystem::file_size(file, ignored),
                                      dicom_limit::inflated_bytes);
  std::vector<unsigned char> bytes;
  const Unpacked status = unpack(stream, Wrapping::none, [&](Bytes piece) {
    if (piece.size() > most - bytes.size()) return false;
    bytes.insert(bytes.end(), piece.begin(), piece.end());
    return true;
  });
  if (status == Unpacked::stopped)
    refuse("is damaged: it unpacks to more than " + to_text(most) + " bytes");
  if (status == Unpacked::damaged) refuse("is damaged or cut short: it cannot be unpacked");
  return bytes;
}

void walk_data_set(ByteWindow& bytes, std::uint64_t start, const std::string& syntax) {
  const DcmXfer known(syntax.empty() ? "unknown" : syntax.c_str());  // "" is one to DCMTK
  const ElementEncoding stated{bool(known.isExplicitVR()), known.getByteOrder() == EBO_BigEndian};
  const PixelClaims pixels = walk_elements(
      bytes, start, known.getXfer() == EXS_Unknown ? likely_encoding(bytes, start) : stated);
  if (auto problem = pixels.problem(syntax, known.isEncapsulated(), bytes))
    refuse(std::move(*problem));
}

void inspect(ByteWindow& bytes, const std::filesystem::path& file) {
  if (!bytes.is_open()) refuse("cannot be opened; check its permissions");
  if (bytes.size() == 0) refuse("is empty");
  const MetaHeader meta = read_meta(bytes);
  if (meta.end >= bytes.size()) refuse("is cut short: it ends with its meta header");
  if (DcmXfer(meta.transfer_syntax_uid.c_str()).getStreamCompression() != ESC_zlib)
    return walk_data_set(bytes, meta.end, meta.transfer_syntax_uid);
  ByteWindow unpacked(inflated(file, meta.end));
  walk_data_set(unpacked, 0, meta.transfer_syntax_uid);
}

}  // namespace

std::optional<std::string> dicom_damage(ByteWindow& bytes, const std::filesystem::path& file) {
  try {
    inspect(bytes, file);
  } catch (const DicomDamage& damage) {
    return damage.reason;
  }
  return {};
}

std::optional<std::string> dicom_damage(const std::filesystem::path& file) {
  ByteWindow bytes(file);
  return dicom_damage(bytes, file);
}

}  // namespace radiomics
