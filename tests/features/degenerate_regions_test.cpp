// Regions in which some features are undefined: which ones, and what the others are.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "tests/support/all_values.h"
#include "tests/support/errors.h"
#include "tests/support/masks.h"
#include "tests/support/orientations.h"
#include "tests/support/regions.h"

namespace radiomics {
namespace {

/// The voxels of a mask; their intensities are whole numbers from 1 to 6.
Region region_of(const Mask& mask) {
  Region region{Image(mask.geometry()), mask, mask, mask.geometry()};
  std::mt19937 random(3);
  for (double& x : region.image.voxels()) x = double(1 + random() % 6);
  return region;
}

Region whole_grid(const Index3& size) { return region_of(Mask(Geometry{.size = size}, 1)); }

Region one_voxel() { return uniform_region(1, 3); }

Region one_voxel_measured() {
  Region region = whole_grid({5, 5, 5});
  region.intensity = voxels_at({{1, 2, 2}}, region.grid);
  return region;
}

Region two_voxels(const Index3& a, const Index3& b, const Index3& size) {
  Region region = region_of(voxels_at({a, b}, Geometry{.size = size}));
  region.image(a[0], a[1], a[2]) = 2;
  region.image(b[0], b[1], b[2]) = 5;
  return region;
}

Region diagonal() {
  Mask mask(Geometry{.size = {6, 6, 6}});
  for (int i = 0; i < 6; ++i) mask(i, i, i) = 1;
  return region_of(mask);
}

/// No two voxels share a face.
Region chessboard() {
  Mask mask(Geometry{.size = {6, 5, 4}});
  for (int z = 0; z < 4; ++z)
    for (int y = 0; y < 5; ++y)
      for (int x = 0; x < 6; ++x) mask(x, y, z) = (x + y + z) % 2;
  return region_of(mask);
}

/// Intensities that add up to 0.
Region balanced() {
  Region region = whole_grid({4, 4, 4});
  for (std::size_t i = 0; i < 64; ++i) region.image.voxels()[i] = i % 2 == 0 ? 1 : -1;
  return region;
}

/// Names, which may end with or contain a `*`.
using Patterns = std::vector<std::string>;

Patterns operator+(Patterns a, const Patterns& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// No voxel has a neighbour, so that there is no pair of voxels and no difference from neighbours.
const Patterns no_neighbours{"glcm_*", "ngtdm_*"};
// The same within every slice; between slices there are some.
const Patterns no_neighbours_in_slices{"glcm_*_2d_*", "glcm_*_2.5d_*", "ngtdm_*_2d",
                                       "ngtdm_*_2.5d"};
// An ellipsoid whose least axis is 0 has no volume, if flat two sides.
const Patterns flat{"morphology_volume_density_aee"};
// Nor has it an area if two axes are 0.
const Patterns straight = flat + Patterns{"morphology_area_density_aee"};
// The sample variance of one place is 0 / 0.
const Patterns a_point =
    straight + Patterns{"morphology_*_axis_length", "morphology_elongation", "morphology_flatness"};
// z-scores are 0 / 0, the range of intensities is empty, and one bin has no neighbours.
const Patterns one_intensity{"morphology_morans_i", "morphology_gearys_c", "ivh_volume_fraction_*",
                             "histogram_*_gradient*"};
// Of pairs of one level the variance and the entropy, which are divided by, are 0.
const Patterns one_level_of_pairs{"glcm_correlation_*", "glcm_information_correlation_1_*"};
// Between the 10th and the 90th percentile of two different values lies neither.
const Patterns two_values{"*_robust_mean_absolute_deviation"};
// Mean, sum of quartiles and sum of intensities are divided by.
const Patterns sum_of_0{"statistics_coefficient_of_variation",
                        "statistics_quartile_coefficient_of_dispersion",
                        "morphology_centre_of_mass_shift"};

struct Degenerate {
  std::string name;
  Region region;
  Patterns undefined;
};

std::vector<Degenerate> degenerate_regions() {
  return {
      {"one voxel", one_voxel(), a_point + one_intensity + no_neighbours},
      {"one voxel measured in an outline", one_voxel_measured(), one_intensity + no_neighbours},
      {"two voxels side by side", two_voxels({0, 0, 0}, {1, 0, 0}, {2, 1, 1}),
       straight + two_values},
      {"two voxels in two slices", two_voxels({0, 0, 0}, {0, 0, 1}, {1, 1, 2}),
       straight + two_values + no_neighbours_in_slices},
      {"two voxels far apart", two_voxels({0, 0, 0}, {29, 19, 9}, {30, 20, 10}),
       straight + two_values + no_neighbours},
      {"a line along x", whole_grid({7, 1, 1}), straight},
      {"a line along z", whole_grid({1, 1, 7}), straight + no_neighbours_in_slices},
      {"a diagonal line", diagonal(), straight + no_neighbours_in_slices},
      {"one slice", whole_grid({6, 5, 1}), flat},
      {"one line per slice", whole_grid({1, 5, 6}), flat},
      {"one intensity", uniform_region(4, 3), one_intensity + one_level_of_pairs},
      {"intensities of 0", uniform_region(4, 0), one_intensity + one_level_of_pairs + sum_of_0},
      {"intensities that add up to 0", balanced(), sum_of_0},
      {"voxels without a common face", chessboard(), {}},
      {"a whole image", whole_grid({5, 6, 7}), {}},
  };
}

std::vector<Value> values_of(const Region& region) {
  return all_values(region, {.texture_bins = FixedBinNumber{6}});
}

void expect_undefined(const std::vector<Value>& values, const Patterns& undefined) {
  std::set<std::string> unmatched(undefined.begin(), undefined.end());
  for (const Value& value : values) {
    const std::string name = value.name();
    bool expected = false;
    for (const std::string& pattern : undefined)
      if (matches(name, pattern)) {
        expected = true;
        unmatched.erase(pattern);
      }
    EXPECT_EQ(std::isnan(value.value), expected) << name << " is " << value.value;
    EXPECT_FALSE(std::isinf(value.value)) << name;
  }
  EXPECT_TRUE(unmatched.empty()) << "no feature is called " << *unmatched.begin();
}

TEST(DegenerateRegions, LeaveTheFeaturesUndefinedThatMustBe) {
  for (const auto& [name, region, undefined] : degenerate_regions()) {
    SCOPED_TRACE(name);
    expect_undefined(values_of(region), undefined);
  }
}

// Whatever touches the border of the image. What is not finite counts as what lies beyond it.
TEST(DegenerateRegions, MayTouchEveryBorder) {
  for (const auto& [name, region, undefined] : degenerate_regions()) {
    SCOPED_TRACE(name);
    const auto values = values_of(region);
    expect_same_bits(values_of(padded(region, {1, 2, 1}, {2, 1, 2}, std::nan(""))), values);
  }
}

double value_of(const std::string& name, const std::vector<Value>& values) {
  for (const Value& value : values)
    if (value.name() == name) return value.value;
  ADD_FAILURE() << "no feature is called " << name;
  return std::nan("");
}

// The mesh of a voxel is an octahedron with its vertices in the middle of the voxel's faces. The
// smallest ellipsoid around it goes through all six.
TEST(DegenerateRegions, OneVoxel) {
  const Geometry grid{.size = {1, 1, 1}, .spacing_mm = {0.5, 1, 2.5}};
  const auto values = values_of({Image(grid, 3), Mask(grid, 1), Mask(grid, 1), grid});
  const double volume_mm3 = 0.5 * 1 * 2.5;
  const std::pair<const char*, double> expected[] = {
      {"morphology_volume_voxel_counting", volume_mm3},
      {"morphology_volume_mesh", volume_mm3 / 6},
      {"morphology_volume_density_aabb", 1.0 / 6},
      {"morphology_volume_density_convex_hull", 1},
      {"morphology_area_density_convex_hull", 1},
      {"morphology_maximum_3d_diameter", 2.5},
      {"morphology_maximum_axial_diameter", 1},
      {"morphology_maximum_axial_diameter_perpendicular", 0.5},
      {"morphology_centre_of_mass_shift", 0},
      {"morphology_integrated_intensity", 3 * volume_mm3 / 6},
      {"local_intensity_local_intensity_peak", 3},
      {"local_intensity_global_intensity_peak", 3},
      {"statistics_mean", 3},
      {"statistics_variance", 0},
      {"statistics_skewness", 0},
      {"statistics_excess_kurtosis", 0},
      {"statistics_energy", 9},
      {"histogram_mode", 1},
      {"histogram_entropy", 0},
      {"histogram_uniformity", 1},
      {"ivh_intensity_at_10_volume",
       4},  // the point after the only one: even that is reached by all
      {"ivh_area_under_curve", 0},
      {"glrlm_run_percentage_3d_avg", 1},
      {"glszm_zone_percentage_3d", 1},
      {"gldzm_zone_distance_variance_2d", 0},
      {"ngldm_dependence_count_energy_2.5d", 1},
  };
  for (const auto& [name, value] : expected)
    EXPECT_NEAR(value_of(name, values), value, 1e-15 * 4) << name;
  EXPECT_NEAR(value_of("morphology_volume_density_mvee", values), 1 / std::numbers::pi, 1e-7);
}

// A box of ten million voxels of which two are measured. What is kept per voxel of the box is
// grey level, border distance and mask; nothing is done for pairs of voxels of the box.
TEST(DegenerateRegions, TwoVoxelsInAHugeBox) {
  const auto values = values_of(two_voxels({0, 0, 0}, {299, 299, 119}, {300, 300, 120}));
  expect_undefined(values, straight + two_values + no_neighbours);
  EXPECT_NEAR(value_of("morphology_morans_i", values), -1, 1e-15);
  EXPECT_NEAR(value_of("morphology_gearys_c", values), 1, 1e-15);
  EXPECT_EQ(value_of("morphology_volume_mesh", values), 2.0 / 6);
  EXPECT_EQ(value_of("glszm_zone_percentage_3d", values), 1);
}

// --- many grey levels

constexpr int too_many = 65535;

/// A cube whose voxels have the levels 1 to size^3, each once, in disorder.
Region all_different(int size) {
  Region region = uniform_region(size);
  const auto voxels = region.image.voxels();
  const std::size_t count = voxels.size();
  for (std::size_t i = 0; i < count; ++i) voxels[i] = double(1 + i * 1013 % count);  // coprime
  return region;
}

TEST(ManyLevels, AreRefusedWithTheRemedy) {
  Region region = uniform_region(2, 1);
  region.image(0, 0, 0) = too_many;
  const auto refused = [&](const Bins& bins, ErrorKind kind, const char* part) {
    EXPECT_ERROR(summarise(region, {.texture_bins = bins}), kind, part);
    EXPECT_ERROR(summarise(region, {.texture_bins = bins}), kind, to_text(max_level_count));
  };
  const FixedBinSize ones{.width = 1, .first_edge = 1};
  refused(ones, ErrorKind::invalid_settings, "bin width 1 makes 65535 grey levels");
  refused(ones, ErrorKind::invalid_settings, "choose wider bins");
  refused(FixedBinSize{.width = 1e-320, .first_edge = 1}, ErrorKind::invalid_settings,
          "choose wider bins");
  refused(FixedBinNumber{too_many}, ErrorKind::invalid_settings, "number of bins 65535");
  refused(NoBins{}, ErrorKind::unsupported_data, "intensity 65535 is no grey level");
  refused(NoBins{}, ErrorKind::unsupported_data, "choose bins");
}

// Every voxel has a level of its own: each pair occurs once, each run and zone is one voxel.
TEST(ManyLevels, AsManyAsAreAllowed) {
  const Region region = all_different(32);
  ASSERT_EQ(region.image.voxels().size(), std::size_t(max_level_count));
  const auto values = all_values(region, {.texture_bins = NoBins{}});
  expect_undefined(values, {});
  const double pairs = 2 * (3 * 31 * 32 * 32 + 6 * 31 * 31 * 32 + 4 * 31 * 31 * 31);
  EXPECT_NEAR(value_of("glcm_joint_entropy_3d_v_mrg", values), std::log2(pairs),
              1e-9);  // 800,000 summands, added one after the other
  EXPECT_EQ(value_of("histogram_entropy", values), 15);
  EXPECT_EQ(value_of("glrlm_run_percentage_3d_avg", values), 1);
  EXPECT_EQ(value_of("glszm_zone_percentage_3d", values), 1);
  EXPECT_EQ(value_of("ngldm_dependence_count_variance_3d", values), 0);
}

}  // namespace
}  // namespace radiomics
