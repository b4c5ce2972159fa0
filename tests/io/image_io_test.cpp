#include "radiomics/io/image_io.h"

#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "tests/support/data.h"
#include "tests/support/files.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {4, 3, 2}, .spacing_mm = {1.5, 2, 3}, .origin_mm = {-10, 20.5, -30}};

std::vector<std::int16_t> counting() {
  std::vector<std::int16_t> voxels(grid.voxel_count());
  std::iota(voxels.begin(), voxels.end(), std::int16_t(-5));
  return voxels;
}

struct Format {
  const char* name;
  std::string bytes;
};

std::vector<Format> all_formats(const std::vector<std::int16_t>& voxels) {
  return {{"image.nii", nifti_bytes(grid, voxels)},
          {"image.mha", metaimage_bytes(grid, voxels)},
          {"image.nrrd", nrrd_bytes(grid, voxels)}};
}

TEST(ImageFile, OfEveryFormatHasTheSameVoxelsInTheSamePlace) {
  const TemporaryFolder folder;
  for (const auto& [name, bytes] : all_formats(counting())) {
    folder.write(name, bytes);
    const ImageSource source = open_image_file(folder / name);
    EXPECT_EQ(difference(source.geometry, grid), "") << name;
    const ImageWindow all = source.read(whole(grid));
    EXPECT_EQ(all.volume(0, 0, 0), -5) << name;
    EXPECT_EQ(all.volume(3, 2, 1), 18) << name;
    const ImageWindow part = source.read({{1, 1, 1}, {2, 2, 1}});
    EXPECT_EQ(part.volume(1, 0, 0), all.volume(2, 1, 1)) << name;
    EXPECT_EQ(part.volume.geometry(), window(source.geometry, part.box)) << name;
  }
}

ErrorKind refusal(const std::filesystem::path& file, std::string* message = nullptr) {
  try {
    open_image_file(file).read(whole(grid));
  } catch (const Error& error) {
    if (message) *message = error.what();
    EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    return error.kind();
  }
  return ErrorKind::unwritable_output;  // what a reader never throws
}

TEST(ImageFile, ThatIsCutShortIsRefused) {
  const TemporaryFolder folder;
  for (const auto& [name, bytes] : all_formats(counting()))
    for (const std::size_t missing : {1, 20, 47}) {
      folder.write(name, bytes.substr(0, bytes.size() - missing));
      EXPECT_EQ(refusal(folder / name), ErrorKind::unreadable_file) << name << " -" << missing;
    }
}

TEST(ImageFile, ThatPromisesTooMuchIsRefusedWithoutTakingMemory) {
  const TemporaryFolder folder;
  Geometry huge = grid;
  huge.size = {32000, 32000, 32000};
  folder.write("bomb.nii", nifti_bytes(huge, counting()));
  folder.write("bomb.mha", metaimage_bytes(huge, counting()));
  for (const char* name : {"bomb.nii", "bomb.mha"}) {
    std::string message;
    EXPECT_EQ(refusal(folder / name, &message), ErrorKind::unreadable_file);
    EXPECT_NE(message.find("cut short"), std::string::npos) << message;
  }
}

TEST(ImageFile, ThatIsNoneIsRefused) {
  const TemporaryFolder folder;
  folder.write("notes.txt", "not an image");
  folder.write("empty.nii", "");
  EXPECT_EQ(refusal(folder / "notes.txt"), ErrorKind::unreadable_file);
  EXPECT_EQ(refusal(folder / "empty.nii"), ErrorKind::unreadable_file);
  EXPECT_EQ(refusal(folder / "absent.nii"), ErrorKind::unreadable_file);
  EXPECT_EQ(refusal(folder.path()), ErrorKind::unreadable_file);
}

TEST(ImageFile, WithVoxelsElsewhereIsRefused) {
  const TemporaryFolder folder;
  std::string header = metaimage_bytes(grid, {});
  header.replace(header.find("LOCAL"), 5, "../../etc/hostname");
  folder.write("detached.mhd", header);
  EXPECT_EQ(refusal(folder / "detached.mhd"), ErrorKind::unsupported_data);
}

TEST(LabelFile, HasARegionForEachValue) {
  const TemporaryFolder folder;
  std::vector<std::int16_t> labels(grid.voxel_count());
  labels[1] = labels[2] = 7;
  labels[23] = 3;
  folder.write("labels.nii", nifti_bytes(grid, labels));
  const MaskSource source = open_label_file(folder / "labels.nii");
  EXPECT_EQ(source.names, (std::vector<std::string>{"3", "7"}));
  const MaskWindow seven = source.mask("7", grid).mask;
  EXPECT_EQ(seven.box, (Box{{1, 0, 0}, {2, 0, 0}}));
  EXPECT_EQ(seven.volume(0, 0, 0), 1);
  EXPECT_EQ(source.mask("3", grid).mask.box, (Box{{3, 2, 1}, {3, 2, 1}}));
}

TEST(LabelFile, IsRefusedWhereItDoesNotFit) {
  const TemporaryFolder folder;
  const std::vector<std::int16_t> zeros(grid.voxel_count());
  folder.write("zeros.nii", nifti_bytes(grid, zeros));
  EXPECT_THROW(open_label_file(folder / "zeros.nii"), Error);
  folder.write("labels.nii", nifti_bytes(grid, std::vector<std::int16_t>(grid.voxel_count(), 1)));
  const MaskSource source = open_label_file(folder / "labels.nii");
  EXPECT_THROW(source.mask("100", grid), Error);
  EXPECT_THROW(source.mask("seven", grid), Error);
  Geometry shifted = grid;
  shifted.origin_mm[2] += 1.5;
  try {
    source.mask("1", shifted);
    FAIL() << "half a voxel was ignored";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::geometry_mismatch);
    EXPECT_NE(std::string(error.what()).find("-28.5"), std::string::npos) << error.what();
  }
}

// The mask of the IBSI CT phantom: 125 256 voxels (IBSI reference manual, section 4.3).
TEST(LabelFile, ReadsTheIbsiPhantom) {
  REFERENCE_DATA_OR_SKIP(data, "ibsi/ibsi1_ct");
  const ImageSource image = open_image_file(data / "image.nii.gz");
  const MaskSource labels = open_label_file(data / "mask.nii.gz");
  EXPECT_EQ(image.geometry.size, (Index3{204, 201, 60}));
  const MaskWindow mask = labels.mask("1", image.geometry).mask;
  std::size_t voxels = 0;
  for (const auto voxel : mask.volume.voxels()) voxels += voxel;
  EXPECT_EQ(voxels, 125256u);
}

}  // namespace
}  // namespace radiomics
