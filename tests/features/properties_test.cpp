// What must not change a value, and what must change it in a known way: all families in all nine
// aggregations.

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "radiomics/core/text.h"
#include "radiomics/settings/presets.h"
#include "tests/support/all_values.h"
#include "tests/support/irregular_region.h"
#include "tests/support/orientations.h"

namespace radiomics {
namespace {

TEST(IrregularRegion, IsOneInWhichMistakesShow) {
  const Region region = irregular_region();
  EXPECT_EQ(std::ranges::count(region.morphological.voxels(), 1), 801);
  const auto measured = std::ranges::count(region.intensity.voxels(), 1);
  EXPECT_LT(measured, 801) << "the masks differ";
  EXPECT_GT(measured, 700);
  for (const Value& value : all_values(region))
    EXPECT_TRUE(std::isfinite(value.value)) << value.name();
}

TEST(AllFeatures, DoNotDependOnTheNumberOfThreads) {
  const Region region = irregular_region();
  for (const char* name : {"native", "ibsi1-e"}) {
    const SummaryOptions& options = preset(name).summary;
    const auto values = all_values(region, options, 1);
    for (const int threads : {2, 7, 16})
      expect_same_bits(all_values(region, options, threads), values);
  }
}

// --- what is around the region, and where it lies

/// The case in the middle of an image that is larger than what a cubic spline looks at.
IrregularCase surrounded_by_noise(IrregularCase input) {
  const Index3 margin{50, 45, 35};
  input.mask = padded(input.mask, margin, margin);
  input.image = padded(input.image, margin, margin, std::nan(""));
  std::mt19937 random(9);
  for (double& x : input.image.voxels())
    if (const double noise = double(random() % 100); std::isnan(x)) x = noise;
  return input;
}

TEST(AllFeatures, DoNotDependOnHowMuchOfTheImageIsRead) {
  const IrregularCase input = surrounded_by_noise(irregular_case());
  const ImageWindow whole_image = as_window(input.image);
  const MaskWindow mask = cut_to_its_box(input.mask);
  for (const char* name : {"native", "ibsi1-a", "ibsi1-b", "ibsi1-c", "ibsi1-d", "ibsi1-e"}) {
    SCOPED_TRACE(name);
    Settings settings = preset(name);
    settings.prepare.margin_mm = needed_margin_mm(settings.summary);
    const Box needed = needed_box(mask.grid, mask.box, settings.prepare);
    for (int axis = 0; axis < 3; ++axis) EXPECT_LT(needed.size()[axis], mask.grid.size[axis]);
    const ImageWindow part{mask.grid, needed, crop(input.image, needed)};
    const auto values = all_values(prepare(part, mask, settings.prepare), settings.summary);
    expect_same_bits(all_values(prepare(whole_image, mask, settings.prepare), settings.summary),
                     values);
    settings.prepare.margin_mm = 1000;
    expect_same_bits(all_values(prepare(whole_image, mask, settings.prepare), settings.summary),
                     values);
  }
}

// What is not finite is to local intensity as what lies beyond the border of the image; nothing
// else looks outside the masks.
TEST(AllFeatures, DoNotDependOnWhereTheRegionLies) {
  const Region region = irregular_region();
  const auto values = all_values(region);
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  expect_same_bits(all_values(padded(region, {0, 0, 0}, {3, 4, 5}, nothing)), values);
  expect_same_bits(all_values(padded(region, {5, 1, 2}, {0, 0, 0}, nothing)), values);
  expect_same_bits(all_values(padded(region, {101, 2, 7}, {1, 40, 3}, nothing)), values);
}

TEST(AllFeatures, DoNotDependOnTheFrameOfThePatient) {
  const Region region = irregular_region();
  const auto values = all_values(region);
  const auto place = [&](Geometry grid) {
    grid.origin_mm = {-312.7, 1e5, 47.11};
    grid.direction = {0, -0.6, 0.8, 1, 0, 0, 0, 0.8, 0.6};
    return grid;
  };
  const auto placed = [&](const auto& volume) {
    std::decay_t<decltype(volume)> result(place(volume.geometry()));
    std::ranges::copy(volume.voxels(), result.voxels().begin());
    return result;
  };
  expect_same_bits(all_values({placed(region.image), placed(region.morphological),
                               placed(region.intensity), place(region.grid), region.range}),
                   values);
}

// Local intensity alone looks at what surrounds the intensity mask.
TEST(AllFeatures, LookOnlyInsideTheMasks) {
  Region region = irregular_region();
  const auto before = all_values(region);
  for (std::size_t i = 0; i < region.image.voxels().size(); ++i)
    if (!region.intensity.voxels()[i]) region.image.voxels()[i] = 5000;
  auto after = all_values(region);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i)
    if (after[i].family == "local_intensity") {
      EXPECT_GT(after[i].value, before[i].value) << after[i].name();
      after[i] = before[i];
    }
  expect_same_bits(after, before);
}

// --- exchanged and reversed axes

bool is_measured_in_slices(const Value& value) {
  switch (value.aggregation) {
    case Aggregation::none:
      return value.feature.starts_with("maximum_axial_diameter");
    case Aggregation::average_3d:
    case Aggregation::merged_3d:
    case Aggregation::volume_3d:
      return false;
    default:
      return true;
  }
}

/// All are sums of the same terms in another order (some thousand, of one sign or divided by a
/// larger sum), but for the smallest ellipsoid: its volume is known to a factor of 1 + 1e-7, and
/// around a minimum its axes, hence its area, to the root of that.
double tolerance_of(const Value& value) {
  if (value.feature == "volume_density_mvee") return 1e-7;
  return value.feature == "area_density_mvee" ? 1e-3 : 1e-11;
}

void expect_equal(const std::vector<Value>& found, const std::vector<Value>& expected,
                  bool slices_too) {
  ASSERT_EQ(found.size(), expected.size());
  int in_slices = 0, changed = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (slices_too || !is_measured_in_slices(found[i])) {
      expect_near(found[i], expected[i].value, tolerance_of(found[i]));
    } else {
      ++in_slices;
      changed += std::abs(found[i].value - expected[i].value) > 1e-6 * std::abs(found[i].value);
    }
  }
  EXPECT_TRUE(slices_too || changed > 0.9 * in_slices) << "other slices, other values";
}

