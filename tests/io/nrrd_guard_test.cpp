#include "radiomics/io/nrrd_guard.h"

#include <gtest/gtest.h>

#include "radiomics/io/image_io.h"
#include "tests/support/packed.h"
#include "tests/support/refusal.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {4, 3, 2}};
const std::vector<std::int16_t> voxels(24, 5);

/// What is said of a file of these bytes; "" if nothing, and then ITK reads it.
std::string refusal(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("data.raw", raw(voxels));
  const std::string file = folder.write("image.nrrd", bytes).string();
  const std::string said = refusal_by(require_complete_nrrd, file);
  if (said.empty()) {
    EXPECT_EQ(open_image_file(file).read(whole(grid)).volume(3, 2, 1), 5);
  }
  return said;
}

std::string text_voxels() {
  std::string text;
  for (std::size_t i = 0; i < voxels.size(); ++i) text += "5 ";
  return text;
}

TEST(NrrdGuard, LetsCompleteFilesThrough) {
  const std::string plain = nrrd_bytes(grid, voxels);
  EXPECT_EQ(refusal(plain), "");
  EXPECT_EQ(refusal(plain + "more"), "");
  EXPECT_EQ(refusal(packed_nrrd_bytes(grid, voxels)), "");
  EXPECT_EQ(refusal(with(nrrd_bytes(grid, {}), "encoding: raw", "encoding: ascii") + text_voxels()),
            "");
  EXPECT_EQ(refusal(with(nrrd_bytes(grid, {}), "encoding", "data file: data.raw\nencoding")), "");
  EXPECT_EQ(refusal(with(plain, "encoding", "# a comment\nSegment0_Name:=a: b\nencoding")), "");
}

TEST(NrrdGuard, RefusesFewerVoxelsThanPromised) {
  const std::string plain = nrrd_bytes(grid, voxels);
  EXPECT_REFUSED(plain.substr(0, plain.size() - 1), "promised 48 bytes");
  EXPECT_REFUSED(with(plain, "sizes: 4 3 2", "sizes: 32000 32000 32000"), "promised");
  EXPECT_REFUSED(with(plain, "short", "double"), "promised 192 bytes");
  const std::string packed = packed_nrrd_bytes(grid, voxels);
  EXPECT_REFUSED(packed.substr(0, packed.size() - 9), "cut short");
  EXPECT_REFUSED(with(packed, "sizes: 4", "sizes: 5"), "promised 60 bytes");
  EXPECT_REFUSED(with(nrrd_bytes(grid, {}), "encoding: raw", "encoding: ascii") + "5 5",
                 "promised");
}

TEST(NrrdGuard, RefusesHeadersThatPromiseNonsense) {
  const std::string plain = nrrd_bytes(grid, voxels);
  for (const char* sizes : {"", "4 3 0", "4 3 -2", "4 3 x", "4 3 1e99", "4 3 2.5"})
    EXPECT_REFUSED(with(plain, "sizes: 4 3 2", std::string("sizes: ") + sizes), "are none");
  EXPECT_REFUSED(with(plain, "dimension: 3", "dimension: 2"), "dimension '2' is not that of");
  EXPECT_REFUSED(with(plain, "type: short", "type: short\ntype: double"), "'type' twice");
  EXPECT_REFUSED(with(plain, "type: short", "type: block"), "type 'block' is not known");
  EXPECT_REFUSED(with(plain, "encoding: raw", "encoding: bzip2"), "write it with raw or gzip");
  EXPECT_REFUSED(with(plain, "encoding: raw", "byte skip: -1\nencoding: raw"), "byteskip is '-1'");
  EXPECT_REFUSED(with(plain, "type: short", std::string("type: short\n") + '\1'), "is no text");
}

TEST(NrrdGuard, KeepsToTheFolderOfTheHeader) {
  const std::string plain = nrrd_bytes(grid, {});
  for (const char* field : {"data file: ../data.raw", "datafile: ../../../../etc/hostname",
                            "data file: LIST", "data file: slice%03d.raw 1 2 1"})
    EXPECT_REFUSED(with(plain, "encoding", std::string(field) + "\nencoding"),
                   "put header and one data file into one folder");
  EXPECT_REFUSED(with(plain, "encoding", "data file: absent.raw\nencoding"), "which is not there");
}

}  // namespace
}  // namespace radiomics
