#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "radiomics/io/shared_value.h"
#include "radiomics/io/text_list.h"

namespace radiomics {

/// Values as bytes and back, each with one function for its kind, so that what is written in some
/// order is read in the same. Whole numbers take a byte for 7 bits, the lowest first; numbers with
/// a sign alternate (0, -1, 1, -2, ...); a real number is its 8 bytes in the order of this machine;
/// texts and lists start with their length. Shared values are numbers of a table. A struct is
/// written member by member by its fields(), see catalogue_fields.h. Internal to io.

/// The values of Shared<T> that were written or read, each once.
struct SharedTables {
  std::vector<Shared<std::string>> texts;
  std::vector<Shared<std::vector<std::string>>> lists;
};

class ByteWriter {
 public:
  template <class... Values>
  void operator()(const Values&... values) {
    (put(values), ...);
  }

  const std::string& bytes() const { return bytes_; }
  const SharedTables& tables() const { return tables_; }
  void append(std::string_view bytes) { bytes_ += bytes; }
  /// Takes the bytes from `start` on off again.
  std::string take_back(std::size_t start) {
    std::string taken = bytes_.substr(start);
    bytes_.resize(start);
    return taken;
  }

  void put(std::unsigned_integral auto value) {
    for (; value > 0x7f; value = decltype(value)(value >> 7))
      bytes_.push_back(char(0x80U | (value & 0x7fU)));
    bytes_.push_back(char(value));
  }
  void put(std::signed_integral auto value) {
    const auto wide = std::int64_t(value);
    put((std::uint64_t(wide) << 1) ^ std::uint64_t(wide >> 63));
  }
  void put(bool value) { bytes_.push_back(value ? '\1' : '\0'); }
  void put(double value) {
    const auto raw = std::bit_cast<std::array<char, sizeof value>>(value);
    bytes_.append(raw.data(), raw.size());
  }
  void put(std::string_view text) {
    put(text.size());
    append(text);
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const TextList& texts) {
    put(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) put(texts[i]);
  }
  void put(const Shared<std::string>& text) { put(number_of(*text, text_numbers_, tables_.texts)); }
  void put(const Shared<std::vector<std::string>>& list) {
    put(number_of(*list, list_numbers_, tables_.lists));
  }
  template <class T, std::size_t Count>
  void put(const std::array<T, Count>& values) {
    for (const T& value : values) put(value);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put(values.size());
    for (const T& value : values) put(value);
  }
  template <class Struct>
  requires std::is_class_v<Struct>
  void put(const Struct& value) { fields(*this, value); }

 private:
  template <class T, class Numbers>
  static std::size_t number_of(const T& value, Numbers& numbers, std::vector<Shared<T>>& table) {
    const auto [known, is_new] = numbers.try_emplace(value, table.size());
    if (is_new) table.emplace_back(value);
    return known->second;
  }

  std::string bytes_;
  SharedTables tables_;
  std::unordered_map<std::string, std::size_t> text_numbers_;
  std::map<std::vector<std::string>, std::size_t> list_numbers_;
};

/// Reads what ByteWriter wrote, or any bytes: nothing beyond them is touched, and nothing is made
/// that is much larger than they are. After the first value that is not there or cannot be,
/// good() is false, and what is read means nothing.
class ByteReader {
 public:
  /// \param tables  of the shared values; must outlive the reader
  ByteReader(std::string_view bytes, const SharedTables& tables) : rest_(bytes), tables_(&tables) {}

  template <class... Values>
  void operator()(Values&... values) {
    (take(values), ...);
  }
  template <class T>
  T next() {
    T value{};
    take(value);
    return value;
  }

  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }
  std::string_view take_bytes(std::uint64_t count) {
    if (count > rest_.size()) return fail(), std::string_view();
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }

  void take(std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) return fail();
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t(byte & 0x7fU) << shift;
      if (!(byte & 0x80U)) return;
    }
    fail();
  }
  template <std::unsigned_integral T>
  void take(T& value) {
    value = narrow<T>(next<std::uint64_t>());
  }
  template <std::signed_integral T>
  void take(T& value) {
    const auto coded = next<std::uint64_t>();
    value = narrow<T>(std::int64_t(coded >> 1) ^ -std::int64_t(coded & 1U));
  }
  void take(bool& value) {
    const std::string_view byte = take_bytes(1);
    value = byte == "\1";
    if (!value && byte != std::string_view("\0", 1)) fail();
  }
  void take(double& value) {
    const std::string_view raw = take_bytes(sizeof value);
    if (good_) std::memcpy(&value, raw.data(), sizeof value);
  }
  void take(std::string& text) { text = take_bytes(next<std::uint64_t>()); }
  void take(TextList& texts) { texts = TextList(next<std::vector<std::string>>()); }
  void take(Shared<std::string>& text) { take_shared(text, tables_->texts); }
  void take(Shared<std::vector<std::string>>& list) { take_shared(list, tables_->lists); }
  template <class T, std::size_t Count>
  void take(std::array<T, Count>& values) {
    for (T& value : values) take(value);
  }
  template <class T>
  void take(std::optional<T>& value) {
    value.reset();
    if (next<bool>()) take(value.emplace());
  }
  template <class T>
  void take(std::vector<T>& values) {
    const auto count = next<std::uint64_t>();
    if (count > rest_.size()) return fail();  // each takes a byte or more
    values.clear();
    if (count <= 16) values.reserve(count);
    while (good_ && values.size() < count) take(values.emplace_back());
    values.shrink_to_fit();
  }
  template <class Struct>
  requires std::is_class_v<Struct>
  void take(Struct& value) { fields(*this, value); }

 private:
  void fail() {
    good_ = false;
    rest_ = {};
  }
  template <class T, class Wide>
  T narrow(Wide value) {
    if (!std::in_range<T>(value)) fail();
    return static_cast<T>(value);
  }
  template <class T>
  void take_shared(Shared<T>& value, const std::vector<Shared<T>>& table) {
    const auto number = next<std::uint64_t>();
    if (number >= table.size()) return fail();
    value = table[number];
  }

  std::string_view rest_;
  const SharedTables* tables_;
  bool good_ = true;
};

}  // namespace radiomics
