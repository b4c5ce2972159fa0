#include "radiomics/tables/json_writer.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// How many characters at the start of a text are ASCII that stands for itself.
std::size_t plain_length(std::string_view text) {
  const auto special = [](unsigned char c) {
    return c < 0x20 || c >= 0x7f || c == '"' || c == '\\';
  };
  return std::size_t(std::ranges::find_if(text, special) - text.begin());
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  assert(!levels_.empty() && levels_.back().is_object && !after_key_);
  begin_item(true);
  after_key_ = false;
  value(name);
  text_ += ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  if (number == 0 && std::signbit(number)) return raw("-0.0");  // "-0" is read as the integer 0
  char buffer[32];  // the longest double has 24 characters
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return raw({buffer, std::size_t(end - buffer)});
}

JsonWriter& JsonWriter::value(std::string_view text) {
  begin_item(false);
  text_ += '"';
  while (!text.empty()) {
    const std::size_t plain = plain_length(text);
    text_ += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.empty()) text.remove_prefix(append_special(text));
  }
  text_ += '"';
  return *this;
}

/// Appends the character that a text begins with, which does not stand for itself in JSON or is no
/// ASCII. \return its length
std::size_t JsonWriter::append_special(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(text[0]);
  if (byte >= 0x80) {
    const std::size_t length = utf8_length(text);
    text_ += length == 0 ? "\xef\xbf\xbd" : text.substr(0, length);
    return length == 0 ? 1 : length;
  }
  if (byte == '"' || byte == '\\')
    (text_ += '\\') += text[0];
  else
    ((text_ += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
  return 1;
}

JsonWriter& JsonWriter::open(char bracket) {
  begin_item(true);
  text_ += bracket;
  levels_.push_back({.is_object = bracket == '{'});
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  assert(!levels_.empty() && !after_key_);
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.on_lines) new_line();
  text_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view token) {
  begin_item(false);
  text_ += token;
  return *this;
}

/// A key or a container in an array begins a line; a plain value stays on the line.
void JsonWriter::begin_item(bool container) {
  if (after_key_ || levels_.empty()) {
    after_key_ = false;
    return;
  }
  Level& level = levels_.back();
  if (level.is_object && !container) return;  // the name of a key, whose line has begun
  if (!level.is_empty) text_ += container ? "," : ", ";
  level.is_empty = false;
  if (container) {
    level.on_lines = true;
    new_line();
  }
}

void JsonWriter::new_line() {
  text_ += '\n';
  text_.append(levels_.size(), ' ');
}

}  // namespace radiomics
