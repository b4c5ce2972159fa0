// Headers that can be understood in several ways, or that leave something to a guess.

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/io/image_io.h"
#include "radiomics/io/nifti_header.h"
#include "radiomics/io/stated_geometry.h"
#include "tests/support/errors.h"
#include "tests/support/headers.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {4, 3, 2}, .spacing_mm = {1.5, 2, 3}, .origin_mm = {-10, 20.5, -30}};
const std::vector<std::int16_t> voxels(24, 5);

ImageSource opened(const std::string& name, const std::string& bytes) {
  const TemporaryFolder folder;
  ImageSource source = open_image_file(folder.write(name, bytes));
  source.read(whole(source.geometry));  // the file goes with the folder
  return source;
}

const std::vector<std::string> unplaced{"the image " + std::string(no_orientation)};

const std::string nifti = nifti_bytes(grid, voxels), nrrd = nrrd_bytes(grid, voxels),
                  meta = metaimage_bytes(grid, voxels);

/// The quaternion of grid: half a turn around z, from LPS to RAS.
std::string with_qform(std::string bytes, float x_mm) {
  bytes = with(bytes, 252, std::int16_t(1));
  bytes = with(bytes, 264, 1.0F);
  bytes = with(bytes, 268, x_mm);
  bytes = with(bytes, 272, -20.5F);
  return with(bytes, 276, -30.0F);
}

TEST(NiftiHeader, HasOnePlacement) {
  EXPECT_EQ(difference(opened("a.nii", with_qform(nifti, 10)).geometry, grid), "");
  EXPECT_EQ(
      difference(opened("a.nii", with(with_qform(nifti, 10), 254, std::int16_t(0))).geometry, grid),
      "");
  EXPECT_ERROR(opened("a.nii", with_qform(nifti, 20)), ErrorKind::unsupported_data,
               "qform places the first voxel at (20, -20.5, -30) mm, its sform at (10, ");
  // a fifth of the smallest spacing, 1.5 mm, is accepted
  EXPECT_NO_THROW(opened("a.nii", with_qform(nifti, 10.25F)));
  EXPECT_ERROR(opened("a.nii", with_qform(nifti, 10.35F)), ErrorKind::unsupported_data, "sform");
  EXPECT_ERROR(opened("a.nii", with(with_qform(nifti, 10), 268, NAN)), ErrorKind::unreadable_file,
               "origin or direction is nan");
}

// The grid that a quaternion makes, written as an sform beside it, agrees with it.
TEST(NiftiHeader, OfAnObliqueGridMayHaveBothForms) {
  const auto turned = [](std::string bytes, float qfac) {
    bytes = with(with(with_qform(bytes, 10), 256, 0.1F), 260, -0.3F);
    return with(with(bytes, 264, 0.7F), 76, qfac);
  };
  for (const float qfac : {1.0F, -1.0F}) {
    const std::string alone = turned(with(nifti, 254, std::int16_t(0)), qfac);
    const Geometry oblique = opened("a.nii", alone).geometry;
    const std::string both = turned(nifti_bytes(oblique, voxels), qfac);
    EXPECT_EQ(difference(opened("a.nii", both).geometry, oblique), "") << qfac;
    EXPECT_ERROR(opened("a.nii", with(both, 260, 0.3F)), ErrorKind::unsupported_data, "qform");
  }
}

TEST(NiftiHeader, HasOneVoxelSize) {
  EXPECT_ERROR(opened("a.nii", with(nifti, 80, 3.0F)), ErrorKind::unsupported_data,
               "voxels of 1.5x2x3 mm, its pixdim of 3x2x3 mm");
}

TEST(NiftiHeader, WithoutOrientationIsReadWithAWarning) {
  const ImageSource source = opened("a.nii", with(nifti, 254, std::int16_t(0)));
  EXPECT_EQ(source.warnings, unplaced);
  EXPECT_EQ(source.geometry.spacing_mm, grid.spacing_mm);
  EXPECT_EQ(opened("a.nii", nifti).warnings, std::vector<std::string>{});
}

TEST(NiftiHeader, IsInMillimetres) {
  EXPECT_NO_THROW(opened("a.nii", with(nifti, 123, std::uint8_t(2 | 8))));  // mm and s
  EXPECT_ERROR(opened("a.nii", with(nifti, 123, std::uint8_t(1))), ErrorKind::unsupported_data,
               "metres");
  EXPECT_ERROR(opened("a.nii", with(nifti, 123, std::uint8_t(3))), ErrorKind::unsupported_data,
               "micrometres");
}

TEST(NiftiHeader, ScalesWithItsSlope) {
  const auto value = [](const std::string& bytes) {
    return opened("a.nii", bytes).read(Box{{0, 0, 0}, {0, 0, 0}}).volume(0, 0, 0);
  };
  EXPECT_EQ(value(with(with(nifti, 112, 2.0F), 116, -3.0F)), 7);
  EXPECT_EQ(value(with(nifti, 112, 0.0F)), 5);
  EXPECT_EQ(value(with(with(nifti, 112, NAN), 116, NAN)), 5);
  const std::string floats = float_nifti_bytes(grid, std::vector<float>(24, 5.5F));
  EXPECT_EQ(value(floats), 5.5);
  EXPECT_EQ(value(with(with(floats, 112, 2.0F), 116, -3.0F)), 8);
  for (const float slope : {0.0F, NAN})
    EXPECT_ERROR(opened("a.nii", with(with(nifti, 112, slope), 116, 3.0F)),
                 ErrorKind::unsupported_data, "scl_inter is 3 without");
}

