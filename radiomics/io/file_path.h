#pragma once

#include <compare>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace radiomics {

/// The path of a file in a tenth of the memory that std::filesystem::path takes: the files of a
/// folder share the text of it.
class FilePath {
 public:
  FilePath() = default;
  FilePath(const std::filesystem::path& path);  // NOLINT: stands for a path
  /// \param folder  with a separator at its end, or ""
  FilePath(std::shared_ptr<const std::string> folder, std::string name);

  std::string string() const { return std::string(folder()).append(name_); }
  std::filesystem::path path() const { return string(); }
  operator std::filesystem::path() const { return path(); }  // NOLINT: stands for a path

  std::string_view folder() const;  ///< with a separator at its end, or ""
  const std::string& name() const { return name_; }
  std::filesystem::path parent_path() const { return path().parent_path(); }
  std::filesystem::path filename() const { return name_; }
  std::filesystem::path extension() const { return filename().extension(); }

  friend bool operator==(const FilePath& a, const FilePath& b) {
    return a.name_ == b.name_ && a.folder() == b.folder();
  }
  friend bool operator==(const FilePath& a, const std::filesystem::path& b) {
    return a.path() == b;
  }
  /// As paths are ordered, folder by folder.
  friend std::strong_ordering operator<=>(const FilePath& a, const FilePath& b);

 private:
  std::shared_ptr<const std::string> folder_;
  std::string name_;
};

}  // namespace radiomics
