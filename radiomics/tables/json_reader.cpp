#include "radiomics/tables/json_reader.h"

#include <limits>
#include <string>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr std::size_t most_levels = 64;  // a file of ours has six

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

bool JsonReader::next() {
  if (levels_.empty()) refuse("a container");
  Level& level = levels_.back();
  if (take({&level.close, 1})) {
    levels_.pop_back();
    return false;
  }
  if (!level.is_empty && !take(",")) refuse("a comma");
  level.is_empty = false;
  return true;
}

JsonReader& JsonReader::end() {
  if (next()) refuse("the end of a list");
  return *this;
}

JsonReader& JsonReader::skip_rest() {
  const bool is_object = !levels_.empty() && levels_.back().close == '}';
  while (next()) {
    if (is_object) {
      text();
      name_is_over();
    }
    skip();
  }
  return *this;
}

void JsonReader::finish() {
  if (peek() != 0 || position_ < text_.size() || !levels_.empty()) refuse("the end of the file");
}

JsonReader& JsonReader::key(std::string_view name) {
  if (!next()) refuse(name);
  if (peek() != '"') refuse(name);
  const auto rest = text_.substr(position_ + 1);
  if (rest.starts_with(name) && rest.substr(name.size()).starts_with('"'))
    position_ += name.size() + 2;
  else if (text() != name)  // a name with escapes, or another one
    refuse(name);
  name_is_over();
  return *this;
}

std::string_view JsonReader::text() {
  if (!take("\"")) refuse("a text");
  const std::size_t first = position_;
  while (position_ < text_.size()) {
    const auto byte = static_cast<unsigned char>(text_[position_]);
    if (byte == '"') return text_.substr(first, position_++ - first);
    if (byte == '\\') return unescaped(first);
    const std::size_t length = byte < 0x80 ? 1 : utf8_length(text_.substr(position_));
    if (byte < 0x20 || length == 0) refuse("a text");
    position_ += length;
  }
  refuse("the end of a text");
}

/// The text that began at `first` and goes on with an escape.
std::string_view JsonReader::unescaped(std::size_t first) {
  unescaped_ = text_.substr(first, position_ - first);
  while (position_ < text_.size()) {
    const auto byte = static_cast<unsigned char>(text_[position_]);
    if (byte == '"') {
      ++position_;
      return unescaped_;
    }
    const std::size_t length = byte < 0x80 ? 1 : utf8_length(text_.substr(position_));
    if (byte < 0x20 || length == 0) refuse("a text");
    if (byte == '\\') {
      unescaped_ += escaped();
    } else {
      unescaped_ += text_.substr(position_, length);
      position_ += length;
    }
  }
  refuse("the end of a text");
}

/// What an escape stands for: JsonWriter escapes ASCII only.
char JsonReader::escaped() {
  const auto rest = text_.substr(position_);
  if (rest.starts_with("\\\"") || rest.starts_with("\\\\")) {
    position_ += 2;
    return rest[1];
  }
  if (!rest.starts_with("\\u00") || rest.size() < 6) refuse("an escape");
  const int high = hex_digit(rest[4]), low = hex_digit(rest[5]);
  if (high < 0 || high > 7 || low < 0) refuse("an escape");
  position_ += 6;
  return char(16 * high + low);
}

double JsonReader::number() {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const char first = peek();
  if (first == 'n' && take("null")) return std::numeric_limits<double>::quiet_NaN();
  if (first == '"') {
    if (take("\"inf\"")) return infinite;
    if (take("\"-inf\"")) return -infinite;
    refuse("a number");
  }
  double value = 0;
  const auto token = number_token();
  const auto [last, error] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (error != std::errc{} || last != token.data() + token.size()) refuse("a number");
  return value;
}

void JsonReader::skip() {
  switch (peek()) {
    case '{':
      begin_object().skip_rest();
      return;
    case '[':
      begin_array().skip_rest();
      return;
    case '"':
      text();
      return;
    case 't':
      if (!take("true")) refuse("true");
      return;
    case 'f':
      if (!take("false")) refuse("false");
      return;
    default:
      number();
  }
}

void JsonReader::refuse(std::string_view expected) const {
  throw Error(ErrorKind::unreadable_file, std::string(name_) + ": byte " + to_text(position_) +
                                              ": no " + one_line(expected) + " here; " +
                                              std::string(remedy_));
}

JsonReader& JsonReader::open(char bracket, char close) {
  if (levels_.size() == most_levels || !take({&bracket, 1})) refuse({&bracket, 1});
  levels_.push_back({close});
  return *this;
}

char JsonReader::peek() {
  while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\n'))
    ++position_;
  return position_ < text_.size() ? text_[position_] : '\0';
}

bool JsonReader::take(std::string_view token) {
  peek();
  if (!text_.substr(position_).starts_with(token)) return false;
  position_ += token.size();
  return true;
}

void JsonReader::name_is_over() {
  if (!take(":")) refuse("a colon");
}

std::string_view JsonReader::number_token() {
  peek();
  const std::size_t first = position_;
  while (position_ < text_.size() &&
         std::string_view("+-.0123456789e").find(text_[position_]) != std::string_view::npos)
    ++position_;
  return text_.substr(first, position_ - first);
}

}  // namespace radiomics
