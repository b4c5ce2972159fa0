#include "radiomics/qc/contact_sheet.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"

namespace radiomics {
namespace {

struct Input {
  ImageWindow image;
  MaskWindow mask;
  Field field;
};

Input sphere_in_a_block() {
  const Geometry grid{.size = {40, 40, 16}, .spacing_mm = {1, 1, 2.5}};
  Input input{{grid, whole(grid), Image(grid)}, {}, {}};
  Mask mask(grid);
  for (int z = 0; z < 16; ++z)
    for (int y = 0; y < 40; ++y)
      for (int x = 0; x < 40; ++x) {
        const double dx = x - 20, dy = y - 20, dz = 2.5 * (z - 8);
        mask(x, y, z) = dx * dx + dy * dy + dz * dz <= 100;
        input.image.volume(x, y, z) = mask(x, y, z) ? 60 : -80;
      }
  const Box box = bounding_box(mask);
  input.mask = {grid, box, crop(mask, box)};
  input.field = field_around(grid, box, 10);
  return input;
}

/// A number of four bytes in a PNG file.
int number_at(const std::vector<unsigned char>& png, std::size_t at) {
  return (png[at] << 24) + (png[at + 1] << 16) + (png[at + 2] << 8) + png[at + 3];
}

TEST(ContactSheet, IsAPngOfTheStatedSize) {
  const auto [image, mask, field] = sphere_in_a_block();
  const auto png = contact_sheet(image, mask, field, {"case", "GTV", "CT"});
  const std::vector<unsigned char> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  ASSERT_GT(png.size(), 100u);
  EXPECT_TRUE(std::equal(signature.begin(), signature.end(), png.begin()));
  EXPECT_EQ(number_at(png, 16), contact_sheet_width);  // the header: width, height
  EXPECT_EQ(number_at(png, 20), contact_sheet_height);
}

TEST(ContactSheet, HasTheSameBytesEveryTime) {
  const auto [image, mask, field] = sphere_in_a_block();
  const auto png = contact_sheet(image, mask, field, {"case", "GTV", "CT"});
  EXPECT_EQ(png, contact_sheet(image, mask, field, {"case", "GTV", "CT"}));
  EXPECT_NE(png, contact_sheet(image, mask, field, {"case", "CTV", "CT"}));
}

TEST(ContactSheet, DrawsAnyName) {
  const auto [image, mask, field] = sphere_in_a_block();
  for (const std::string& name : {std::string(), std::string(5000, 'W'), std::string("\xf6\n\xff")})
    EXPECT_FALSE(contact_sheet(image, mask, field, {name, name, ""}).empty());
}

TEST(ContactSheet, DrawsARegionOfOneVoxelAtTheCornerOfTheImage) {
  auto [image, mask, field] = sphere_in_a_block();
  const Box box{{0, 0, 0}, {0, 0, 0}};
  mask = {image.grid, box, Mask(window(image.grid, box), 1)};
  field = field_around(image.grid, box, 10);
  const ImageWindow part{image.grid, field.box, crop(image.volume, field.box)};
  EXPECT_FALSE(contact_sheet(part, mask, field, {"case", "GTV", "CT"}).empty());
}

}  // namespace
}  // namespace radiomics
