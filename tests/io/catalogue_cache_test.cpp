#include "radiomics/io/catalogue_cache.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include <malloc.h>
#include <sys/stat.h>

#include "radiomics/core/sha256.h"
#include "radiomics/io/catalogue_fields.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/files.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

/// What has just been written is not kept: only files that are older than this are.
void wait_until_kept() { std::this_thread::sleep_for(std::chrono::milliseconds(2100)); }

/// An export with something of each kind: 13 files that may be kept, 2 that are damaged.
void write_export(const fs::path& root) {
  CtFile ct;
  ct.more = {{"AcquisitionNumber", "3"}};
  write_ct_series(root / "one/ct", 4, ct);
  CtFile pet;
  pet.modality = "PT";
  pet.series_uid = "1.2.77";
  pet.more = {{"Units", "BQML"}, {"AcquisitionTime", "101112"}};
  write_ct_series(root / "two/pet", 3, pet);
  EnhancedFile enhanced;
  enhanced.series_uid = "1.2.78";
  enhanced.frames.resize(2);
  enhanced.frames[0].slope = "2";
  enhanced.frames[1].position = "0\\0\\3";
  write_enhanced(root / "two/enhanced", enhanced);
  CtFile unnamed;
  unnamed.series_uid = "";
  write_ct(root / "unnamed/a", unnamed);
  RtFile rt;
  rt.patient_id = "P1";
  rt.rois = {{"GTV", {{"CLOSED_PLANAR", "0\\0\\0\\1\\0\\0\\1\\1\\0"}}, ""},
             {"Isocentre", {{"POINT", "0\\0\\0"}}, ""}};
  write_rtstruct(root / "one/rt", rt);
  SegFile seg;
  seg.frames = {{"0\\0\\0", 1, std::vector<int>(20, 1)}};
  write_seg(root / "one/seg", seg);
  write_other(root / "one/plan", "RTPLAN");
  std::ofstream(root / "readme.txt") << "no image";
  std::ofstream(root / "empty");
  write_ct(root / "one/ct/cut", ct);
  fs::resize_file(root / "one/ct/cut", fs::file_size(root / "one/ct/cut") - 10);
}

constexpr std::size_t kept_files = 13, damaged_files = 2;

void expect_same(const DicomCatalogue& a, const DicomCatalogue& b) {
  EXPECT_TRUE(a.series == b.series);
  EXPECT_TRUE(a.masks == b.masks);
  EXPECT_TRUE(a.left_out == b.left_out);
}

class CatalogueCacheOfFolder : public testing::Test {
 protected:
  void SetUp() override {
    write_export(root_);
    wait_until_kept();
  }

  /// Reads with the cache; what is found is what is found without.
  CatalogueReading read(int threads = 1) {
    const DicomCatalogue catalogue = read_catalogue(root_, {threads, cache_});
    expect_same(catalogue, read_catalogue(root_));
    return catalogue.reading;
  }

  void expect_reading(std::size_t read_again, std::size_t from_cache) {
    const CatalogueReading reading = read();
    EXPECT_EQ(reading.files_read, read_again);
    EXPECT_EQ(reading.files_from_cache, from_cache);
    EXPECT_EQ(reading.cache_problem, "");
  }

  TemporaryFolder folder_;
  fs::path root_ = folder_ / "export", cache_ = folder_ / "kept/x.catalogue";
};

TEST_F(CatalogueCacheOfFolder, ChangesNothingAndReadsOnlyOnce) {
  expect_reading(kept_files + damaged_files, 0);
  const auto written = stamp_of(cache_);
  expect_reading(damaged_files, kept_files);  // that may be another time's luck
  expect_reading(damaged_files, kept_files);
  EXPECT_EQ(stamp_of(cache_), written);  // there was nothing new
  EXPECT_EQ(read(4).files_from_cache, kept_files);
}

TEST_F(CatalogueCacheOfFolder, StampsAreThoseOfToday) {
  read();
  fs::last_write_time(root_ / "one/ct/0.dcm", fs::file_time_type::clock::now());
  read();
  const DicomCatalogue catalogue = read_catalogue(root_, {1, cache_});
  const DicomSlice& slice = catalogue.series.at(0).slices.at(0);
  EXPECT_EQ(slice.modified_ns, stamp_of(root_ / "one/ct/0.dcm")->modified_ns);
  EXPECT_EQ(slice.file_bytes, fs::file_size(root_ / "one/ct/0.dcm"));
  EXPECT_EQ(catalogue.masks.at(0).modified_ns, stamp_of(root_ / "one/rt")->modified_ns);
  EXPECT_EQ(catalogue.masks.at(0).file_bytes, fs::file_size(root_ / "one/rt"));
}

