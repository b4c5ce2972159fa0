#include "radiomics/pipeline/input_files.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_of(const std::vector<InputFile>& files) {
  std::vector<std::string> names;
  for (const InputFile& one : files) names.push_back(one.file.filename().string());
  return names;
}

TEST(InputFiles, AllBelowAFolder) {
  const TemporaryFolder folder;
  folder.write("ct/b/2.dcm", "12");
  folder.write("ct/a/1.dcm", "1");
  const auto files = input_files(folder / "ct");
  EXPECT_EQ(names_of(files), (std::vector<std::string>{"1.dcm", "2.dcm"}));
  EXPECT_EQ(files[1].bytes, 2U);
  EXPECT_NE(files[1].modified_ns, 0);
}

TEST(InputFiles, HeaderWithTheFilesThatHoldItsVoxels) {
  const TemporaryFolder folder;
  for (const char* name : {"a.mhd", "a.raw", "ab.raw", "b.nii.gz", "b.csv", "c.hdr", "c.img"})
    folder.write(name, "x");
  EXPECT_EQ(names_of(input_files(folder / "a.mhd")), (std::vector<std::string>{"a.mhd", "a.raw"}));
  EXPECT_EQ(names_of(input_files(folder / "c.hdr")), (std::vector<std::string>{"c.hdr", "c.img"}));
  EXPECT_EQ(names_of(input_files(folder / "b.nii.gz")), (std::vector<std::string>{"b.nii.gz"}));
}

TEST(InputFiles, WhatIsNotThereIsAFileWithoutBytes) {
  EXPECT_EQ(input_files("/no/such.nii"), (std::vector<InputFile>{{"/no/such.nii", 0, 0}}));
}

TEST(Fingerprint, DependsOnTheFilesAndTheRequest) {
  const std::vector<InputFile> files{{"in/a", 1, 2, "1.2"}, {"in/b", 3, 4, ""}};
  const std::string print = fingerprint("request", files, "in");
  EXPECT_EQ(print.size(), 64U);
  EXPECT_NE(fingerprint("other", files, "in"), print);
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<InputFile> changed[] = {files, files, files, files};
    changed[0][i].bytes += 1;
    changed[1][i].modified_ns += 1;
    changed[2][i].instance_uid += "3";
    changed[3][i].file += "c";
    for (const auto& one : changed) EXPECT_NE(fingerprint("request", one, "in"), print);
  }
  EXPECT_NE(fingerprint("request", {files[1], files[0]}, "in"), print);
  EXPECT_NE(fingerprint("request", {files[0]}, "in"), print);
}

TEST(Fingerprint, DoesNotDependOnWhereTheFolderLies) {
  EXPECT_EQ(fingerprint("r", {{"/mnt/x/a", 1, 2, ""}}, "/mnt/x"),
            fingerprint("r", {{"data/a", 1, 2, ""}}, "data"));
}

}  // namespace
}  // namespace radiomics
