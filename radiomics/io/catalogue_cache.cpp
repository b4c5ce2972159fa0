#include "radiomics/io/catalogue_cache.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <memory>
#include <span>
#include <system_error>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"
#include "radiomics/io/catalogue_fields.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

/// To be raised when a header is described in another way, or members get another meaning.
constexpr int version = 1;

constexpr std::uint64_t kind = 0x72'61'64'69'6f'63'61'74;  // "radiocat", in the machine's order
constexpr std::size_t start_bytes = 2 * sizeof kind;       // the kind and the length
constexpr std::size_t checksum_bytes = 64;

/// Which program can read a cache: members and their sizes are those of the version.
std::string program() {
  return std::string("radiomics " RADIOMICS_VERSION ", DCMTK " OFFIS_DCMTK_VERSION_STRING) +
         ", catalogue " + to_text(version) + ", " + to_text(sizeof(DicomSlice)) + ", " +
         to_text(sizeof(DicomMaskObject));
}

std::string raw(std::uint64_t value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

std::string checksum(std::span<const char> bytes) {
  return Sha256().add(std::as_bytes(bytes)).hex();
}

/// The bytes of a whole file; none if it does not start as a cache does, or is of another length.
std::vector<char> read_bytes(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return {};  // a pipe would be waited for
  const std::uint64_t size = fs::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  std::string start(start_bytes, '\0');
  if (error || !stream.read(start.data(), start_bytes) || start != raw(kind) + raw(size)) return {};
  if (size < start_bytes + checksum_bytes) return {};
  std::vector<char> bytes(size);
  std::ranges::copy(start, bytes.begin());
  stream.read(bytes.data() + start_bytes, std::streamsize(size - start_bytes));
  if (!stream) return {};
  return bytes;
}

template <class T>
std::vector<T> values_of(const std::vector<Shared<T>>& table) {
  return {table.begin(), table.end()};
}

template <class T>
std::vector<Shared<T>> shared(std::vector<T> values) {
  return {std::make_move_iterator(values.begin()), std::make_move_iterator(values.end())};
}

/// Paths relative to a folder. Those of one folder of files that follow each other share its text.
class RelativePaths {
 public:
  explicit RelativePaths(std::string root) : root_(std::move(root)) {}

  FilePath of(const FilePath& path) { return of(path.folder().substr(root_.size()), path.name()); }
  FilePath of(std::string_view folder, std::string name) {
    if (!folder_ || *folder_ != folder) folder_ = std::make_shared<const std::string>(folder);
    return {folder_, std::move(name)};
  }

 private:
  std::string root_;  // with a separator at its end
  std::shared_ptr<const std::string> folder_;
};

void make_private_folder(const fs::path& folder) {
  std::error_code ignored;
  if (folder.empty() || fs::exists(folder, ignored)) return;
  if (folder.has_parent_path()) make_folder(folder.parent_path());
  if (fs::create_directory(folder, ignored))  // else the file cannot be written, which is said
    fs::permissions(folder, fs::perms::owner_all, ignored);
}

/// What runs that were killed left behind. One that is still written is younger.
void remove_old_temporaries(const fs::path& file) {
  constexpr std::chrono::hours oldest(24);
  const auto now = fs::file_time_type::clock::now();
  const std::string start = file.filename().string() + ".";
  std::error_code error;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  for (fs::directory_iterator next(folder, error), end; !error && next != end;
       next.increment(error)) {
    const std::string name = next->path().filename().string();
    std::error_code ignored;
    if (name.starts_with(start) && name.ends_with(".tmp") &&
        now - next->last_write_time(ignored) > oldest)
      fs::remove(next->path(), ignored);
  }
}

}  // namespace

CatalogueCache CatalogueCache::read(const fs::path& file) {
  CatalogueCache cache;
  cache.bytes_ = read_bytes(file);
  return cache.parse() ? std::move(cache) : CatalogueCache();
}

bool CatalogueCache::parse() {
  if (bytes_.empty()) return false;
  const std::span<const char> all(bytes_), content = all.first(all.size() - checksum_bytes);
  if (!std::ranges::equal(checksum(content), all.last(checksum_bytes))) return false;
  const auto body = content.subspan(start_bytes);
  ByteReader reader({body.data(), body.size()}, tables_);
  if (reader.next<std::string>() != program()) return false;
  tables_.texts = shared(reader.next<std::vector<std::string>>());
  tables_.lists = shared(reader.next<std::vector<std::vector<std::string>>>());
  RelativePaths paths("");
  for (auto left = reader.next<std::uint64_t>(); left > 0 && reader.good(); --left) {
    const auto folder = reader.next<Shared<std::string>>();
    Entry& entry = entries_.emplace_back();
    entry.path = paths.of(*folder, reader.next<std::string>());
    auto& [size, modified_ns, changed_ns, inode] = entry.stamp;
    reader(size, modified_ns, changed_ns, inode);
    entry.content = reader.take_bytes(reader.next<std::uint64_t>());
  }
  return reader.good() && reader.at_end();
}

std::vector<std::string_view> CatalogueCache::find(const std::vector<FolderFile>& files,
                                                   const fs::path& root) const {
  std::vector<std::string_view> found(files.size());
  RelativePaths paths((root / "").string());
  auto entry = entries_.begin();
  for (std::size_t i = 0; i < files.size() && entry != entries_.end(); ++i) {
    const FilePath path = paths.of(files[i].path);
    while (entry != entries_.end() && entry->path < path) ++entry;
    if (entry != entries_.end() && entry->path == path && entry->stamp == files[i].stamp)
      found[i] = entry->content;
  }
  return found;
}

std::optional<FileContent> CatalogueCache::unpack(std::string_view packed) const {
  ByteReader reader(packed, tables_);
  std::optional<FileContent> content(reader.next<FileContent>());
  if (!reader.good() || !reader.at_end()) content.reset();
  return content;
}

CatalogueCacheWriter::CatalogueCacheWriter(const fs::path& root, std::int64_t now_ns)
    : root_((root / "").string()), oldest_change_ns_(now_ns - 2'000'000'000) {}

bool CatalogueCacheWriter::may_keep(const FolderFile& file, const FileContent& content) const {
  return !content.damaged &&
         std::max(file.stamp.changed_ns, file.stamp.modified_ns) < oldest_change_ns_;
}

void CatalogueCacheWriter::add(const FolderFile& file, const FileContent& content) {
  const std::size_t start = entries_.bytes().size();
  entries_(content);
  const std::string packed = entries_.take_back(start);
  const auto& [size, modified_ns, changed_ns, inode] = file.stamp;
  entries_(Shared<std::string>(std::string(file.path.folder().substr(root_.size()))),
           file.path.name(), size, modified_ns, changed_ns, inode, packed);
  ++count_;
}

void CatalogueCacheWriter::save(const fs::path& file) const {
  ByteWriter body;
  body(program(), values_of(entries_.tables().texts), values_of(entries_.tables().lists), count_);
  const std::uint64_t size =
      start_bytes + body.bytes().size() + entries_.bytes().size() + checksum_bytes;
  const std::string start = raw(kind) + raw(size) + body.bytes();
  const std::string sum = Sha256().add(start).add(entries_.bytes()).hex();
  make_private_folder(file.parent_path());
  write_file(
      file, [&](std::ostream& out) { out << start << entries_.bytes() << sum; },
      FileReaders::owner);
  remove_old_temporaries(file);
}

}  // namespace radiomics
