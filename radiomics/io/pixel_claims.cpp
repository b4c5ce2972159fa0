// Attributes: DICOM PS3.3, C.7.6.3 (image pixel), C.7.6.6 (frames). Fragments: PS3.5, annex A.4;
// run-length coding: annex G.

#include "radiomics/io/pixel_claims.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/io/codestream.h"
#include "radiomics/io/dicom_guard.h"

namespace radiomics {
namespace {

/// A number of two bytes, or one in decimal digits; nothing if it is neither.
std::optional<double> number(std::span<const unsigned char> value, bool decimal, bool big_endian) {
  if (!decimal)
    return value.size() < 2
               ? std::nullopt
               : std::optional<double>(value[big_endian ? 1 : 0] | value[big_endian ? 0 : 1] << 8);
  std::string text(value.begin(), value.end());
  while (!text.empty() && text.back() == '\0') text.pop_back();
  const auto result = to_number(trimmed(text));
  return result && std::isfinite(*result) ? result : std::nullopt;
}

/// Without an exponent, as far as it goes.
std::string digits(double value) {
  return std::abs(value) < 1e18 ? to_text(std::int64_t(value)) : to_text(value);
}

bool is_video(std::string_view syntax) { return syntax.starts_with("1.2.840.10008.1.2.4.10"); }

bool is_run_length(std::string_view syntax) { return syntax == "1.2.840.10008.1.2.5"; }

/// Whether a transfer syntax may hold a stream with this marker: PS3.5, 8.2 and annex A.4.
bool may_hold(std::string_view syntax, unsigned marker) {
  struct Allowed {
    std::string_view last_part;
    unsigned markers[2];
  };
  constexpr Allowed allowed[] = {{"50", {0xc0, 0xc0}}, {"51", {0xc0, 0xc1}}, {"53", {0xc2, 0xc2}},
                                 {"55", {0xc2, 0xc2}}, {"57", {0xc3, 0xc3}}, {"70", {0xc3, 0xc3}},
                                 {"80", {0xf7, 0xf7}}, {"81", {0xf7, 0xf7}}, {"90", {0x51, 0x51}},
                                 {"91", {0x51, 0x51}}};
  const auto* const found =
      std::ranges::find(allowed, syntax.substr(syntax.rfind('.') + 1), &Allowed::last_part);
  return found == std::end(allowed) || std::ranges::count(found->markers, marker) > 0;
}

/// Whether the values of a stream have a number of bits that its process has: ISO/IEC 10918-1,
/// table B.2.
bool has_known_bits(const CodestreamHead& head, double allocated) {
  const bool is_lossy = head.marker >= 0xc0 && head.marker <= 0xc2;
  if (is_lossy) return head.bits == 8 || (head.bits == 12 && head.marker != 0xc0);
  return head.bits >= 1 && head.bits <= allocated;
}

bool is_jpeg(std::string_view syntax) { return syntax.starts_with("1.2.840.10008.1.2.4."); }

}  // namespace

void PixelClaims::add(std::uint32_t tag, std::uint64_t place, std::uint32_t length, bool big_endian,
                      ByteWindow& bytes) {
  constexpr std::uint32_t frames_tag = 0x00280008;
  std::optional<double>* target = tag == 0x00280002   ? &samples_
                                  : tag == frames_tag ? &frames_
                                  : tag == 0x00280010 ? &rows_
                                  : tag == 0x00280011 ? &columns_
                                  : tag == 0x00280100 ? &bits_
                                                      : nullptr;
  constexpr std::uint32_t longest_number = 64;
  if (target && !*target && length <= longest_number)
    *target = number(bytes.at(place, length), tag == frames_tag, big_endian);
  if (tag == 0x7fe00010 && !native_bytes_) native_bytes_ = length;
}

void PixelClaims::add_fragment(std::uint64_t place, std::uint32_t length) {
  fragments_.push_back({place, length});
}

double PixelClaims::decoded_bytes() const {
  const double frames = std::max(1.0, frames_.value_or(1));
  const double pixels = rows_.value_or(0) * columns_.value_or(0) * frames;
  return std::ceil(pixels * samples_.value_or(1) * bits_.value_or(0) / 8);
}

double PixelClaims::compressed_bytes() const {
  double sum = 0;
  for (const Piece& fragment : fragments_) sum += fragment.length;
  return sum;
}

std::string PixelClaims::described() const {
  return digits(columns_.value_or(0)) + "x" + digits(rows_.value_or(0)) + " pixels of " +
         digits(bits_.value_or(0)) + " bits in " + digits(frames_.value_or(1)) + " frames take " +
         digits(decoded_bytes()) + " bytes";
}

// Colours are nobody's intensities, and may be stored for every second pixel only.
std::optional<std::string> PixelClaims::native_problem() const {
  if (*native_bytes_ >= decoded_bytes() || samples_.value_or(1) != 1) return {};
  return "is cut short: " + described() + ", " + to_text(*native_bytes_) + " are there";
}

std::optional<std::string> PixelClaims::compressed_problem(std::string_view syntax,
                                                           ByteWindow& bytes) const {
  const auto frames = std::max(1.0, frames_.value_or(1));
  const auto coded = fragments_.empty() ? 0 : fragments_.size() - 1;
  if (coded == 0) return "is cut short: it has no compressed pixels";
  if (frames > double(coded) && !is_video(syntax))
    return "is cut short: it has " + digits(frames) + " frames, and compressed pixels of " +
           to_text(coded);
  const double most = std::max(dicom_limit::decoded_bytes,
                               dicom_limit::decoded_bytes_per_byte * compressed_bytes());
  if (decoded_bytes() > most)
    return "is damaged: " + described() + ", which cannot be made of the " +
           digits(compressed_bytes()) + " compressed ones that are there";
  if (is_run_length(syntax) && frames == 1) return run_length_problem(bytes);
  return is_jpeg(syntax) && !is_video(syntax) ? codestream_problem(syntax, bytes) : std::nullopt;
}

// A decoder takes memory for the size that the stream states, whatever the data set says.
std::optional<std::string> PixelClaims::codestream_problem(std::string_view syntax,
                                                           ByteWindow& bytes) const {
  const Piece& first = fragments_[1];
  const auto head = codestream_head(bytes, first.place, first.place + first.length);
  if (!head) return "is damaged: its compressed pixels are none";
  if (!may_hold(syntax, head->marker))
    return "is damaged: its pixels are compressed in another way than its transfer syntax says";
  if (!has_known_bits(*head, bits_.value_or(0)))
    return "is damaged: its compressed pixels have " + to_text(head->bits) +
           " bits, its header says " + digits(bits_.value_or(0));
  if (head->rows == rows_ && head->columns == columns_ && head->components == samples_.value_or(1))
    return {};
  return "is damaged: its compressed pixels are " + to_text(head->columns) + "x" +
         to_text(head->rows) + " with " + to_text(head->components) +
         " values each, its header says " + to_text(columns_.value_or(0)) + "x" +
         to_text(rows_.value_or(0)) + " with " + to_text(samples_.value_or(1));
}

std::optional<std::string> PixelClaims::run_length_problem(ByteWindow& bytes) const {
  const Piece& frame = fragments_[1];
  const double segments = samples_.value_or(1) * std::ceil(bits_.value_or(0) / 8);
  if (has_run_length_head(bytes, frame.place, frame.place + frame.length, segments)) return {};
  return "is damaged: its run-length coded pixels are none";
}

std::optional<std::string> PixelClaims::problem(std::string_view transfer_syntax_uid,
                                                bool encapsulated, ByteWindow& bytes) const {
  if (fragmented_) return compressed_problem(transfer_syntax_uid, bytes);
  if (!native_bytes_) return {};
  if (encapsulated) return "is damaged: its compressed pixels are not in fragments";
  return native_problem();
}

}  // namespace radiomics