TEST_F(CatalogueCacheOfFolder, SeesNewAndRemovedAndMovedFiles) {
  read();
  CtFile ct;
  ct.position = "0\\0\\99";
  write_ct(root_ / "one/ct/new", ct);
  fs::remove(root_ / "one/seg");
  expect_reading(damaged_files + 1, kept_files - 1);
  fs::rename(root_ / "two", root_ / "zwei");  // a file is known by its path
  expect_reading(damaged_files + 1 + 4, kept_files - 5);
}

// Same path, same size, same time of the last writing: only the file system knows better.
TEST_F(CatalogueCacheOfFolder, SeesAFileThatWasReplacedInSecret) {
  read();
  const fs::path file = root_ / "one/ct/0.dcm";
  const auto time = fs::last_write_time(file);
  std::string bytes = bytes_of(file);
  bytes.replace(bytes.find("ORIGINAL"), 8, "DERIVED ");
  fs::rename(folder_.write("other", bytes), file);
  fs::last_write_time(file, time);
  expect_reading(damaged_files + 1, kept_files - 1);
  wait_until_kept();
  read();
  bytes.replace(bytes.find("DERIVED "), 8, "ORIGINAL");
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << bytes;  // in place
  fs::last_write_time(file, time);
  expect_reading(damaged_files + 1, kept_files - 1);
}

TEST_F(CatalogueCacheOfFolder, DoesNotKeepWhatIsJustBeingWritten) {
  CtFile ct;
  ct.position = "0\\0\\99";
  write_ct(root_ / "one/ct/new", ct);
  expect_reading(kept_files + damaged_files + 1, 0);
  expect_reading(damaged_files + 1, kept_files);
  wait_until_kept();
  read();
  expect_reading(damaged_files, kept_files + 1);
}

TEST_F(CatalogueCacheOfFolder, OfAnotherFolderIsRewritten) {
  read();
  const TemporaryFolder other;
  fs::copy(root_, other / "export", fs::copy_options::recursive);
  EXPECT_EQ(read_catalogue(other / "export", {1, cache_}).reading.files_from_cache, 0u);
}

TEST_F(CatalogueCacheOfFolder, IsFoundHoweverTheFolderIsCalled) {
  read();
  const DicomCatalogue slash = read_catalogue(root_ / "", {1, cache_});
  EXPECT_EQ(slash.reading.files_from_cache, kept_files);
  EXPECT_EQ(slash.series.at(0).slices.at(0).file, root_ / "one/ct/0.dcm");
}

TEST_F(CatalogueCacheOfFolder, IsTheOwnersAlone) {
  read();
  struct stat found {};
  ASSERT_EQ(stat(cache_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600u);
  ASSERT_EQ(stat(cache_.parent_path().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700u);
}

TEST_F(CatalogueCacheOfFolder, ThatCannotBeWrittenIsNoError) {
  cache_ = root_ / "readme.txt/cache";
  EXPECT_NE(read().cache_problem.find("lies in the folder"), std::string::npos);
  cache_ = folder_.write("file", "x") / "cache";
  EXPECT_NE(read().cache_problem.find("cannot be written"), std::string::npos);
}

TEST_F(CatalogueCacheOfFolder, LiesNowhereInTheFolder) {
  cache_ = root_ / "one/cache";
  EXPECT_NE(read().cache_problem.find("lies in the folder"), std::string::npos);
  EXPECT_FALSE(fs::exists(cache_));
}

TEST_F(CatalogueCacheOfFolder, RemovesWhatKilledRunsLeft) {
  const fs::path old = folder_.write("kept/x.catalogue.12-34.tmp", "half a cache");
  const fs::path young = folder_.write("kept/x.catalogue.12-35.tmp", "half a cache");
  const fs::path foreign = folder_.write("kept/y.catalogue.12-34.tmp", "half a cache");
  for (const fs::path& file : {old, foreign})
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(25));
  read();
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
  EXPECT_TRUE(fs::exists(foreign));
}

// ---- hostile bytes ----

/// Unpacks all that a cache claims to hold.
std::size_t unpack_all(const fs::path& file, const std::vector<FolderFile>& files,
                       const fs::path& root) {
  const CatalogueCache cache = CatalogueCache::read(file);
  std::size_t known = 0;
  for (const std::string_view packed : cache.find(files, root))
    known += !packed.empty() && cache.unpack(packed);
  return known;
}

TEST_F(CatalogueCacheOfFolder, DamagedBytesAreNotBelieved) {
  read();
  const std::string good = bytes_of(cache_);
  const auto files = files_below(root_).files;
  ASSERT_EQ(unpack_all(cache_, files, root_), kept_files);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = char(bad[i] ^ (1 << i % 8));
    folder_.write("bad", bad);
    ASSERT_EQ(CatalogueCache::read(folder_ / "bad").size(), 0u) << "byte " << i;
  }
  for (std::size_t length = 0; length < good.size(); length += 7) {
    folder_.write("bad", good.substr(0, length));
    ASSERT_EQ(CatalogueCache::read(folder_ / "bad").size(), 0u) << length << " bytes";
  }
  folder_.write("bad", good + "x");
  EXPECT_EQ(CatalogueCache::read(folder_ / "bad").size(), 0u);
}

