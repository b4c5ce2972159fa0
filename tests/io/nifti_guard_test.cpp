#include "radiomics/io/nifti_guard.h"

#include <cmath>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/packed.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {4, 3, 2}};
const std::vector<std::int16_t> voxels(24, 5);

template <class T>
std::string changed(std::string bytes, std::size_t offset, T value) {
  std::memcpy(&bytes[offset], &value, sizeof value);
  return bytes;
}

/// What is said of a file of these bytes; "" if nothing.
std::string refusal(const std::string& name, const std::string& bytes) {
  const TemporaryFolder folder;
  const std::string file = folder.write(name, bytes).string();
  try {
    require_complete_nifti(file);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::unreadable_file) << error.what();
    return error.what();
  }
  return "";
}

#define EXPECT_REFUSED(bytes, part)                                                            \
  do {                                                                                         \
    for (const auto& [name, content] : {std::pair(std::string("a.nii"), bytes),                \
                                        std::pair(std::string("a.nii.gz"), gzipped(bytes))}) { \
      const std::string message = refusal(name, content);                                      \
      EXPECT_NE(message.find(part), std::string::npos) << name << ": '" << message << "'";     \
    }                                                                                          \
  } while (false)

TEST(NiftiGuard, LetsCompleteFilesThrough) {
  const std::string bytes = nifti_bytes(grid, voxels);
  EXPECT_EQ(refusal("a.nii", bytes), "");
  EXPECT_EQ(refusal("a.nii", bytes + "more"), "");
  EXPECT_EQ(refusal("a.nii.gz", gzipped(bytes)), "");
  EXPECT_EQ(refusal("a.nii.gz", bytes), "");  // not packed for all its name
  // in two members, the first without the whole header
  EXPECT_EQ(refusal("a.nii.gz", gzipped(bytes.substr(0, 100)) + gzipped(bytes.substr(100))), "");
}

TEST(NiftiGuard, RefusesFewerVoxelsThanPromised) {
  const std::string bytes = nifti_bytes(grid, voxels);
  EXPECT_REFUSED(bytes.substr(0, bytes.size() - 1), "is cut short: 399 of 400 bytes");
  EXPECT_REFUSED(bytes.substr(0, 300), "cut short");
  EXPECT_NE(refusal("a.nii.gz", gzipped(bytes).substr(0, 200)).find("damaged"), std::string::npos);
  std::string flipped = gzipped(bytes);
  flipped[flipped.size() - 30] ^= 1;  // a voxel that the checksum knows
  EXPECT_NE(refusal("a.nii.gz", flipped).find("damaged"), std::string::npos);
}

TEST(NiftiGuard, RefusesHeadersThatPromiseNonsense) {
  const std::string bytes = nifti_bytes(grid, voxels);
  for (const std::int16_t dimensions : {0, -3, 8, 32767})
    EXPECT_REFUSED(changed(bytes, 40, dimensions), "dimensions");
  for (const std::int16_t size : {0, -2}) EXPECT_REFUSED(changed(bytes, 44, size), "voxels");
  // Two sizes below zero make a product above.
  EXPECT_REFUSED(changed(changed(bytes, 42, std::int16_t(-4)), 44, std::int16_t(-3)), "-4x-3x2");
  for (const std::size_t axis : {1, 2, 3, 4, 5, 6, 7})
    EXPECT_REFUSED(changed(changed(bytes, 40, std::int16_t(7)), 40 + 2 * axis, std::int16_t(32767)),
                   "cut short");
  for (const float offset : {-1.0F, 3e9F, std::numeric_limits<float>::infinity(),
                             std::numeric_limits<float>::quiet_NaN()})
    EXPECT_REFUSED(changed(bytes, 108, offset), "begin at byte");
}

TEST(NiftiGuard, RefusesPlacesThatAreNoNumbers) {
  const std::string bytes = nifti_bytes(grid, voxels);
  for (const float value : {1e30F, std::numeric_limits<float>::quiet_NaN()}) {
    for (const std::size_t offset : {80, 256, 268, 280, 324})
      EXPECT_REFUSED(changed(bytes, offset, value), "spacing, origin or direction");
    const std::string no_rows = changed(bytes, 254, std::int16_t(0));
    EXPECT_EQ(refusal("a.nii", changed(no_rows, 280, value)), "");  // and the reader skips them
  }
}

// The reader goes by the type, whatever the bits say.
TEST(NiftiGuard, GoesByTheTypeOfTheVoxels) {
  const std::string bytes = nifti_bytes(grid, voxels);
  EXPECT_EQ(refusal("a.nii", changed(bytes, 72, std::int16_t(0))), "");
  EXPECT_REFUSED(changed(bytes, 70, std::int16_t(64)), "400 of 544");
  const TemporaryFolder folder;
  const auto file = folder.write("a.nii", changed(bytes, 70, std::int16_t(77)));
  EXPECT_ERROR(require_complete_nifti(file.string()), ErrorKind::unsupported_data,
               "type of voxels 77");
}

TEST(NiftiGuard, StopsABombEarly) {
  std::string bytes = nifti_bytes(grid, voxels);
  bytes.resize((1 << 20) + 400);
  EXPECT_EQ(refusal("a.nii.gz", gzipped(bytes)), "");
  bytes += '\0';
  EXPECT_NE(refusal("a.nii.gz", gzipped(bytes)).find("unpacks to more"), std::string::npos);
}

}  // namespace
}  // namespace radiomics
