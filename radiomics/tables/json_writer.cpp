#include "radiomics/tables/json_writer.h"

#include <cassert>
#include <cmath>

#include "radiomics/core/text.h"

namespace radiomics {

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
  if (number == 0 && std::signbit(number)) return raw("-0.0");  // "-0" is read as the integer 0
  return std::isfinite(number) ? raw(to_text(number)) : null();
}

JsonWriter& JsonWriter::value(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : valid_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (quoted += '\\') += c;
    else if (byte < 0x20 || byte == 0x7f)
      ((quoted += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
    else
      quoted += c;
  }
  return raw(quoted + '"');
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

void JsonWriter::new_line() { text_ += "\n" + std::string(levels_.size(), ' '); }

}  // namespace radiomics