// With a checksum that fits, bytes reach the reader of values: it may read nonsense, but nothing
// else.
TEST_F(CatalogueCacheOfFolder, NonsenseWithAChecksumIsHarmless) {
  read();
  const std::string good = bytes_of(cache_);
  const auto files = files_below(root_).files;
  std::size_t refused = 0;
  for (std::size_t i = 16; i + 64 < good.size(); ++i)
    for (const char value : {'\0', '\x7f', '\xff', char(good[i] + 1)}) {
      std::string bad = good.substr(0, good.size() - 64);
      bad[i] = value;
      folder_.write("bad", bad + sha256(bad));
      refused += unpack_all(folder_ / "bad", files, root_) < kept_files;
    }
  EXPECT_GT(refused, good.size());
}

TEST_F(CatalogueCacheOfFolder, WhatIsNoCacheIsReplaced) {
  for (const std::string& bytes :
       {std::string(), std::string(100000, '\xff'), std::string("PNG")}) {
    folder_.write("kept/x.catalogue", bytes);
    expect_reading(kept_files + damaged_files, 0);
    expect_reading(damaged_files, kept_files);
  }
  fs::remove(cache_);
  ASSERT_EQ(mkfifo(cache_.c_str(), 0600), 0);  // is not waited for
  expect_reading(kept_files + damaged_files, 0);
}

// ---- completeness ----

DicomSlice full_slice() {
  using namespace std::string_literals;
  DicomSlice slice;
  slice.file = fs::path("folder/file");
  slice.frame = 2;
  slice.file_bytes = 3;
  slice.modified_ns = 4;
  slice.pixels_at = 5;
  slice.sop_class_uid = "1.1"s;
  slice.sop_instance_uid = "1.2";
  slice.transfer_syntax_uid = "1.3"s;
  slice.frame_of_reference_uid = "1.4"s;
  slice.patient_id = "P\xff"s;
  slice.image_type = std::vector{"ORIGINAL"s, ""s};
  slice.photometric_interpretation = "MONOCHROME2"s;
  slice.number_of_frames = 6;
  slice.rows = 7;
  slice.columns = 8;
  slice.samples_per_pixel = 9;
  slice.bits_allocated = 10;
  slice.bits_stored = 11;
  slice.high_bit = -12;
  slice.is_signed = true;
  slice.position_mm = Vector3{1, 2, 3};
  slice.orientation = {1, 2, 3, 4, 5, 6};
  slice.pixel_spacing_mm = {1, 2};
  slice.slice_thickness_mm = 1.5;
  slice.spacing_between_slices_mm = 2.5;
  slice.rescale_slope = 3.5;
  slice.rescale_intercept = 4.5;
  slice.rescale_type = "HU"s;
  slice.units = "BQML"s;
  slice.has_lookup_table = true;
  slice.holds_colours = true;
  slice.lossy = true;
  slice.part_values = TextList({"", "1"});
  return slice;
}

DicomMaskObject full_mask() {
  DicomMaskObject mask;
  mask.file = "folder/mask";
  mask.file_bytes = 1;
  mask.modified_ns = 2;
  mask.modality = "SEG";
  mask.sop_instance_uid = "2.1";
  mask.study_uid = "2.2";
  mask.references = {"P2", {"2.3", "2.4"}, {{"2.5", {"2.6", "2.7"}}}, {"2.8"}};
  mask.region_names = {"GTV", ""};
  mask.regions = {{"GTV", 1, 2, 3, 4, true}};
  mask.problem = "is damaged";
  return mask;
}

/// Sees the members that fields() passes on, and counts those that are as in a new object.
struct Unset {
  int count = 0;
  template <class... Members>
  void operator()(const Members&... members) {
    ((count += members == Members{}), ...);
  }
};

FileContent full_content() {
  FileContent content;
  content.series = {std::string("1"), std::string("2"), std::string("3"), std::string("CT"),
                    std::string("P")};
  content.images = {full_slice(), DicomSlice()};
  content.mask = full_mask();
  content.left_out = "why";
  content.damaged = true;
  return content;
}