TEST(AllFeatures, FollowExchangedAxes) {
  const Region region = irregular_region();
  const auto values = all_values(region);
  Index3 order{0, 1, 2};
  while (std::ranges::next_permutation(order).found) {
    SCOPED_TRACE(join(order, " "));
    expect_equal(all_values(reoriented(region, order)), values, order[2] == 2);
  }
}

TEST(AllFeatures, DoNotChangeWithReversedAxes) {
  const Region region = irregular_region();
  const auto values = all_values(region);
  for (const std::array<bool, 3>& backwards : {std::array{true, false, false},
                                               {false, true, false},
                                               {false, false, true},
                                               {true, true, true}})
    expect_equal(all_values(reoriented(region, {0, 1, 2}, backwards)), values, true);
}

// --- other intensities

/// x becomes scale * x + shift.
struct Line {
  double scale, shift;

  double operator()(double x) const { return scale * x + shift; }
};

void apply(const Line& line, std::optional<double>& limit) {
  if (limit) limit = line(*limit);
}

Region with_intensities(Region region, const Line& line) {
  for (double& x : region.image.voxels()) x = line(x);
  apply(line, region.range.lowest);
  apply(line, region.range.highest);
  return region;
}

/// The centre of an intensity mask in mm, each voxel with the weight line(intensity).
Vector3 centre_mm(const Region& region, const Mask& mask, const Line& line) {
  double sum = 0;
  Vector3 centre{};
  const Index3 size = mask.geometry().size;
  for (int z = 0; z < size[2]; ++z)
    for (int y = 0; y < size[1]; ++y)
      for (int x = 0; x < size[0]; ++x) {
        if (!mask(x, y, z)) continue;
        const double weight = line(region.image(x, y, z));
        const Vector3 place{double(x), double(y), double(z)};
        for (int axis = 0; axis < 3; ++axis) centre[axis] += weight * place[axis];
        sum += weight;
      }
  for (int axis = 0; axis < 3; ++axis) centre[axis] *= mask.geometry().spacing_mm[axis] / sum;
  return centre;
}

double centre_of_mass_shift(const Region& region, const Line& line) {
  const Vector3 outline = centre_mm(region, region.morphological, {0, 1});
  const Vector3 mass = centre_mm(region, region.intensity, line);
  return std::hypot(outline[0] - mass[0], outline[1] - mass[1], outline[2] - mass[2]);
}

/// The value of a feature for changed intensities, from all values as they were.
using Before = std::map<std::string, double>;
using Rule = std::function<double(const Line&, const Before&, double own)>;

double is_an_intensity(const Line& line, const Before&, double own) { return line(own); }
double is_a_difference(const Line& line, const Before&, double own) { return line.scale * own; }
double is_a_squared_difference(const Line& line, const Before&, double own) {
  return line.scale * line.scale * own;
}

/// Mean of (scale * x + shift)^2, from that of x^2 and the mean of x.
double mean_square(const Line& line, const Before& before) {
  const double root = before.at("statistics_root_mean_square");
  return line.scale * line.scale * root * root +
         2 * line.scale * line.shift * before.at("statistics_mean") + line.shift * line.shift;
}

