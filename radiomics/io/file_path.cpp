#include "radiomics/io/file_path.h"

#include <algorithm>
#include <utility>

namespace radiomics {
namespace {

// A folder's end comes before every character: a/z before a.b.
int rank(char character) {
  return character == '/' ? 0 : 1 + static_cast<unsigned char>(character);
}

}  // namespace

FilePath::FilePath(const std::filesystem::path& path) {
  const std::string& text = path.native();
  const auto start_of_name = text.rfind('/') + 1;  // 0 where there is none
  if (start_of_name > 0)
    folder_ = std::make_shared<const std::string>(text.substr(0, start_of_name));
  name_ = text.substr(start_of_name);
}

FilePath::FilePath(std::shared_ptr<const std::string> folder, std::string name)
    : folder_(std::move(folder)), name_(std::move(name)) {}

std::string_view FilePath::folder() const {
  return folder_ ? std::string_view(*folder_) : std::string_view();
}

std::strong_ordering operator<=>(const FilePath& a, const FilePath& b) {
  if (a.folder() == b.folder()) return a.name_ <=> b.name_;
  const std::string text_a = a.string(), text_b = b.string();
  return std::lexicographical_compare_three_way(text_a.begin(), text_a.end(), text_b.begin(),
                                                text_b.end(),
                                                [](char x, char y) { return rank(x) <=> rank(y); });
}

}  // namespace radiomics
