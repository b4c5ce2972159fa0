#include "radiomics/io/text_list.h"

#include <cassert>

namespace radiomics {
namespace {

/// Takes the first text off the packed ones.
std::string_view take(std::string_view& packed) {
  std::size_t length = 0;
  bool more = true;
  for (unsigned shift = 0; more; shift += 7) {
    const auto byte = static_cast<unsigned char>(packed.front());
    packed.remove_prefix(1);
    length |= std::size_t(byte & 0x7fU) << shift;
    more = (byte & 0x80U) != 0;
  }
  const std::string_view text = packed.substr(0, length);
  packed.remove_prefix(length);
  return text;
}

}  // namespace

TextList::TextList(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    std::size_t length = text.size();
    for (; length > 0x7f; length >>= 7) packed_.push_back(char(0x80U | (length & 0x7fU)));
    packed_.push_back(char(length));
    packed_ += text;
  }
  packed_.shrink_to_fit();
}

std::size_t TextList::size() const {
  std::size_t count = 0;
  for (std::string_view rest = packed_; !rest.empty(); ++count) take(rest);
  return count;
}

std::string_view TextList::operator[](std::size_t i) const {
  assert(i < size());
  std::string_view rest = packed_;
  for (; i > 0; --i) take(rest);
  return take(rest);
}

}  // namespace radiomics