TEST(NiftiHeader, OfDoublesIsScaledInFull) {
  const std::string header =
      with(with(nifti_bytes(grid, {}), 70, std::int16_t(64)), 72, std::int16_t(64));
  const std::string bytes = with(header, 112, 2.0F) + raw(std::vector<double>(24, 0.1));
  EXPECT_EQ(opened("a.nii", bytes).read(Box{{1, 1, 1}, {1, 1, 1}}).volume(0, 0, 0), 0.2);
}

TEST(NiftiHeader, OfTheSecondKindIsNamed) {
  std::string bytes(540 + 48, '\0');
  bytes = with(bytes, 0, std::int32_t(540));
  bytes.replace(4, 3, "n+2");
  EXPECT_ERROR(opened("a.nii", bytes), ErrorKind::unsupported_data, "NIfTI-2");
}

TEST(NrrdHeader, MayLieInEachPatientSpace) {
  const std::string flipped = replaced(replaced(nrrd, "(1.5,0,0) (0,2,0)", "(-1.5,0,0) (0,-2,0)"),
                                       "(-10,20.5", "(10,-20.5");
  for (const char* space : {"right-anterior-superior", "RAS"})
    EXPECT_EQ(
        difference(opened("a.nrrd", replaced(flipped, "left-posterior-superior", space)).geometry,
                   grid),
        "");
}

TEST(NrrdHeader, LeavesNothingToAGuess) {
  const std::string spaceless = replaced(nrrd, "space: left-posterior-superior\n", "");
  const std::string placed = replaced(spaceless, "sizes:", "space dimension: 3\nsizes:");
  EXPECT_EQ(opened("a.nrrd", placed).warnings, unplaced);
  const std::size_t directions = spaceless.find("space directions"),
                    kinds = spaceless.find("kinds");
  std::string bare = spaceless;
  bare.erase(bare.find("space origin"), bare.find("\n\n") - bare.find("space origin") + 1);
  bare.erase(directions, kinds - directions);
  EXPECT_ERROR(opened("a.nrrd", bare), ErrorKind::unsupported_data, "size of its voxels");
  EXPECT_NO_THROW(opened("a.nrrd", replaced(bare, "kinds", "spacings: 1.5 2 3\nkinds")));
  EXPECT_ERROR(opened("a.nrrd", replaced(nrrd, "left-posterior-superior", "scanner-xyz")),
               ErrorKind::unsupported_data, "scanner-xyz");
  EXPECT_ERROR(opened("a.nrrd", replaced(nrrd, "kinds", "space units: \"m\" \"m\" \"m\"\nkinds")),
               ErrorKind::unsupported_data, "\"m\"");
  EXPECT_NO_THROW(
      opened("a.nrrd", replaced(nrrd, "kinds", "space units: \"mm\" \"mm\" \"mm\"\nkinds")));
}

TEST(MetaImageHeader, LeavesNothingToAGuess) {
  EXPECT_EQ(opened("a.mha", meta).warnings, std::vector<std::string>{});
  EXPECT_ERROR(opened("a.mha", replaced(meta, "ElementSpacing = 1.5 2 3\n", "")),
               ErrorKind::unsupported_data, "size of its voxels");
  EXPECT_ERROR(opened("a.mha", replaced(meta, "NDims", "DistanceUnits = um\nNDims")),
               ErrorKind::unsupported_data, "um");
  EXPECT_ERROR(
      opened("a.mha", replaced(meta, "NDims", "ElementToIntensityFunctionSlope = 2\nNDims")),
      ErrorKind::unsupported_data, "slope '2'");
  const std::size_t placement = meta.find("TransformMatrix");
  std::string bare = meta;
  bare.erase(placement, meta.find("ElementSpacing") - placement);
  EXPECT_EQ(opened("a.mha", bare).warnings, unplaced);
}

TEST(ImageFile, WithoutANumberInTheBoxIsRefused) {
  std::vector<float> floats(24, 1);
  floats[21] = NAN;
  const TemporaryFolder folder;
  for (const auto& [name, bytes] : {std::pair{"a.nii", float_nifti_bytes(grid, floats)},
                                    std::pair{"a.nrrd", float_nrrd_bytes(grid, floats)}}) {
    const ImageSource source = open_image_file(folder.write(name, bytes));
    EXPECT_ERROR(source.read(whole(grid)), ErrorKind::unsupported_data,
                 "intensity of voxel (1, 2, 1) is nan");
    EXPECT_NO_THROW(source.read(Box{{0, 0, 0}, {3, 2, 0}}));
  }
}

}  // namespace
}  // namespace radiomics
