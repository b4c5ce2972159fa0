#include "radiomics/io/inflate_frame.h"

#include <gtest/gtest.h>

namespace radiomics {
namespace {

using Bytes = std::vector<unsigned char>;

// RFC 1951, 3.2.4: the last block, stored; its length and the complement of it, low byte first.
const Bytes three_stored_bytes{0x01, 3, 0, 0xfc, 0xff, 10, 20, 30};

TEST(InflateFrame, GivesTheBytesOfABlock) {
  EXPECT_EQ(inflate_frame(three_stored_bytes, 3), (Bytes{10, 20, 30}));
  EXPECT_EQ(inflate_frame(three_stored_bytes, 9), (Bytes{10, 20, 30}));  // the caller counts
}

TEST(InflateFrame, StopsWhereEnoughIsThere) {
  EXPECT_EQ(inflate_frame(three_stored_bytes, 2), (Bytes{10, 20}));
}

TEST(InflateFrame, GivesNothingForDamage) {
  Bytes damaged = three_stored_bytes;
  damaged[3] = 0;
  EXPECT_TRUE(inflate_frame(damaged, 3).empty());
  damaged = three_stored_bytes;
  damaged.resize(7);
  EXPECT_TRUE(inflate_frame(damaged, 3).empty());
  EXPECT_TRUE(inflate_frame({}, 3).empty());
}

}  // namespace
}  // namespace radiomics
