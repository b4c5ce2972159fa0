#include "radiomics/io/dicom_catalogue.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/parallel_for.h"
#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/io/catalogue_cache.h"
#include "radiomics/io/catalogue_fields.h"
#include "radiomics/io/series_parts.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

/// Lets equal texts be one.
class SharedTexts {
 public:
  template <class... Values>
  void operator()(Values&... values) {
    (share(values), ...);
  }

 private:
  void share(Shared<std::string>& text) { text = texts_.try_emplace(*text, text).first->second; }
  void share(Shared<std::vector<std::string>>& list) {
    list = lists_.try_emplace(*list, list).first->second;
  }
  void share(const auto&) {}

  std::unordered_map<std::string_view, Shared<std::string>> texts_;  // keys lie in the values
  std::map<std::vector<std::string>, Shared<std::vector<std::string>>> lists_;
};

/// Puts the contents of files together, which come in the order of their paths.
class Cataloguer {
 public:
  void add(const FolderFile& file, FileContent content) {
    if (!content.left_out.empty())
      catalogue_.left_out.push_back({file.path, std::move(content.left_out)});
    if (content.mask) add_mask(file, std::move(*content.mask));
    if (content.images.empty()) return;
    DicomSeries& series = series_of(file.path, content.series);
    for (DicomSlice& slice : content.images) {
      slice.file = file.path;
      slice.file_bytes = file.stamp.bytes;
      slice.modified_ns = file.stamp.modified_ns;
      fields(texts_, slice);
      series.slices.push_back(std::move(slice));
    }
  }

  DicomCatalogue take() && { return std::move(catalogue_); }

 private:
  void add_mask(const FolderFile& file, DicomMaskObject mask) {
    mask.file = file.path;
    mask.file_bytes = file.stamp.bytes;
    mask.modified_ns = file.stamp.modified_ns;
    catalogue_.masks.push_back(std::move(mask));
  }

  DicomSeries& series_of(const FilePath& file, const SeriesIdentity& identity) {
    const std::string& uid = identity.series_uid;
    const std::string key = uid.empty() ? file.parent_path().string() : uid;
    const auto [place, is_new] = series_by_key_.try_emplace(key, catalogue_.series.size());
    if (is_new) {
      DicomSeries& series = catalogue_.series.emplace_back();
      series.series_uid = uid;
      series.study_uid = identity.study_uid;
      series.frame_of_reference_uid = identity.frame_of_reference_uid;
      series.modality = identity.modality;
      series.patient_id = identity.patient_id;
    }
    return catalogue_.series[place->second];
  }

  DicomCatalogue catalogue_;
  SharedTexts texts_;
  std::unordered_map<std::string, std::size_t> series_by_key_;
};

std::vector<DicomSeries> all_parts(std::vector<DicomSeries> series) {
  std::vector<DicomSeries> parts;
  for (DicomSeries& one : series) {
    std::ranges::move(split_into_parts(std::move(one)), std::back_inserter(parts));
    parts.back().slices.shrink_to_fit();
  }
  return parts;
}

/// Whether a file holds too little to tell what it was: nothing, or no more than a DICOM file
/// starts with.
bool is_hollow(const std::filesystem::path& file) {
  constexpr std::uintmax_t fewest_bytes = 256;
  std::error_code ignored;
  return std::filesystem::file_size(file, ignored) < fewest_bytes;
}

bool is_damaged(const LeftOutFile& file) { return file.reason.starts_with("a DICOM file that "); }

// A file without content counts where its name ends as those of the series do.
void find_damaged_files(DicomCatalogue& catalogue) {
  std::map<std::filesystem::path, std::vector<const LeftOutFile*>> by_folder;
  for (const LeftOutFile& file : catalogue.left_out)
    if (is_damaged(file) || file.reason == empty_file_reason ||
        file.reason == unreadable_file_reason)
      by_folder[file.file.parent_path()].push_back(&file);
  if (by_folder.empty()) return;
  for (DicomSeries& series : catalogue.series) {
    std::map<std::filesystem::path, std::set<std::filesystem::path>> extensions;
    for (const DicomSlice& slice : series.slices)
      extensions[slice.file.parent_path()].insert(slice.file.extension());
    for (const auto& [folder, known] : extensions)
      for (const LeftOutFile* file : by_folder[folder])
        if (known.contains(file->file.extension()) || (is_damaged(*file) && !is_hollow(file->file)))
          series.damaged_files.push_back(*file);
  }
}

