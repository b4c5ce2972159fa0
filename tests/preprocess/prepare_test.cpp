#include "radiomics/preprocess/prepare.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "tests/support/regions.h"

namespace radiomics {
namespace {

const Geometry grid{.size = {14, 13, 12}, .spacing_mm = {0.977, 1.2, 3}, .origin_mm = {10, 20, 30}};

Image noise() {
  Image image(grid);
  unsigned state = 3;
  for (double& value : image.voxels())
    value = double((state = state * 1664525 + 1013904223) >> 22) - 500;
  return image;
}

Mask blob() {
  Mask mask(grid);
  for (int z = 3; z <= 8; ++z)
    for (int y = 4; y <= 9; ++y)
      for (int x = 4; x <= 9 - (z % 2); ++x) mask(x, y, z) = 1;
  return mask;
}

/// What a reader gives for these options: the mask in its box, and no more of the image than asked.
Region prepared(const Image& image, const Mask& mask, const PrepareOptions& options) {
  const MaskWindow window = cut_to_its_box(mask);
  const Box box = needed_box(grid, window.box, options);
  return prepare({grid, box, crop(image, box)}, window, options);
}

bool equal(const Region& a, const Region& b) {
  return a.image.geometry() == b.image.geometry() &&
         std::ranges::equal(a.image.voxels(), b.image.voxels()) &&
         std::ranges::equal(a.morphological.voxels(), b.morphological.voxels()) &&
         std::ranges::equal(a.intensity.voxels(), b.intensity.voxels());
}

TEST(Prepare, CutsTheBoxOfTheMaskAndKeepsItsPlace) {
  const Image image = noise();
  Mask mask(grid);
  mask(2, 1, 1) = mask(4, 3, 2) = 1;
  const Region region = prepared(image, mask, {});
  EXPECT_EQ(region.image.geometry().size, (Index3{3, 3, 2}));
  EXPECT_EQ(position_mm(region.image.geometry(), Index3{0, 0, 0}),
            position_mm(grid, Index3{2, 1, 1}));
  EXPECT_EQ(region.image(0, 0, 0), image(2, 1, 1));
  EXPECT_EQ(region.image(2, 2, 1), image(4, 3, 2));
  EXPECT_EQ(region.intensity(2, 2, 1), 1);
  EXPECT_EQ(region.intensity(1, 1, 1), 0);
  EXPECT_EQ(region.grid, grid);
}

TEST(Prepare, OfANeededBoxEqualsThatOfTheWholeImage) {
  const Image image = noise();
  const Mask mask = blob();
  for (const Vector3& spacing :
       {Vector3{}, Vector3{2, 2, 2}, Vector3{0.5, 0.7, 1}, Vector3{2, 2, 0}})
    for (const auto& [margin_mm, interpolation] :
         {std::pair{0.0, Interpolation::linear}, std::pair{4.0, Interpolation::cubic},
          std::pair{1.0, Interpolation::nearest}, std::pair{100.0, Interpolation::linear}}) {
      const PrepareOptions options{
          .resample = {.spacing_mm = spacing, .round_intensities = true, .image = interpolation},
          .resegment = {.lowest = -400},
          .margin_mm = margin_mm};
      const Region whole_image = prepare(as_window(image), as_window(mask), options);
      EXPECT_TRUE(equal(prepared(image, mask, options), whole_image))
          << spacing[0] << " mm, margin " << margin_mm;
    }
}

TEST(Prepare, OfARegionThatTouchesEveryBorder) {
  const PrepareOptions options{.resample = {.spacing_mm = {2, 2, 2}}};
  const Region region = prepared(noise(), Mask(grid, 1), options);
  EXPECT_EQ(region.image.geometry(), region.grid) << "the border is continued";
}

// Two slices of which one is drawn: the voxel in the middle between them is half inside.
TEST(Prepare, CountsAVoxelThatIsHalfInside) {
  const Geometry two{.size = {1, 1, 2}, .spacing_mm = {1, 1, 2}};
  Mask mask(two);
  mask(0, 0, 0) = 1;
  const PrepareOptions options{.resample = {.spacing_mm = {0, 0, 4.0 / 3}}};
  const Region region = prepare(as_window(Image(two)), cut_to_its_box(mask), options);
  EXPECT_EQ(region.grid.size[2], 3);
  EXPECT_EQ(region.morphological.geometry().size[2], 2);
}

TEST(Prepare, RoundsHalvesUp) {
  const Geometry two{.size = {2, 1, 1}, .spacing_mm = {2, 1, 1}};
  Image image(two);
  image(0, 0, 0) = -1;
  image(1, 0, 0) = 0;
  const PrepareOptions options{
      .resample = {.spacing_mm = {4.0 / 3, 0, 0}, .round_intensities = true}};
  const Region region = prepare(as_window(image), as_window(Mask(two, 1)), options);
  EXPECT_EQ(region.image(1, 0, 0), 0) << "-0.5 lies in the middle";
}

// A ramp of 5 per mm on a grid of 1.1 mm has a half at every second voxel. The sums that
// interpolation makes of 1.1 miss three of them from below.
TEST(Prepare, RoundsHalvesUpThatInterpolationMissed) {
  constexpr int old_size = 40, new_size = 37;
  const Geometry row{.size = {old_size, 1, 1}};
  Image ramp(row);
  for (int x = 0; x < old_size; ++x) ramp(x, 0, 0) = 5 * x;
  const PrepareOptions options{.resample = {.spacing_mm = {1.1, 0, 0}, .round_intensities = true}};
  const Region region = prepare(as_window(ramp), as_window(Mask(row, 1)), options);
  ASSERT_EQ(region.image.geometry().size[0], new_size);
  for (int i = 1; i < new_size - 1; ++i) {
    const int twentieths = 55 * (2 * i - (new_size - 1)) + 50 * (old_size - 1);  // of the intensity
    EXPECT_EQ(region.image(i, 0, 0), std::floor((twentieths + 10) / 20.0)) << i;
  }
}

TEST(Prepare, ResegmentsTheIntensityMaskOnly) {
  const Region region = prepared(noise(), blob(), {.resegment = {.lowest = 0}});
  EXPECT_FALSE(std::ranges::equal(region.morphological.voxels(), region.intensity.voxels()));
  for (std::size_t i = 0; i < region.image.voxels().size(); ++i)
    EXPECT_EQ(region.intensity.voxels()[i],
              region.morphological.voxels()[i] && region.image.voxels()[i] >= 0);
}

TEST(Prepare, TellsTheRangeOfResegmentation) {
  EXPECT_EQ(prepared(noise(), blob(), {.resegment = {.lowest = 0}}).range, (IntensityRange{0, {}}));
  EXPECT_EQ(prepared(noise(), blob(), {}).range, IntensityRange{});
}

// The range and the standard deviations of the whole region both have to hold.
TEST(Prepare, ResegmentsByRangeAndDeviation) {
  const Region both =
      prepared(noise(), blob(), {.resegment = {.lowest = -300, .highest = 400, .sigma = 1}});
  const Region range = prepared(noise(), blob(), {.resegment = {.lowest = -300, .highest = 400}});
  const Region sigma = prepared(noise(), blob(), {.resegment = {.sigma = 1}});
  for (std::size_t i = 0; i < both.intensity.voxels().size(); ++i)
    EXPECT_EQ(both.intensity.voxels()[i],
              range.intensity.voxels()[i] && sigma.intensity.voxels()[i]);
}

TEST(Prepare, KeepsTheLargestPartOnRequest) {
  Mask mask = blob();
  mask(0, 0, 0) = 1;
  EXPECT_TRUE(
      equal(prepared(noise(), mask, {.largest_part = true}), prepared(noise(), blob(), {})));
  EXPECT_FALSE(equal(prepared(noise(), mask, {}), prepared(noise(), blob(), {})));
}

// Voxels of 2 in the middle of those of 3: an outline to the nearest has no parts of voxels.
TEST(Prepare, TakesTheNearestOutlineOnRequest) {
  const Geometry row{.size = {3, 1, 1}, .spacing_mm = {3, 1, 1}};
  Mask mask(row);
  mask(1, 0, 0) = 1;  // voxels of the finer grid at -1, 1, 3, 5, 7 mm, that of the mask at 3 mm
  const PrepareOptions options{
      .resample = {.spacing_mm = {2, 0, 0}, .mask_threshold = 0.2, .mask = Interpolation::nearest}};
  const auto voxels = [&](const PrepareOptions& chosen) {
    return prepare(as_window(Image(row)), cut_to_its_box(mask), chosen)
        .morphological.geometry()
        .size[0];
  };
  EXPECT_EQ(voxels(options), 1);
  PrepareOptions linear = options;
  linear.resample.mask = Interpolation::linear;
  EXPECT_EQ(voxels(linear), 3) << "a third of the voxels at 1 and 5 mm is inside";
}

ErrorKind refusal(const Image& image, const Mask& mask, const PrepareOptions& options) {
  try {
    prepared(image, mask, options);
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::unwritable_output;  // what prepare() never throws
}

TEST(Prepare, RefusesWhatCannotBeMeasured) {
  Image image = noise();
  EXPECT_EQ(refusal(image, blob(), {.resegment = {.lowest = 1e6}}), ErrorKind::empty_region);
  Mask one(grid);
  one(5, 5, 5) = 1;
  EXPECT_EQ(refusal(image, one, {.resample = {.spacing_mm = {30, 30, 30}}}),
            ErrorKind::empty_region);
  image(0, 0, 0) = std::nan("");
  EXPECT_NO_THROW(prepared(image, one, {})) << "outside the region it does not matter";
  image(5, 5, 5) = std::nan("");
  EXPECT_EQ(refusal(image, one, {}), ErrorKind::unsupported_data);
}

}  // namespace
}  // namespace radiomics
