#include "radiomics/io/folder_files.h"

#include <algorithm>
#include <memory>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

enum class EntryKind { link, folder, other };

struct Entry {
  std::string name;
  EntryKind kind = EntryKind::other;
};

// The listing of a folder tells the kind on most file systems: then nothing is looked at twice.
EntryKind kind_of(const fs::directory_entry& entry) {
  std::error_code error;
  if (entry.is_symlink(error)) return EntryKind::link;
  return entry.is_directory(error) ? EntryKind::folder : EntryKind::other;
}

std::string joined(const std::string& folder, const std::string& name) {
  return (fs::path(folder) / name).string();
}

// What is really there comes first; links wait until all of it is listed, so that a file keeps its
// own path and not that of a link to it.
class Listing {
 public:
  explicit Listing(const fs::path& root) : root_(fs::canonical(root, error_)) {
    add_folder(root.string(), root_.string());
    for (std::size_t i = 0; i < links_.size(); ++i) add_link(std::string(links_[i]));
    std::ranges::sort(found_.files, {}, &FolderFile::path);
    std::ranges::sort(found_.left_out, {}, &LeftOutFile::file);
  }

  FolderFiles take() && { return std::move(found_); }

 private:
  void leave_out(FilePath path, const char* reason) {
    found_.left_out.push_back({std::move(path), reason});
  }

  std::vector<Entry> entries_of(const std::string& folder) {
    std::vector<Entry> entries;
    fs::directory_iterator next(folder, error_), end;
    while (!error_ && next != end) {
      entries.push_back({next->path().filename().string(), kind_of(*next)});
      next.increment(error_);
    }
    if (error_) leave_out(fs::path(folder), "a folder that cannot be read to its end");
    error_.clear();
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
  }

  // `real` is the path without links, which tells whether two paths are one thing.
  void add_folder(const std::string& folder, const std::string& real) {
    if (!seen_.insert(real).second)
      return leave_out(fs::path(folder), "a link to a folder that is read already");
    const auto shared = std::make_shared<const std::string>(joined(folder, ""));
    const auto first_link = links_.size();
    for (const Entry& entry : entries_of(folder)) {
      if (entry.name.starts_with('.'))
        leave_out({shared, entry.name}, "hidden");
      else if (entry.kind == EntryKind::link)
        links_.push_back(joined(folder, entry.name));
      else if (entry.kind == EntryKind::folder)
        add_folder(joined(folder, entry.name), joined(real, entry.name));
      else
        add_file({shared, entry.name}, joined(real, entry.name));
    }
    std::sort(links_.begin() + std::ptrdiff_t(first_link), links_.end());
  }

  void add_file(FilePath path, const std::string& real) {
    const auto stamp = stamp_of(real);
    if (!stamp)
      return leave_out(std::move(path),
                       "neither a file nor a folder: a pipe, a device or a socket");
    if (!seen_.insert(real).second)
      return leave_out(std::move(path), "a link to a file that is listed already");
    found_.files.push_back({std::move(path), *stamp});
  }

  void add_link(const std::string& link) {
    const fs::path path = link, target = fs::canonical(path, error_);
    if (error_) return leave_out(path, "a link that leads nowhere");
    if (!fs::is_directory(target, error_)) return add_file(path, target.string());
    if (std::ranges::mismatch(target, root_).in1 == target.end())
      return leave_out(path, "a link to a folder that holds this one");
    add_folder(link, target.string());
  }

  std::error_code error_;  // of the latest step; what cannot be looked at is left out
  fs::path root_;
  FolderFiles found_;
  std::unordered_set<std::string> seen_;
  std::vector<std::string> links_;
};

}  // namespace

FolderFiles files_below(const std::filesystem::path& root) {
  std::error_code error;
  require(fs::is_directory(root, error), ErrorKind::unreadable_file,
          root.string() + ": no such folder; check the path");
  fs::directory_iterator readable(root, error);
  require(!error, ErrorKind::unreadable_file,
          root.string() + ": the folder cannot be read; check its permissions");
  return Listing(root).take();
}

}  // namespace radiomics
