#include "radiomics/io/seg_pixels.h"

#include "tests/support/errors.h"

namespace radiomics {
namespace {

using Bytes = std::vector<unsigned char>;

/// A frame of run-length segments behind their header of 64 bytes.
Bytes encoded(const std::vector<Bytes>& segments) {
  Bytes frame(64);
  frame[0] = static_cast<unsigned char>(segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    frame[4 + 4 * i] = static_cast<unsigned char>(frame.size());
    frame.insert(frame.end(), segments[i].begin(), segments[i].end());
  }
  return frame;
}

Bytes decode(const Bytes& frame, std::size_t size, int bytes_per_pixel = 1) {
  return decode_rle_frame(frame, size, bytes_per_pixel, "file");
}

// The example of Apple Technical Note TN1023, which describes the packing that DICOM PS3.5 annex G
// uses.
TEST(SegPixels, UnpacksThePublishedExample) {
  const Bytes packed{0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa,
                     0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa};
  const Bytes expected{0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00,
                       0x2a, 0x22, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa};
  EXPECT_EQ(decode(encoded({packed}), expected.size()), expected);
}

TEST(SegPixels, FirstSegmentHasTheHigherBytes) {
  EXPECT_EQ(decode(encoded({{0x01, 0x12, 0x34}, {0x01, 0x56, 0x78}}), 4, 2),
            (Bytes{0x56, 0x12, 0x78, 0x34}));
}

TEST(SegPixels, RefusesDamagedFrames) {
  const Bytes good = encoded({{0xff, 0x07}});  // twice 7
  EXPECT_EQ(decode(good, 2), (Bytes{7, 7}));
  EXPECT_ERROR(decode(good, 3), ErrorKind::unreadable_file, "file: the pixels are damaged");
  EXPECT_ERROR(decode({}, 2), ErrorKind::unreadable_file, "damaged");
  EXPECT_ERROR(decode(encoded({{0xff}}), 2), ErrorKind::unreadable_file, "damaged");
  EXPECT_ERROR(decode(encoded({{0xff, 7}, {0xff, 7}}), 2), ErrorKind::unreadable_file, "damaged");
  Bytes beyond = good;
  beyond[5] = 1;  // the segment starts 256 bytes later
  EXPECT_ERROR(decode(beyond, 2), ErrorKind::unreadable_file, "damaged");
}

TEST(SegPixels, BitsGoFromTheLowestToTheHighest) {
  const SegPixels bits{{0b00000101, 0b10000000}, 1, 5};
  EXPECT_EQ(bits.value(0, 0), 1u);
  EXPECT_EQ(bits.value(0, 1), 0u);
  EXPECT_EQ(bits.value(0, 2), 1u);
  EXPECT_EQ(bits.value(1, 0), 0u);  // bit 5
  EXPECT_EQ(bits.value(3, 0), 1u);  // bit 15
  EXPECT_EQ(bits.next_set(0, 1, 5), 2u);
  EXPECT_GE(bits.next_set(0, 3, 5), 5u);
  EXPECT_EQ(bits.next_set(3, 0, 1), 0u);
  const SegPixels words{{0x34, 0x12, 0x78, 0x56}, 16, 16};
  EXPECT_EQ(words.value(1, 0), 0x5678u);
}

}  // namespace
}  // namespace radiomics
