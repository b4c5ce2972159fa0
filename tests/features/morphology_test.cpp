#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

#include "radiomics/features/families.h"
#include "tests/support/ibsi.h"
#include "tests/support/masks.h"

namespace radiomics {
namespace {

std::map<std::string_view, double> values_of(const Mask& mask) {
  const FeatureFamily family = morphology_family();
  const auto computed = family.compute({.shape = summarise_shape(mask)}, Aggregation::none);
  std::map<std::string_view, double> values;
  for (std::size_t i = 0; i < computed.size(); ++i)
    values[family.definitions[i].name] = computed[i];
  return values;
}

/// The mask of the IBSI digital phantom: 5 x 4 x 4 voxels of 2 mm, of which 6 are outside.
Mask phantom_mask() {
  Mask mask(Geometry{.size = {5, 4, 4}, .spacing_mm = {2, 2, 2}}, 1);
  for (const auto& [x, y, z] :
       {Index3{0, 2, 1}, {3, 0, 2}, {4, 0, 2}, {2, 2, 2}, {3, 0, 3}, {4, 0, 3}})
    mask(x, y, z) = 0;
  return mask;
}

// Source: IBSI reference manual, section 5.1, digital phantom.
TEST(Morphology, MatchesIbsiOnDigitalPhantom) {
  const struct {
    std::string_view feature;
    double value, tolerance;
  } published[] = {
      {"volume_mesh", 556, 4},
      {"volume_voxel_counting", 592, 4},
      {"surface_area_mesh", 388, 3},
      {"surface_to_volume_ratio", 0.698, 0.004},
      {"compactness_1", 0.0411, 0.0003},
      {"compactness_2", 0.599, 0.004},
      {"spherical_disproportion", 1.19, 0.01},
      {"sphericity", 0.843, 0.005},
      {"asphericity", 0.186, 0.001},
      {"maximum_3d_diameter", 13.1, 0.1},
      {"major_axis_length", 11.4, 0.1},
      {"minor_axis_length", 9.31, 0.06},
      {"least_axis_length", 8.54, 0.05},
      {"elongation", 0.816, 0.005},
      {"flatness", 0.749, 0.005},
  };
  const auto values = values_of(phantom_mask());
  EXPECT_EQ(values.size(), std::size(published));
  for (const auto& [feature, value, tolerance] : published) {
    SCOPED_TRACE(feature);
    expect_ibsi(values.at(feature), value, tolerance);
  }
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
  for (const auto* feature :
       {"major_axis_length", "minor_axis_length", "least_axis_length", "elongation", "flatness"})
    EXPECT_TRUE(std::isnan(values.at(feature))) << feature;
}

TEST(Morphology, OfOneSliceIsFlat) {
  const auto values = values_of(Mask(Geometry{.size = {9, 9, 1}, .spacing_mm = {1, 1, 5}}, 1));
  EXPECT_GT(values.at("volume_mesh"), 0);
  EXPECT_DOUBLE_EQ(values.at("elongation"), 1);
  EXPECT_EQ(values.at("flatness"), 0);
}

// Exact: doubling is, in binary.
TEST(Morphology, ScalesWithTheSpacing) {
  const auto once = values_of(random_mask({9, 8, 7}, 0.5, 1, {0.7, 0.9, 1.3}));
  const auto twice = values_of(random_mask({9, 8, 7}, 0.5, 1, {1.4, 1.8, 2.6}));
  for (const FeatureDefinition& definition : morphology_family().definitions) {
    const std::map<std::string_view, double> factors{
        {"mm", 2}, {"mm2", 4}, {"mm3", 8}, {"mm-1", 0.5}, {"1", 1}};
    EXPECT_DOUBLE_EQ(twice.at(definition.name),
                     factors.at(definition.unit) * once.at(definition.name))
        << definition.name;
  }
}

// The sums of mesh and moments run in another order.
TEST(Morphology, IsTheSameInEveryOrientation) {
  const Mask mask = random_mask({9, 8, 7}, 0.5, 2, {0.7, 0.9, 1.3});
  const auto expected = values_of(mask);
  for (const Index3& order : {Index3{1, 2, 0}, {2, 1, 0}})
    for (const auto& [name, value] : values_of(reoriented(mask, order, {true, false, true})))
      EXPECT_NEAR(value, expected.at(name), 1e-12 * std::abs(value)) << name;
}

}  // namespace
}  // namespace radiomics
