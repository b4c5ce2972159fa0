#include "radiomics/io/folder_files.h"

#include <algorithm>
#include <fstream>

#include <sys/stat.h>

#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

void touch(const fs::path& file) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "x";
}

std::string reason(const FolderFiles& found, const fs::path& file) {
  for (const LeftOutFile& left_out : found.left_out)
    if (left_out.file == file) return left_out.reason;
  return "not left out";
}

std::vector<fs::path> paths_of(const FolderFiles& found) {
  std::vector<fs::path> paths;
  for (const FolderFile& file : found.files) paths.push_back(file.path);
  return paths;
}

TEST(FolderFiles, AreInOrderOfTheirPaths) {
  const TemporaryFolder folder;
  for (const char* name : {"b", "a/z", "c", "a/b/c"}) touch(folder / name);
  const FolderFiles found = files_below(folder.path());
  EXPECT_EQ(paths_of(found),
            (std::vector<fs::path>{folder / "a/b/c", folder / "a/z", folder / "b", folder / "c"}));
  EXPECT_TRUE(found.left_out.empty());
}

TEST(FolderFiles, HiddenFilesAndFoldersAreLeftOut) {
  const TemporaryFolder folder;
  for (const char* name : {".hidden", ".git/config", "seen"}) touch(folder / name);
  const FolderFiles found = files_below(folder.path());
  EXPECT_EQ(paths_of(found), std::vector<fs::path>{folder / "seen"});
  EXPECT_EQ(reason(found, folder / ".hidden"), "hidden");
  EXPECT_EQ(reason(found, folder / ".git"), "hidden");
}

TEST(FolderFiles, PipesAreNotOpened) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  touch(folder / "file");
  const FolderFiles found = files_below(folder.path());
  EXPECT_EQ(paths_of(found), std::vector<fs::path>{folder / "file"});
  EXPECT_EQ(reason(found, folder / "pipe"),
            "neither a file nor a folder: a pipe, a device or a socket");
}

TEST(FolderFiles, LinksNeitherLoopNorCountTwice) {
  const TemporaryFolder folder;
  touch(folder / "data/file");
  touch(folder / "data/sub/other");
  fs::create_symlink("file", folder / "data/a_link");  // before the file in order
  fs::create_symlink("nowhere", folder / "data/dangling");
  fs::create_symlink("itself", folder / "data/itself");
  fs::create_directory_symlink("..", folder / "data/parent");
  fs::create_directory_symlink("sub", folder / "data/again");
  const FolderFiles found = files_below(folder / "data");
  EXPECT_EQ(paths_of(found),
            (std::vector<fs::path>{folder / "data/file", folder / "data/sub/other"}));
  EXPECT_EQ(reason(found, folder / "data/a_link"), "a link to a file that is listed already");
  EXPECT_EQ(reason(found, folder / "data/dangling"), "a link that leads nowhere");
  EXPECT_EQ(reason(found, folder / "data/itself"), "a link that leads nowhere");
  EXPECT_EQ(reason(found, folder / "data/parent"), "a link to a folder that holds this one");
  EXPECT_EQ(reason(found, folder / "data/again"), "a link to a folder that is read already");
}

TEST(FolderFiles, LinksToElsewhereAreFollowed) {
  const TemporaryFolder folder;
  touch(folder / "archive/patient/slice");
  touch(folder / "archive/single");
  fs::create_directories(folder / "study");
  fs::create_directory_symlink(folder / "archive/patient", folder / "study/one");
  fs::create_symlink(folder / "archive/single", folder / "study/two");
  EXPECT_EQ(paths_of(files_below(folder / "study")),
            (std::vector<fs::path>{folder / "study/one/slice", folder / "study/two"}));
}

// A folder's files come where the folder's name does, before "a.b" and after "Z".
TEST(FolderFiles, AreOrderedAsPathsAre) {
  const TemporaryFolder folder;
  for (const char* name : {"a/z", "a.b", "a b/x", "a/\xc3\xa4", "Z", "a0/1"}) touch(folder / name);
  const std::vector<fs::path> paths = paths_of(files_below(folder.path()));
  EXPECT_EQ(paths.size(), 6u);
  EXPECT_TRUE(std::ranges::is_sorted(paths));
}

TEST(FolderFiles, HaveTheStampOfWhatALinkLeadsTo) {
  const TemporaryFolder folder;
  folder.write("archive/single", "12345");
  fs::create_directories(folder / "study");
  fs::create_symlink(folder / "archive/single", folder / "study/link");
  const FolderFiles found = files_below(folder / "study");
  ASSERT_EQ(found.files.size(), 1u);
  EXPECT_EQ(found.files[0].stamp.bytes, 5u);
  EXPECT_EQ(found.files[0].stamp, stamp_of(folder / "archive/single"));
  folder.write("archive/single", "1234");
  EXPECT_NE(found.files[0].stamp, stamp_of(folder / "archive/single"));
  EXPECT_FALSE(stamp_of(folder / "study"));
  EXPECT_FALSE(stamp_of(folder / "absent"));
}

TEST(FolderFiles, RefusesWhatIsNoFolder) {
  const TemporaryFolder folder;
  touch(folder / "file");
  EXPECT_ERROR(files_below(folder / "absent"), ErrorKind::unreadable_file, "no such folder");
  EXPECT_ERROR(files_below(folder / "file"), ErrorKind::unreadable_file, "no such folder");
}

}  // namespace
}  // namespace radiomics