FolderFiles single_file(const fs::path& file) {
  return {{{file, stamp_of(file).value_or(FileStamp{})}}, {}};
}

std::int64_t now_ns() {
  return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// Why a cache must not be used; "" if it may.
std::string problem_of_place(const fs::path& cache, const fs::path& root) {
  if (lies_in(cache, root))
    return cache.string() +
           ": the cache lies in the folder that it is about and was not used; give another place";
  return "";
}

/// Reads files, or takes from the cache what it knows of them, and keeps what is new in it.
class CachedReading {
 public:
  CachedReading(const fs::path& root, const CatalogueOptions& options)
      : root_(root), options_(options), writer_(root, now_ns()) {
    if (options_.cache.empty()) return;
    reading_.cache_problem = problem_of_place(options_.cache, root);
    uses_cache_ = reading_.cache_problem.empty();
    if (uses_cache_) cache_ = CatalogueCache::read(options_.cache);
  }

  void read(const std::vector<FolderFile>& files, Cataloguer& cataloguer) {
    // Some files at a time: between the threads and the catalogue lies no more than that.
    constexpr std::size_t most = 4096;
    const auto known = cache_.find(files, root_);
    keeps_ = uses_cache_ && (cache_.size() != files.size() ||
                             std::ranges::any_of(known, &std::string_view::empty));
    for (std::size_t first = 0; first < files.size(); first += most) {
      const std::size_t count = std::min(most, files.size() - first);
      add(std::span(files).subspan(first, count), std::span(known).subspan(first, count),
          cataloguer);
    }
    if (keeps_ && (new_in_cache_ > 0 || kept_ != cache_.size())) save();
  }

  CatalogueReading take() && { return std::move(reading_); }

 private:
  void add(std::span<const FolderFile> files, std::span<const std::string_view> known,
           Cataloguer& cataloguer) {
    std::vector<FileContent> contents(files.size());
    std::vector<char> was_read(files.size());
    parallel_for(files.size(), options_.threads, [&](std::size_t i) {
      std::optional<FileContent> cached;
      if (!known[i].empty()) cached = cache_.unpack(known[i]);
      was_read[i] = !cached;
      contents[i] = cached ? std::move(*cached) : describe_file(files[i].path);
    });
    for (std::size_t i = 0; i < files.size(); ++i) {
      ++(was_read[i] ? reading_.files_read : reading_.files_from_cache);
      if (keeps_ && writer_.may_keep(files[i], contents[i])) {
        writer_.add(files[i], contents[i]);
        new_in_cache_ += std::size_t(was_read[i]);
        ++kept_;
      }
      cataloguer.add(files[i], std::move(contents[i]));
    }
  }

  void save() {
    try {
      writer_.save(options_.cache);
    } catch (const Error& error) {  // the catalogue is the same
      reading_.cache_problem = error.what();
    }
  }

  fs::path root_;
  CatalogueOptions options_;
  CatalogueCacheWriter writer_;
  CatalogueCache cache_;
  CatalogueReading reading_;
  bool uses_cache_ = false;
  bool keeps_ = false;  // what is in the cache may not be all that is there, or too much
  std::size_t kept_ = 0, new_in_cache_ = 0;
};

}  // namespace

std::string series_name(const std::string& series_uid) {
  return "s" + sha256(series_uid).substr(0, 12);
}

std::string series_name(const DicomSeries& series) {
  return series_name(series.series_uid) +
         (series.part_number ? "." + to_text(series.part_number) : "");
}

DicomCatalogue read_catalogue(const fs::path& root, const CatalogueOptions& options) {
  std::error_code ignored;  // what cannot be looked at is no file
  const bool is_file = fs::is_regular_file(root, ignored);
  CachedReading reading(root, is_file ? CatalogueOptions{} : options);
  FolderFiles found = is_file ? single_file(root) : files_below(root);
  Cataloguer cataloguer;
  reading.read(found.files, cataloguer);
  DicomCatalogue catalogue = std::move(cataloguer).take();
  catalogue.reading = std::move(reading).take();
  std::ranges::move(found.left_out, std::back_inserter(catalogue.left_out));
  std::ranges::sort(catalogue.left_out, {}, &LeftOutFile::file);
  catalogue.series = all_parts(std::move(catalogue.series));
  find_damaged_files(catalogue);
  return catalogue;
}

}  // namespace radiomics
