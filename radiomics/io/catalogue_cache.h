#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/io/byte_archive.h"
#include "radiomics/io/file_content.h"
#include "radiomics/io/folder_files.h"

namespace radiomics {

/// What the headers of a folder's files said, kept in one file of the user's for the next time.
/// Internal to io; read_catalogue() is what uses it.
///
/// The file: 8 bytes that tell the kind and the order of bytes; its length; which program wrote it;
/// the shared texts; for each file of the folder its path relative to it, its stamp, and its
/// content; the SHA-256 of all that. In the order of paths. It is one machine's and one version's
/// file: another one ignores it.
///
/// It holds PatientIDs and UIDs. Only its owner may read it (mode 0600), and its place is not a
/// folder of results.

/// A cache that was read: what is known of the files of a folder.
class CatalogueCache {
 public:
  CatalogueCache() = default;  ///< knows nothing

  /// What `file` holds; nothing if it is absent, damaged or cut, was written by another version of
  /// the program, or is something else. Cost: 0.4 s for 100 000 slices, most of it SHA-256.
  static CatalogueCache read(const std::filesystem::path& file);

  /// For each file its packed content, "" where the file is not known or has changed since.
  /// \param files  in order of their paths, below `root`
  std::vector<std::string_view> find(const std::vector<FolderFile>& files,
                                     const std::filesystem::path& root) const;

  /// Unpacks what find() returned; nothing if the bytes are not what they should be. May be called
  /// by several threads.
  std::optional<FileContent> unpack(std::string_view packed) const;

  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    FilePath path;  // relative to the folder
    FileStamp stamp;
    std::string_view content;
  };
  bool parse();

  std::vector<char> bytes_;  // not a string: views of it survive when the object is moved
  SharedTables tables_;
  std::vector<Entry> entries_;
};

/// A cache that is being written.
class CatalogueCacheWriter {
 public:
  /// \param now_ns  before the files were listed. What has changed since, or up to 2 s before it,
  ///                is not kept: with a coarse clock, a later change could leave the stamp as it is
  CatalogueCacheWriter(const std::filesystem::path& root, std::int64_t now_ns);

  /// Whether a file's content may be kept: it was read to its end, and is not just being written.
  bool may_keep(const FolderFile& file, const FileContent& content) const;

  /// Files in order of their paths. \param content  one that may be kept
  void add(const FolderFile& file, const FileContent& content);

  /// Writes the file at once under its name, readable by its owner only; makes the folder if it is
  /// not there (0700). \throws Error unwritable_output
  void save(const std::filesystem::path& file) const;

 private:
  std::string root_;
  std::int64_t oldest_change_ns_;
  std::uint64_t count_ = 0;
  ByteWriter entries_;
};

}  // namespace radiomics