// A member that is added to a struct has to be named in catalogue_fields.h to compile, and has to
// be given a value here: else it is counted.
TEST(CatalogueCache, EveryMemberComesBack) {
  const FileContent content = full_content();
  Unset unset;
  fields(unset, content.images[0]);
  fields(unset, content);
  fields(unset, *content.mask);
  fields(unset, content.mask->references);
  fields(unset, content.mask->references.series[0]);
  fields(unset, content.mask->regions[0]);
  fields(unset, content.series);
  EXPECT_EQ(unset.count, 0);

  ByteWriter writer;
  writer(content);
  ByteReader reader(writer.bytes(), writer.tables());
  FileContent back = reader.next<FileContent>();
  ASSERT_TRUE(reader.good() && reader.at_end());
  // What speaks of the file comes from the folder's listing.
  back.images[0].file = content.images[0].file;
  back.images[0].file_bytes = content.images[0].file_bytes;
  back.images[0].modified_ns = content.images[0].modified_ns;
  back.mask->file = content.mask->file;
  back.mask->file_bytes = content.mask->file_bytes;
  back.mask->modified_ns = content.mask->modified_ns;
  EXPECT_TRUE(back == content);
}

// ---- places, memory ----

TEST(CatalogueCache, LiesInTheUsersCacheFolder) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "a");
  fs::create_directory_symlink(folder / "a", folder / "b");
  setenv("HOME", "/home/somebody", 1);
  setenv("XDG_CACHE_HOME", "/var/somewhere", 1);
  const fs::path place = default_catalogue_cache(folder / "a");
  EXPECT_EQ(place.parent_path(), "/var/somewhere/radiomics");
  EXPECT_EQ(place.filename(), sha256(fs::canonical(folder / "a").string()) + ".catalogue");
  EXPECT_EQ(default_catalogue_cache(folder / "b"), place);
  EXPECT_EQ(default_catalogue_cache(folder / "a/../a/"), place);
  EXPECT_NE(default_catalogue_cache(folder.path()), place);
  setenv("XDG_CACHE_HOME", "relative", 1);  // not allowed by the standard for it
  EXPECT_EQ(default_catalogue_cache(folder / "a").parent_path(), "/home/somebody/.cache/radiomics");
  unsetenv("XDG_CACHE_HOME");
  EXPECT_EQ(default_catalogue_cache(folder / "a").parent_path(), "/home/somebody/.cache/radiomics");
  unsetenv("HOME");
  EXPECT_EQ(default_catalogue_cache(folder / "a"), "");
  EXPECT_EQ(default_catalogue_cache(folder / "absent"), "");
}

TEST(CatalogueCache, IsFoundInAFolderWhateverTheWay) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "a/b");
  fs::create_directory_symlink(folder / "a", folder / "link");
  const fs::path a = folder / "a";
  for (const char* inside : {"a/x", "a/new/x", "a/b/../x", "link/x", "a/b/", "a"})
    EXPECT_TRUE(lies_in(folder / inside, a)) << inside;
  for (const char* outside : {"x", "a.x", "ab/x", "a/../x", "link/../x"})
    EXPECT_FALSE(lies_in(folder / outside, a)) << outside;
  EXPECT_TRUE(lies_in("new/x", "."));
  EXPECT_TRUE(lies_in("absent/x", "absent/"));
  EXPECT_FALSE(lies_in("absent/x", "other/"));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // their memory is not counted
// The bound is what dicom_catalogue.h states, and a fifth.
TEST(CatalogueCache, SlicesAreSmall) {
  constexpr int count = 300;
  const TemporaryFolder folder;
  CtFile ct;
  ct.frame_uid = "1.3.6.1.4.1.14519.5.2.1.7009.2403.871108593056125491804754960339";
  ct.more = {{"AcquisitionNumber", "3"},
             {"AcquisitionTime", "101112.131415"},
             {"ContentTime", "101112.131415"},
             {"KVP", "120"}};
  for (int i = 0; i < count; ++i) {
    ct.sop_uid = "1.3.6.1.4.1.14519.5.2.1.7009.2403.3341098761204451876123987611." +
                 std::to_string(1000 + i);
    ct.position = "-250\\-250\\" + std::to_string(3 * i);
    write_ct(folder / ("1-" + std::to_string(1000 + i) + ".dcm"), ct);
  }
  read_catalogue(folder.path());  // tables of DCMTK
  const auto before = mallinfo2().uordblks;
  const DicomCatalogue catalogue = read_catalogue(folder.path());
  const double bytes = double(mallinfo2().uordblks - before) / count;
  ASSERT_EQ(catalogue.series.at(0).slices.size(), std::size_t(count));
  RecordProperty("bytes_per_slice", std::to_string(bytes));
  EXPECT_LT(bytes, 900);
  EXPECT_GT(bytes, 300);
}
#endif

}  // namespace
}  // namespace radiomics