/// Features that depend on the unit or the zero of intensities. All others do not change, if bins
/// and limits change with the intensities.
const std::map<std::string, Rule> rules{
    {"local_intensity_local_intensity_peak", is_an_intensity},
    {"local_intensity_global_intensity_peak", is_an_intensity},
    {"statistics_mean", is_an_intensity},
    {"statistics_median", is_an_intensity},
    {"statistics_minimum", is_an_intensity},
    {"statistics_percentile_10", is_an_intensity},
    {"statistics_percentile_90", is_an_intensity},
    {"statistics_maximum", is_an_intensity},
    {"statistics_variance", is_a_squared_difference},
    {"statistics_interquartile_range", is_a_difference},
    {"statistics_range", is_a_difference},
    {"statistics_mean_absolute_deviation", is_a_difference},
    {"statistics_robust_mean_absolute_deviation", is_a_difference},
    {"statistics_median_absolute_deviation", is_a_difference},
    {"statistics_coefficient_of_variation",
     [](const Line& line, const Before& before, double own) {
       const double mean = before.at("statistics_mean");
       return own * line.scale * mean / line(mean);
     }},
    {"statistics_quartile_coefficient_of_dispersion",
     [](const Line& line, const Before& before, double own) {
       const double difference = before.at("statistics_interquartile_range");
       const double sum = difference / own;
       return line.scale * difference / (line.scale * sum + 2 * line.shift);
     }},
    {"statistics_energy",
     [](const Line& line, const Before& before, double own) {
       const double root = before.at("statistics_root_mean_square");
       return own / (root * root) * mean_square(line, before);
     }},
    {"statistics_root_mean_square", [](const Line& line, const Before& before,
                                       double) { return std::sqrt(mean_square(line, before)); }},
    {"ivh_intensity_at_10_volume", is_an_intensity},
    {"ivh_intensity_at_90_volume", is_an_intensity},
    {"ivh_intensity_difference_10_90", is_a_difference},
    {"morphology_integrated_intensity",
     [](const Line& line, const Before& before, double own) {
       return line.scale * own + line.shift * before.at("morphology_volume_mesh");
     }},
    {"morphology_centre_of_mass_shift",
     [](const Line& line, const Before&, double) {
       return centre_of_mass_shift(irregular_region(), line);
     }},
};

Before by_name(const std::vector<Value>& values) {
  Before result;
  for (const Value& value : values) result[value.name()] = value.value;
  return result;
}

/// Grey levels are the same, so that what is made of them is, to the last bit. The rest is made of
/// whole numbers, of which sums of up to 1e9 are exact, and powers of distances from the mean,
/// whose relative rounding is that of the mean: some 1e-16 * 1000 / 30.
void expect_rules(const std::vector<Value>& found, const std::vector<Value>& values,
                  const Line& line, const std::map<std::string, Rule>& known) {
  ASSERT_EQ(found.size(), values.size());
  const Before before = by_name(values);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto rule = known.find(found[i].name());
    const double own = values[i].value;
    const bool of_levels =
        found[i].aggregation != Aggregation::none || found[i].family == "histogram";
    expect_near(found[i], rule == known.end() ? own : rule->second(line, before, own),
                of_levels ? 0 : 1e-11);
  }
}

constexpr Line lines[] = {{1, 1000}, {1, -37}, {3, 0}, {3, -200}, {0.25, 12}};

TEST(AllFeatures, FollowShiftedAndScaledIntensitiesWithTheirBins) {
  const Region region = irregular_region();
  const FixedBinSize bins{.width = 12, .first_edge = -40}, ivh_bins{.width = 4, .first_edge = -8};
  const auto options = [&](const Line& line) {
    return SummaryOptions{
        .texture_bins = FixedBinSize{line.scale * bins.width, line(bins.first_edge)},
        .ivh_bins = FixedBinSize{line.scale * ivh_bins.width, line(ivh_bins.first_edge)}};
  };
  const auto values = all_values(region, options({1, 0}));
  for (const auto& [name, rule] : rules) EXPECT_TRUE(by_name(values).contains(name)) << name;
  for (const Line& line : lines) {
    SCOPED_TRACE(to_text(line.scale) + " " + to_text(line.shift));
    expect_rules(all_values(with_intensities(region, line), options(line)), values, line, rules);
  }
}

// A fixed number of bins follows the intensities by itself; the curve of volumes is then one of
// bin numbers.
TEST(AllFeatures, FollowShiftedAndScaledIntensitiesInAFixedNumberOfBins) {
  const Region region = irregular_region();
  const SummaryOptions options{.texture_bins = FixedBinNumber{16}, .ivh_bins = FixedBinNumber{100}};
  auto of_bin_numbers = rules;
  std::erase_if(of_bin_numbers, [](const auto& rule) { return rule.first.starts_with("ivh_"); });
  const auto values = all_values(region, options);
  for (const Line& line : lines) {
    SCOPED_TRACE(to_text(line.scale) + " " + to_text(line.shift));
    expect_rules(all_values(with_intensities(region, line), options), values, line, of_bin_numbers);
  }
}

}  // namespace
}  // namespace radiomics
