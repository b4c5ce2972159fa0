#include "radiomics/features/ivh.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/core/error.h"
#include "tests/support/errors.h"
#include "tests/support/families.h"

namespace radiomics {
namespace {

auto values_of_curve(const Ivh& ivh) {
  RegionSummary summary;
  summary.ivh = ivh;
  return values_of(ivh_family(), summary);
}

auto curve(const std::vector<double>& intensities, const Bins& bins = NoBins{},
           const IntensityRange& range = {}) {
  return values_of_curve(summarise_ivh(summarise_sample(intensities), range, bins));
}

/// The features as the manual defines them: over all points of the curve of whole intensities.
std::map<std::string_view, double> from_definition(const std::vector<double>& intensities,
                                                   int lowest, int highest) {
  std::vector<double> nu;
  for (int i = lowest; i <= highest + 1; ++i)  // one beyond, where nothing is left
    nu.push_back(double(std::ranges::count_if(intensities, [=](double x) { return x >= i; })) /
                 double(intensities.size()));
  const auto volume_at = [&](int percent) {
    for (int i = lowest; i <= highest; ++i)
      if (100 * (i - lowest) >= percent * (highest - lowest)) return nu[std::size_t(i - lowest)];
    return std::nan("");
  };
  const auto intensity_at = [&](double part) {
    int i = lowest;
    while (nu[std::size_t(i - lowest)] > part) ++i;
    return double(i);
  };
  double area = 0;
  for (int i = lowest; i < highest; ++i)
    area += 0.5 * (nu[std::size_t(i - lowest)] + nu[std::size_t(i - lowest) + 1]);
  return {{"NK6P", volume_at(10)},
          {"4279", volume_at(90)},
          {"PWN1", intensity_at(0.1)},
          {"BOHI", intensity_at(0.9)},
          {"WITY", volume_at(10) - volume_at(90)},
          {"JXJA", intensity_at(0.1) - intensity_at(0.9)},
          {"9CMM", area / (highest - lowest)}};
}

// Whole numbers: only the sums of the area are rounded.
TEST(Ivh, FollowsTheDefinition) {
  unsigned state = 11;
  for (int voxels = 2; voxels < 60; ++voxels) {
    std::vector<double> intensities{-20, 20};
    for (int i = 0; i < voxels; ++i)
      intensities.push_back(double((state = state * 1664525 + 1013904223) >> 27) - 15);
    for (const auto& [code, value] : from_definition(intensities, -20, 20))
      EXPECT_NEAR(curve(intensities).at(code), value, 1e-13) << code << " " << voxels;
    const auto wider = curve(intensities, NoBins{}, {-50, 100});
    for (const auto& [code, value] : from_definition(intensities, -50, 100))
      EXPECT_NEAR(wider.at(code), value, 1e-13) << code << " in the range, " << voxels;
  }
}

// Configuration C of the IBSI: bins of 2.5 HU over -1000 to 400 HU.
TEST(Ivh, OfBinsSpansTheCentresOfThoseInTheRange) {
  const Ivh ivh = summarise_ivh(summarise_sample({-1000, -997.5, 0, 400}), {-1000, 400},
                                FixedBinSize{.width = 2.5, .first_edge = -1000});
  EXPECT_EQ(ivh.first, -998.75);
  EXPECT_EQ(ivh.interval, 2.5);
  EXPECT_EQ(ivh.first + ivh.span * ivh.interval, 398.75);
  EXPECT_EQ(ivh.reached, (std::vector<double>{0, 1, 400, 559})) << "400 lies on the last edge";
}

TEST(Ivh, OfBinsWithoutARangeSpansThoseThatOccur) {
  const Ivh ivh =
      summarise_ivh(summarise_sample({-7, 0, 12}), {}, FixedBinSize{.width = 5, .first_edge = 0});
  EXPECT_EQ(ivh.first, -7.5) << "bins go on below the first edge";
  EXPECT_EQ(ivh.span, 4);
  EXPECT_EQ(ivh.reached, (std::vector<double>{0, 2, 4}));
}

TEST(Ivh, OfANumberOfBinsIsThatOfTheirNumbers) {
  const Ivh ivh = summarise_ivh(summarise_sample({0, 0.1, 0.55, 1}), {-10, 10}, FixedBinNumber{10});
  EXPECT_EQ(ivh.first, 1);
  EXPECT_EQ(ivh.span, 9);
  EXPECT_EQ(ivh.reached, (std::vector<double>{0, 1, 5, 9}));
  // Equal if the intensities are scaled, as those of MR are from scanner to scanner.
  EXPECT_EQ(curve({0, 1, 5, 11}, FixedBinNumber{10}), curve({0, 4, 20, 44}, FixedBinNumber{10}));
}

TEST(Ivh, OfFractionsCountsThemBetweenTheSteps) {
  const auto values = curve({0.5, 1.4, 1.6, 3.5});  // points at 0.5, 1.5, 2.5, 3.5
  EXPECT_EQ(values.at("NK6P"), 0.5) << "of at least 1.5";
  EXPECT_EQ(values.at("PWN1"), 4.5) << "more than a tenth reach the last point";
}

TEST(Ivh, OfOneIntensityHasNoVolumeFractions) {
  for (const Bins& bins : {Bins{NoBins{}}, Bins{FixedBinNumber{10}}}) {
    const auto values = curve({1, 1, 1}, bins);
    for (const char* code : {"NK6P", "4279", "WITY"})
      EXPECT_TRUE(std::isnan(values.at(code))) << code;
    EXPECT_EQ(values.at("PWN1"), 2) << "beyond the only intensity";
    EXPECT_EQ(values.at("BOHI"), 2);
    EXPECT_EQ(values.at("9CMM"), 0);
  }
}

TEST(Ivh, AreaUnderAStraightCurveIsAHalf) {
  std::vector<double> intensities;
  for (int i = 0; i < 1000; ++i) intensities.push_back(i);
  // The curve falls from 1 to 1/1000, in equal steps.
  EXPECT_NEAR(curve(intensities).at("9CMM"), 0.5 * (1 + 1e-3), 1e-13);
}

TEST(Ivh, RefusesBinsThatMakeNoSense) {
  const Sample sample = summarise_sample({1, 2});
  EXPECT_THROW(summarise_ivh(sample, {}, FixedBinSize{.width = 0}), Error);
  for (const double width : {1e-7, 1e-320})
    EXPECT_ERROR(summarise_ivh(sample, {}, FixedBinSize{.width = width}),
                 ErrorKind::invalid_settings, "choose wider bins");
  EXPECT_NO_THROW(summarise_ivh(sample, {}, FixedBinSize{.width = 1.1e-6}));
  EXPECT_THROW(summarise_ivh(sample, {}, FixedBinNumber{0}), Error);
  EXPECT_THROW(summarise_ivh(sample, {}, FixedBinNumber{max_ivh_bins + 1}), Error);
}

}  // namespace
}  // namespace radiomics
