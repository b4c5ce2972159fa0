#include "radiomics/io/metaimage_guard.h"

#include <gtest/gtest.h>

#include "tests/support/packed.h"
#include "tests/support/refusal.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {4, 3, 2}};
const std::vector<std::int16_t> voxels(24, 5);

/// What is said of a file of these bytes; "" if nothing.
std::string refusal(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("data.raw", raw(voxels));
  const std::string file = folder.write("image.mha", bytes).string();
  return refusal_by(require_complete_metaimage, file);
}

TEST(MetaImageGuard, LetsCompleteFilesThrough) {
  const std::string plain = metaimage_bytes(grid, voxels);
  EXPECT_EQ(refusal(plain), "");
  EXPECT_EQ(refusal(packed_metaimage_bytes(grid, voxels)), "");
  EXPECT_EQ(refusal(with(metaimage_bytes(grid, {}), "LOCAL", "data.raw")), "");
  EXPECT_EQ(refusal(with(plain, "NDims = 3", "Comment = a = b\nNDims = 3")), "");
}

TEST(MetaImageGuard, RefusesFewerVoxelsThanPromised) {
  const std::string plain = metaimage_bytes(grid, voxels);
  EXPECT_REFUSED(plain.substr(0, plain.size() - 1), "promised 48 bytes");
  EXPECT_REFUSED(with(plain, "DimSize = 4", "DimSize = 32000"), "promised 384000 bytes");
  EXPECT_REFUSED(with(plain, "ElementType", "ElementNumberOfChannels = 3\nElementType"), "144");
  const std::string packed = packed_metaimage_bytes(grid, voxels);
  EXPECT_REFUSED(packed.substr(0, packed.size() - 1), "cut short");
  EXPECT_REFUSED(with(packed, "DimSize = 4", "DimSize = 5"), "promised 60 bytes");
  EXPECT_REFUSED(with(packed, "CompressedDataSize = ", "CompressedDataSize = 1"), "compressed");
}

// Each makes ITK's reader go on behind the line, or behind its arrays.
TEST(MetaImageGuard, RefusesHeadersThatAreNotPlain) {
  const std::string plain = metaimage_bytes(grid, voxels);
  EXPECT_REFUSED(with(plain, "NDims = 3", "NDims = 11"), "NDims is 11");
  EXPECT_REFUSED(with(plain, "NDims = 3", "NDims = -1"), "NDims is -1");
  EXPECT_REFUSED(with(plain, "NDims = 3", "NDims = 3\nNDims: 100000"), "'NDims' twice");
  EXPECT_REFUSED(with(plain, "NDims = 3", "x\rNDims = 100000"), "no complete MetaImage");
  EXPECT_REFUSED(with(plain, "NDims = 3", "nothing here\nNDims = 3"), "has no '='");
  EXPECT_REFUSED(with(plain, "DimSize = 4 3 2", "DimSize = 4 3"), "2 numbers instead of 3");
  EXPECT_REFUSED(with(plain, "DimSize = 4 3 2", "DimSize = 4 -3 2"), "is no size");
  EXPECT_REFUSED(with(plain, "DimSize = 4 3 2", "DimSize = 4 1e99 2"), "is no size");
  EXPECT_REFUSED(with(plain, "DimSize = 4 3 2", "DimSize = 4 x 2"), "not all numbers");
  EXPECT_REFUSED(with(plain, "1 0 0 0 1 0 0 0 1", "1 0 0 0 1 0"), "6 numbers instead of 9");
  EXPECT_REFUSED(with(plain, "NDims = 3", "Comment = " + std::string(480, 'x') + "\nNDims = 3"),
                 "no complete MetaImage");
}

// MetaIO copies a name into 255 characters, however long it is.
TEST(MetaImageGuard, RefusesLongNames) {
  const std::string plain = metaimage_bytes(grid, voxels);
  const auto named = [&](int length) {
    return with(plain, "NDims = 3", std::string(std::size_t(length), 'y') + " = 1\nNDims = 3");
  };
  EXPECT_EQ(refusal(named(190)), "");
  EXPECT_REFUSED(named(300), "its header has a name of 301 characters");
}

TEST(MetaImageGuard, RefusesWhatTheReaderUnderstandsInAnotherWay) {
  const std::string plain = metaimage_bytes(grid, voxels);
  EXPECT_REFUSED(with(plain, "BinaryData = True", "BinaryData = False"), "BinaryData = True");
  EXPECT_REFUSED(with(plain, "BinaryData = True", "binaryData = True"), "BinaryData = True");
  EXPECT_REFUSED(with(plain, "NDims", "HeaderSize = -1\nNDims"), "HeaderSize is -1");
  EXPECT_REFUSED(with(plain, "LOCAL", "LoCaL"), "which is not there");
  EXPECT_REFUSED(with(plain, "ElementDataFile", "elementDataFile"), "no complete MetaImage");
}

TEST(MetaImageGuard, KeepsToTheFolderOfTheHeader) {
  const std::string plain = metaimage_bytes(grid, {});
  for (const char* name : {"../data.raw", "/etc/hostname", "LIST", "slice%03d.raw 1 2 1", ".."}) {
    const TemporaryFolder folder;
    const auto file = folder.write("image.mhd", with(plain, "LOCAL", name));
    EXPECT_ERROR(require_complete_metaimage(file.string()), ErrorKind::unsupported_data,
                 "put header and one data file into one folder");
  }
  EXPECT_REFUSED(with(plain, "LOCAL", "absent.raw"), "which is not there");
}

}  // namespace
}  // namespace radiomics
