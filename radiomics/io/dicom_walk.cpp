// DICOM PS3.5, chapter 7 (data sets). Where the standard leaves a choice to readers, this one reads
// as DCMTK does: both must see one structure.

#include "radiomics/io/dicom_walk.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctag.h>

#include "radiomics/core/text.h"
#include "radiomics/io/dicom_guard.h"

namespace radiomics {
namespace {

constexpr std::uint32_t undefined_length = 0xffffffff;
constexpr std::uint32_t item_tag = 0xfffee000;
constexpr std::uint32_t item_end_tag = 0xfffee00d;
constexpr std::uint32_t sequence_end_tag = 0xfffee0dd;
constexpr std::uint32_t pixel_data_tag = 0x7fe00010;

[[noreturn]] void refuse(std::string reason) { throw DicomDamage{std::move(reason), true}; }
[[noreturn]] void doubt(std::string reason) { throw DicomDamage{std::move(reason), false}; }

constexpr ElementEncoding implicit_little{false, false};

using Bytes = std::span<const unsigned char>;

std::uint32_t tag_of(Bytes data, bool big_endian) {
  return number_in(data, 2, big_endian) << 16 | number_in(data.subspan(2), 2, big_endian);
}

enum class Kind { data_set, item, sequence, fragments };

struct Container {
  Kind kind = Kind::data_set;
  ElementEncoding encoding;
  std::uint64_t end = 0;       ///< its own, or if it is open that of what holds it
  bool open = false;           ///< ends with a delimiter, not at a place
  bool guessed = false;        ///< its bytes may be none of a sequence
  std::uint64_t elements = 0;  ///< until now
  std::uint32_t highest = 0;   ///< tag until now
};

std::string name_of(std::uint32_t tag) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "element (";
  for (int shift = 28; shift >= 0; shift -= 4) {
    if (shift == 12) text += ',';
    text += digits[tag >> shift & 15];
  }
  return text + ")";
}

bool is_one_of(std::string_view vr, std::span<const std::string_view> names) {
  return std::ranges::find(names, vr) != names.end();
}

/// Types whose length takes two bytes; "??" stands in some files for one that was not known.
bool has_short_length(std::string_view vr) {
  constexpr std::string_view names[] = {"AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD",
                                        "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS",
                                        "ST", "TM", "UI", "UL", "US", "??"};
  return is_one_of(vr, names);
}

/// Types whose length takes four bytes and is always known.
bool is_long_value(std::string_view vr) {
  constexpr std::string_view names[] = {"OD", "OF", "OL", "OV", "SV", "UC", "UR", "UT", "UV"};
  return is_one_of(vr, names);
}

/// Every other pair of capital letters has a length of four bytes, those of the future too.
bool is_pair_of_capitals(std::string_view vr) {
  return std::ranges::all_of(vr, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// So many bytes, of which none lies at `end` or behind it.
Bytes bytes_before(ByteWindow& bytes, std::uint64_t place, std::uint64_t end, std::size_t count) {
  const std::uint64_t left = end - std::min(place, end);
  const Bytes data = bytes.at(place, std::size_t(std::min<std::uint64_t>(count, left)));
  if (data.size() < count)
    doubt("is cut short: " + to_text(data.size()) + " bytes are left where an element begins");
  return data;
}

ElementHead read_head(ByteWindow& bytes, std::uint64_t place, std::uint64_t end,
                      ElementEncoding encoding) {
  auto data = bytes_before(bytes, place, end, 8);
  ElementHead head{.tag = tag_of(data, encoding.big_endian), .value = place + 8};
  if (!encoding.explicit_vr || head.tag >> 16 == 0xfffe) {
    head.length = number_in(data.subspan(4), 4, encoding.big_endian);
    return head;
  }
  head.vr = {char(data[4]), char(data[5])};
  if (has_short_length(head.type())) {
    head.length = number_in(data.subspan(6), 2, encoding.big_endian);
    return head;
  }
  if (!is_pair_of_capitals(head.type()))
    doubt(name_of(head.tag) + " is of no type that DICOM knows: the file is damaged");
  data = bytes_before(bytes, place, end, 12);
  head.length = number_in(data.subspan(8), 4, encoding.big_endian);
  head.value += 4;
  return head;
}

void require_room(const ElementHead& head, std::uint64_t end) {
  const std::uint64_t left = end - std::min(head.value, end);
  if (head.length > left)
    doubt("is cut short or damaged: " + name_of(head.tag) + " claims " + to_text(head.length) +
          " bytes, " + to_text(left) + " are left");
}

/// Walks over one file, or over the data set that a deflated file unpacks to.
class Walk {
 public:
  explicit Walk(ByteWindow& bytes) : bytes_(bytes) {}

  void run(std::uint64_t start, ElementEncoding encoding) {
    position_ = start;
    stack_ = {{.encoding = encoding, .end = bytes_.size()}};
    while (!stack_.empty()) {
      try {
        step();
      } catch (const DicomDamage& damage) {
        if (damage.certain || !give_up_a_guess()) throw;
      }
    }
  }

  PixelClaims take_pixels() && { return std::move(pixels_); }

 private:
  void step() {
    Container& top = stack_.back();
    if (position_ < top.end) {
      if (top.kind == Kind::sequence || top.kind == Kind::fragments) return read_item(top);
      return read_element(top);
    }
    const bool only_the_end_is_missing = top.kind == Kind::fragments && stack_.size() == 2;
    if (top.open && !only_the_end_is_missing)
      doubt(top.end == bytes_.size() ? "is cut short inside a sequence"
                                     : "has a sequence that does not end where it must");
    close();
  }

  void close() { stack_.pop_back(); }

  /// Passes over the innermost bytes that only looked like a sequence.
  bool give_up_a_guess() {
    while (!stack_.empty() && !stack_.back().guessed) stack_.pop_back();
    if (stack_.empty()) return false;
    position_ = stack_.back().end;
    stack_.pop_back();
    return true;
  }

  // --- what a data set and an item hold ----------------------------------------------------------

  void read_element(Container& top) {
    if (stack_.size() == 1 && skip_padding()) return;
    const ElementHead head = read_head(bytes_, position_, top.end, top.encoding);
    if (head.tag >> 16 == 0xfffe) return end_item(head, top);
    count(top, head.tag);
    if (head.length == undefined_length) return open_value(head, top);
    require_room(head, top.end);
    if (stack_.size() == 1)
      pixels_.add(head.tag, head.value, head.length, top.encoding.big_endian, bytes_);
    position_ = head.value;
    if (!open_sequence(head, top)) position_ += head.length;
  }

  /// Zeros up to the end of the file.
  bool skip_padding() {
    const auto is_zero = [](unsigned char byte) { return byte == 0; };
    if (!std::ranges::all_of(bytes_.at(position_, 8), is_zero)) return false;
    std::uint64_t place = position_;
    while (place < bytes_.size()) {
      const Bytes data = bytes_.at(place, ByteWindow::longest_piece);
      if (data.empty() || !std::ranges::all_of(data, is_zero)) return false;
      place += data.size();
    }
    sort((place - position_) / 8 * stack_.back().elements);  // each 8 bytes an element for DCMTK
    position_ = place;
    return true;
  }

  void end_item(const ElementHead& head, const Container& top) {
    const bool ends =
        head.tag == item_end_tag && top.kind == Kind::item && (top.open || head.value == top.end);
    if (!ends) doubt("is damaged: a delimiter stands where an element must be");
    position_ = head.value;
    close();
  }

  void count(Container& top, std::uint32_t tag) {
    if (++elements_ > dicom_limit::elements)
      refuse("has more than " + to_text(dicom_limit::elements) + " elements");
    if (tag < top.highest) sort(top.elements);
    top.highest = std::max(top.highest, tag);
    ++top.elements;
  }

  void sort(std::uint64_t steps) {
    steps_ += steps;
    if (steps_ > dicom_limit::sorting_steps + dicom_limit::sorting_steps_per_byte * bytes_.size())
      refuse("is damaged: its elements are in no order");
  }

  void open_value(const ElementHead& head, const Container& top) {
    const bool is_explicit = top.encoding.explicit_vr;
    Container value{.encoding = top.encoding, .end = top.end, .open = true};
    if (is_explicit ? head.type() == "OB" || head.type() == "OW" : head.tag == pixel_data_tag)
      value.kind = Kind::fragments;
    else if (is_explicit ? !has_short_length(head.type()) && !is_long_value(head.type())
                         : may_be_sequence(head.tag))
      value.kind = Kind::sequence;
    else
      doubt("is damaged: " + name_of(head.tag) + " has no length");
    // An element of a type that its writer did not know: PS3.5, 6.2.2, note 2.
    if (is_explicit && value.kind == Kind::sequence && head.type() != "SQ")
      value.encoding = implicit_little;
    if (head.tag == pixel_data_tag && value.kind != Kind::fragments)
      doubt("is damaged: its pixels are of no type that pixels have");
    position_ = head.value;
    if (value.kind == Kind::fragments && stack_.size() == 1) pixels_.begin_fragments();
    push(value);
  }

  static bool may_be_sequence(std::uint32_t tag) {
    const DcmEVR vr = DcmTag(Uint16(tag >> 16), Uint16(tag & 0xffff)).getEVR();
    return vr == EVR_SQ || vr == EVR_UNKNOWN || vr == EVR_UNKNOWN2B || vr == EVR_UN;
  }

  /// A value of known length that is a sequence, or may be: where no type is given DCMTK asks its
  /// dictionary, GDCM the bytes.
  bool open_sequence(const ElementHead& head, const Container& top) {
    Container value{
        .kind = Kind::sequence, .encoding = top.encoding, .end = head.value + head.length};
    if (top.encoding.explicit_vr && head.type() != "UN") {
      if (head.type() != "SQ" || head.length == 0) return false;
    } else {
      if (head.length < 8 || !may_be_sequence(head.tag)) return false;
      value.encoding = {false, top.encoding.big_endian && head.type() != "UN"};
      const auto data = bytes_.at(head.value, 4);
      if (data.size() < 4 || tag_of(data, value.encoding.big_endian) != item_tag) return false;
      value.guessed = true;
    }
    push(value);
    return true;
  }

  void push(const Container& value) {
    const auto depth = std::ranges::count(stack_, Kind::sequence, &Container::kind);
    if (value.kind == Kind::sequence && depth >= dicom_limit::nesting)
      refuse("is nested deeper than " + to_text(dicom_limit::nesting) + " sequences");
    stack_.push_back(value);
  }

  // --- what a sequence holds ---------------------------------------------------------------------

  void read_item(Container& top) {
    const auto data = bytes_before(bytes_, position_, top.end, 8);
    const std::uint32_t tag = tag_of(data, top.encoding.big_endian);
    const std::uint32_t length = number_in(data.subspan(4), 4, top.encoding.big_endian);
    position_ += 8;
    if (tag == sequence_end_tag && (top.open || position_ == top.end)) return close();
    if (tag != item_tag) doubt("is damaged: something else stands where an item must be");
    count(top, 0xffffffff);
    const bool open = length == undefined_length;
    const std::uint64_t left = top.end - position_;
    if ((!open && length > left) || (open && top.kind == Kind::fragments))
      doubt("is cut short or damaged: an item claims " + to_text(length) + " bytes, " +
            to_text(left) + " are left");
    if (top.kind == Kind::fragments) {
      if (stack_.size() == 2) pixels_.add_fragment(position_, length);
      position_ += length;
    } else {
      const std::uint64_t end = open ? top.end : position_ + length;
      stack_.push_back({.kind = Kind::item, .encoding = top.encoding, .end = end, .open = open});
    }
  }

  ByteWindow& bytes_;
  std::uint64_t position_ = 0;
  std::vector<Container> stack_;
  std::uint64_t elements_ = 0, steps_ = 0;
  PixelClaims pixels_;
};

}  // namespace

std::uint32_t number_in(Bytes data, std::size_t count, bool big_endian) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | data[big_endian ? i : count - 1 - i];
  return value;
}

ElementEncoding likely_encoding(ByteWindow& bytes, std::uint64_t start) {
  const Bytes head = bytes.at(start, 6);
  if (head.size() < 6) return {};
  const std::string_view vr(reinterpret_cast<const char*>(&head[4]), 2);
  return {has_short_length(vr) || is_pair_of_capitals(vr),
          number_in(head, 2, false) > 0xff && number_in(head, 2, true) <= 0xff};
}

ElementHead read_meta_element(ByteWindow& bytes, std::uint64_t start, ElementEncoding encoding) {
  const ElementHead head = read_head(bytes, start, bytes.size(), encoding);
  require_room(head, bytes.size());
  return head;
}

PixelClaims walk_elements(ByteWindow& bytes, std::uint64_t start, ElementEncoding encoding) {
  Walk walk(bytes);
  walk.run(start, encoding);
  return std::move(walk).take_pixels();
}

}  // namespace radiomics
