#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace radiomics {

/// A few short texts in one block of memory: 1 byte more than the characters of each (up to 127).
/// Access to a text walks over those before it.
class TextList {
 public:
  TextList() = default;
  explicit TextList(const std::vector<std::string>& texts);

  std::size_t size() const;
  bool empty() const { return packed_.empty(); }
  /// \param i  below size()
  std::string_view operator[](std::size_t i) const;

  bool operator==(const TextList&) const = default;

 private:
  std::string packed_;  // of each text: its length, 7 bits a byte, the lowest first; its characters
};

}  // namespace radiomics
