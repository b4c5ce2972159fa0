#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace radiomics {

/// Reads JSON whose form is known, member after member in the order in which JsonWriter wrote it. A
/// parser for any JSON would have to hold the document, or be told by its caller where it is; this
/// one compares names where it stands, at some hundred MB a second.
///
/// \throws Error unreadable_file, from every function, where the text goes on otherwise, or ends
class JsonReader {
 public:
  /// Both must outlive the reader. Messages begin with `name` and end with `remedy`.
  JsonReader(std::string_view text, std::string_view name, std::string_view remedy)
      : text_(text), name_(name), remedy_(remedy) {}

  JsonReader& begin_object() { return open('{', '}'); }
  JsonReader& begin_array() { return open('[', ']'); }

  /// Whether the container that was begun last has one more item; if not, it is left.
  bool next();
  /// Leaves the container that was begun last: it must have no more items.
  JsonReader& end();
  /// Goes over what is left of the container that was begun last.
  JsonReader& skip_rest();
  /// The text ends here.
  void finish();

  /// The next member of an object must have this name.
  JsonReader& key(std::string_view name);

  /// A text; the bytes live until the next call. Of escapes, those that JsonWriter uses.
  std::string_view text();
  /// A number as it was, "inf" and "-inf" as texts; null is NaN.
  double number();
  template <std::integral Integer>
  Integer integer() {
    Integer value{};
    const auto token = number_token();
    const auto [last, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    if (error != std::errc{} || last != token.data() + token.size()) refuse("a whole number");
    return value;
  }
  void skip();  ///< a value of any kind

  [[noreturn]] void refuse(std::string_view expected) const;

 private:
  struct Level {
    char close;
    bool is_empty = true;
  };

  JsonReader& open(char bracket, char close);
  char peek();  ///< the next character that is no blank; 0 at the end
  bool take(std::string_view token);
  void name_is_over();
  std::string_view number_token();
  std::string_view unescaped(std::size_t first);
  char escaped();

  std::string_view text_, name_, remedy_;
  std::size_t position_ = 0;
  std::vector<Level> levels_;
  std::string unescaped_;
};

}  // namespace radiomics
