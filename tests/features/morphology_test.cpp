#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

#include "radiomics/features/families.h"
#include "tests/support/families.h"
#include "tests/support/masks.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

std::map<std::string_view, double> values_of(const Region& region) {
  const FeatureFamily family = morphology_family();
  const auto computed = family.compute(summarise_levels(region), Aggregation::none);
  std::map<std::string_view, double> values;
  for (std::size_t i = 0; i < computed.size(); ++i)
    values[family.definitions[i].name] = computed[i];
  return values;
}

/// A region in which the intensity grows along all axes of the mask.
Region region_of(const Mask& mask) {
  const Geometry& grid = mask.geometry();
  Region region{Image(grid), mask, mask, grid};
  for (int z = 0; z < grid.size[2]; ++z)
    for (int y = 0; y < grid.size[1]; ++y)
      for (int x = 0; x < grid.size[0]; ++x) region.image(x, y, z) = 1 + x * y + 3 * z;
  return region;
}

std::map<std::string_view, double> values_of(const Mask& mask) {
  return values_of(region_of(mask));
}

void expect_undefined(const std::map<std::string_view, double>& values,
                      std::initializer_list<const char*> features) {
  for (const char* feature : features) EXPECT_TRUE(std::isnan(values.at(feature))) << feature;
}

// The formulas on a shape whose measures are known: an octahedron.
TEST(Morphology, OfOneVoxelIsThatOfAnOctahedron) {
  const auto values = values_of(Mask(Geometry{.size = {1, 1, 1}, .spacing_mm = {2, 2, 2}}, 1));
  const double volume = 4.0 / 3, area = 4 * std::sqrt(3), pi = std::numbers::pi;
  const double sphere = std::cbrt(36 * pi * volume * volume);
  EXPECT_DOUBLE_EQ(values.at("volume_mesh"), volume);
  EXPECT_DOUBLE_EQ(values.at("volume_voxel_counting"), 8);
  EXPECT_DOUBLE_EQ(values.at("surface_area_mesh"), area);
  EXPECT_DOUBLE_EQ(values.at("surface_to_volume_ratio"), area / volume);
  EXPECT_DOUBLE_EQ(values.at("compactness_1"), volume / std::sqrt(pi * area * area * area));
  EXPECT_DOUBLE_EQ(values.at("compactness_2"), 36 * pi * volume * volume / (area * area * area));
  EXPECT_DOUBLE_EQ(values.at("spherical_disproportion"), area / sphere);
  EXPECT_DOUBLE_EQ(values.at("sphericity"), sphere / area);
  EXPECT_NEAR(values.at("asphericity"), area / sphere - 1, 1e-15);  // a difference of about 1
  EXPECT_DOUBLE_EQ(values.at("maximum_3d_diameter"), 2);
  EXPECT_DOUBLE_EQ(values.at("maximum_axial_diameter"), 2);
  EXPECT_DOUBLE_EQ(values.at("maximum_axial_diameter_perpendicular"), 2);
  EXPECT_EQ(values.at("centre_of_mass_shift"), 0);
  EXPECT_DOUBLE_EQ(values.at("integrated_intensity"), volume);  // of the intensity 1
  EXPECT_DOUBLE_EQ(values.at("volume_density_aabb"), volume / 8);
  EXPECT_DOUBLE_EQ(values.at("area_density_aabb"), area / 24);
  EXPECT_DOUBLE_EQ(values.at("volume_density_convex_hull"), 1);
  EXPECT_DOUBLE_EQ(values.at("area_density_convex_hull"), 1);
  const double height = 2 / std::sqrt(3), side = std::sqrt(2);  // a hexagon of such sides lies flat
  const double box = height * (2 * side / std::sqrt(3)) * side;
  EXPECT_NEAR(values.at("volume_density_ombb"), volume / box, 1e-12);
  EXPECT_NEAR(values.at("volume_density_mvee"), volume / (4 * pi / 3), 1e-7);  // the unit sphere
  EXPECT_NEAR(values.at("area_density_mvee"), area / (4 * pi), 1e-7);
  expect_undefined(values,
                   {"major_axis_length", "minor_axis_length", "least_axis_length", "elongation",
                    "flatness", "volume_density_aee", "area_density_aee", "morans_i", "gearys_c"});
}

TEST(Morphology, OfOneSliceIsFlat) {
  const auto values = values_of(Mask(Geometry{.size = {9, 9, 1}, .spacing_mm = {1, 1, 5}}, 1));
  EXPECT_GT(values.at("volume_mesh"), 0);
  EXPECT_DOUBLE_EQ(values.at("elongation"), 1);
  EXPECT_EQ(values.at("flatness"), 0);
  EXPECT_DOUBLE_EQ(values.at("maximum_axial_diameter"), std::hypot(9, 8));
  EXPECT_GT(values.at("area_density_aee"), 0);  // of a disc
  expect_undefined(values, {"volume_density_aee"});
}

