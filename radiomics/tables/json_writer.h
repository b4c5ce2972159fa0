#pragma once

#include <concepts>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace radiomics {

/// Writes JSON as text: keys in the order of the calls, an indented line for each, arrays of
/// numbers on one line. Numbers read back as the same double; what is not finite becomes null;
/// bytes of a text that are no UTF-8 become U+FFFD. The same calls give the same bytes.
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(double number);
  JsonWriter& value(std::integral auto number) { return raw(std::to_string(number)); }
  JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& null() { return raw("null"); }

  /// An array of values.
  template <std::ranges::input_range Values>
  requires(!std::convertible_to<Values, std::string_view>) JsonWriter& value(const Values& values) {
    begin_array();
    for (const auto& one : values) value(one);
    return end_array();
  }

  template <class Value>
  JsonWriter& member(std::string_view name, const Value& one) {
    return key(name).value(one);
  }

  /// A text, or null where it is empty.
  JsonWriter& text_or_null(std::string_view name, std::string_view text) {
    key(name);
    return text.empty() ? null() : value(text);
  }

  /// What was written, with a line end.
  std::string text() const { return text_ + "\n"; }

 private:
  struct Level {
    bool is_object = false;
    bool is_empty = true;
    bool on_lines = false;  ///< its items stand on lines of their own
  };

  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& raw(std::string_view token);
  std::size_t append_special(std::string_view text);
  void begin_item(bool container);
  void new_line();

  std::string text_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace radiomics
