#include "radiomics/io/folder_files.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "radiomics/core/error.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

// What is really there comes first; links wait until all of it is listed, so that a file keeps its
// own path and not that of a link to it.
class Listing {
 public:
  explicit Listing(const fs::path& root) : root_(fs::canonical(root, error_)) {
    add_folder(root, root_);
    for (std::size_t i = 0; i < links_.size(); ++i) add_link(fs::path(links_[i]));
    std::ranges::sort(found_.files);
    std::ranges::sort(found_.left_out, {}, &LeftOutFile::file);
  }

  FolderFiles take() && { return std::move(found_); }

 private:
  void leave_out(const fs::path& path, const char* reason) {
    found_.left_out.push_back({path, reason});
  }

  // `real` is the path without links, which tells whether two paths are one thing.
  void add_folder(const fs::path& folder, const fs::path& real) {
    if (!seen_.insert(real).second)
      return leave_out(folder, "a link to a folder that is read already");
    std::vector<fs::path> entries;
    fs::directory_iterator next(folder, error_), end;
    while (!error_ && next != end) {
      entries.push_back(next->path());
      next.increment(error_);
    }
    if (error_) leave_out(folder, "a folder that cannot be read to its end");
    error_.clear();
    std::ranges::sort(entries);
    const auto first_link = links_.size();
    for (const fs::path& entry : entries) add_entry(entry, real / entry.filename());
    std::sort(links_.begin() + std::ptrdiff_t(first_link), links_.end());
  }

  void add_entry(const fs::path& path, const fs::path& real) {
    if (path.filename().native().starts_with('.')) return leave_out(path, "hidden");
    switch (fs::symlink_status(path, error_).type()) {
      case fs::file_type::symlink:
        links_.push_back(path);
        break;
      case fs::file_type::directory:
        add_folder(path, real);
        break;
      default:
        add_file(path, real);
    }
  }

  void add_file(const fs::path& path, const fs::path& real) {
    if (!fs::is_regular_file(path, error_))
      return leave_out(path, "neither a file nor a folder: a pipe, a device or a socket");
    if (!seen_.insert(real).second)
      return leave_out(path, "a link to a file that is listed already");
    found_.files.push_back(path);
  }

  void add_link(const fs::path& path) {
    const fs::path target = fs::canonical(path, error_);
    if (error_) return leave_out(path, "a link that leads nowhere");
    if (!fs::is_directory(target, error_)) return add_file(path, target);
    if (std::ranges::mismatch(target, root_).in1 == target.end())
      return leave_out(path, "a link to a folder that holds this one");
    add_folder(path, target);
  }

  std::error_code error_;  // of the latest step; what cannot be looked at is left out
  fs::path root_;
  FolderFiles found_;
  std::set<fs::path> seen_;
  std::vector<fs::path> links_;
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