TEST(Morphology, OfARowIsThin) {
  const auto values = values_of(Mask(Geometry{.size = {9, 1, 1}, .spacing_mm = {1, 2, 3}}, 1));
  EXPECT_DOUBLE_EQ(values.at("maximum_axial_diameter"), 9);
  EXPECT_DOUBLE_EQ(values.at("maximum_axial_diameter_perpendicular"), 2);
  expect_undefined(values, {"volume_density_aee", "area_density_aee"});
}

TEST(Morphology, OfEqualIntensitiesHasNoAutocorrelation) {
  const auto values = values_of(uniform_region(9, 3));
  expect_undefined(values, {"morans_i", "gearys_c"});
  EXPECT_NEAR(values.at("centre_of_mass_shift"), 0, 1e-14);
  EXPECT_DOUBLE_EQ(values.at("integrated_intensity"), 3 * values.at("volume_mesh"));
}

// Intensities that add up to 0 have no centre.
TEST(Morphology, CentreOfMassComparesOutlineAndIntensities) {
  Region region = uniform_region(1);
  region = {Image(Geometry{.size = {4, 1, 1}, .spacing_mm = {2, 1, 1}}, 1), {}, {}, {}};
  region.morphological = region.intensity = Mask(region.image.geometry(), 1);
  region.image(3, 0, 0) = 5;
  EXPECT_DOUBLE_EQ(values_of(region).at("centre_of_mass_shift"),
                   2 * ((0 + 1 + 2 + 15) / 8.0 - 1.5));
  region.intensity(3, 0, 0) = 0;  // an outlier, still in the outline
  EXPECT_DOUBLE_EQ(values_of(region).at("centre_of_mass_shift"), 1);
  region.image(2, 0, 0) = -2;
  expect_undefined(values_of(region), {"centre_of_mass_shift"});
}

// Every value of regions that are hard on some formula: a number, never infinite.
TEST(Morphology, IsNeverInfinite) {
  const Geometry grid{.size = {60, 50, 40}, .spacing_mm = {1, 1, 2}};
  for (const Mask& mask :
       {voxels_at({{0, 0, 0}, {59, 49, 39}}, grid), voxels_at({{5, 5, 5}}, grid),
        voxels_at({{0, 0, 0}, {1, 1, 1}, {2, 2, 2}}, grid), Mask(Geometry{.size = {7, 6, 5}}, 1),
        Mask(Geometry{.size = {1, 9, 1}}, 1)})
    for (const auto& [name, value] : values_of(mask)) EXPECT_FALSE(std::isinf(value)) << name;
}

// Exact: doubling is, in binary.
TEST(Morphology, ScalesWithTheSpacing) {
  const auto once = values_of(random_mask({9, 8, 7}, 0.5, 1, {0.7, 0.9, 1.3}));
  const auto twice = values_of(random_mask({9, 8, 7}, 0.5, 1, {1.4, 1.8, 2.6}));
  for (const FeatureDefinition& definition : morphology_family().definitions) {
    const std::map<std::string_view, double> factors{
        {"mm", 2}, {"mm2", 4}, {"mm3", 8}, {"mm-1", 0.5}, {"1", 1}, {"intensity.mm3", 8}};
    EXPECT_DOUBLE_EQ(twice.at(definition.name),
                     factors.at(definition.unit) * once.at(definition.name))
        << definition.name;
  }
}

// The sums of mesh and moments run in another order; the enclosing ellipsoid is found to 1e-7.
TEST(Morphology, IsTheSameInEveryOrientation) {
  const Mask mask = random_mask({9, 8, 7}, 0.5, 2, {0.7, 0.9, 1.3});
  const auto measured = [](const Mask& turned) {
    Region region = region_of(turned);
    std::ranges::fill(region.image.voxels(), 2);
    return values_of(region);
  };
  const auto expected = measured(mask);
  for (const Index3& order : {Index3{1, 2, 0}, {2, 1, 0}})
    for (const auto& [name, value] : measured(reoriented(mask, order, {true, false, true}))) {
      if (name.starts_with("maximum_axial") || std::isnan(value)) continue;
      const double tolerance = name.ends_with("mvee") ? 2e-7 : 1e-12;
      EXPECT_NEAR(value, expected.at(name), tolerance * std::abs(value) + 1e-14) << name;
    }
}

}  // namespace
}  // namespace radiomics
