#include "samples/nifti.h"

#include <bit>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

namespace radiomics::samples {
namespace {

namespace fs = std::filesystem;

class NiftiFile : public testing::Test {
 protected:
  NiftiFile() : folder_(fs::path(testing::TempDir()) / ("nifti_" + std::to_string(getpid()))) {}
  ~NiftiFile() override { fs::remove_all(folder_); }

  template <class Voxels>
  std::string written(const std::string& name, const Voxels& voxels) const {
    write_nifti(folder_ / name, voxels, "somebody");
    std::ifstream stream(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path folder_;
};

std::uint64_t whole_number(const std::string& bytes, std::size_t at, int size) {
  std::uint64_t value = 0;
  for (int i = size - 1; i >= 0; --i) value = value << 8 | std::uint8_t(bytes[at + i]);
  return value;
}

float real(const std::string& bytes, std::size_t at) {
  return std::bit_cast<float>(std::uint32_t(whole_number(bytes, at, 4)));
}

Volume<std::int16_t> some_volume() {
  Volume<std::int16_t> volume({.size = {3, 4, 2},
                               .spacing_mm = {1.5, 2, 3},
                               .origin_mm = {10, -20, 30.5},
                               .direction = Geometry{}.direction});
  for (std::size_t i = 0; i < volume.voxels().size(); ++i)
    volume.voxels()[i] = std::int16_t(-1000 + 97 * int(i));
  return volume;
}

// Offsets: nifti1.h
TEST_F(NiftiFile, HasTheHeaderOfTheFormat) {
  const std::string bytes = written("a.nii", some_volume());
  ASSERT_EQ(bytes.size(), 352u + 2 * 24);
  EXPECT_EQ(whole_number(bytes, 0, 4), 348u);
  EXPECT_EQ(bytes.substr(344, 4), std::string("n+1\0", 4));
  const int dim[] = {3, 3, 4, 2, 1, 1, 1, 1};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(whole_number(bytes, 40 + 2 * i, 2), unsigned(dim[i]));
  EXPECT_EQ(whole_number(bytes, 70, 2), 4u);  // int16
  EXPECT_EQ(whole_number(bytes, 72, 2), 16u);
  EXPECT_EQ(real(bytes, 108), 352);
  EXPECT_EQ(bytes.substr(148, 9), std::string("somebody\0", 9));
  for (int i = 0; i < 24; ++i)
    EXPECT_EQ(std::int16_t(whole_number(bytes, 352 + 2 * i, 2)), -1000 + 97 * i);
}

// RAS = (-1, -1, 1) times LPS. The quaternion (0, 0, 0, 1) is half a turn about z.
TEST_F(NiftiFile, PlacesTheGridInRas) {
  const std::string bytes = written("a.nii", some_volume());
  const float affine[] = {-1.5, 0, 0, -10, 0, -2, 0, 20, 0, 0, 3, 30.5};
  for (int i = 0; i < 12; ++i) EXPECT_EQ(real(bytes, 280 + 4 * i), affine[i]) << i;
  const float turn[] = {0, 0, 1, -10, 20, 30.5};
  for (int i = 0; i < 6; ++i) EXPECT_EQ(real(bytes, 256 + 4 * i), turn[i]) << i;
  const float pixdim[] = {1, 1.5, 2, 3};
  for (int i = 0; i < 4; ++i) EXPECT_EQ(real(bytes, 76 + 4 * i), pixdim[i]) << i;
}

TEST_F(NiftiFile, GzipHoldsTheSameBytes) {
  const std::string plain = written("a.nii", some_volume()),
                    zipped = written("a.nii.gz", some_volume());
  ASSERT_EQ(zipped.size(), 10 + 5 + plain.size() + 8);
  EXPECT_EQ(zipped.substr(0, 3), "\x1f\x8b\x08");
  EXPECT_EQ(whole_number(zipped, 11, 2), plain.size());
  EXPECT_EQ(zipped.substr(15, plain.size()), plain);
  EXPECT_EQ(whole_number(zipped, zipped.size() - 4, 4), plain.size());
}

}  // namespace
}  // namespace radiomics::samples
