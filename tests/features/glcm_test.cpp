#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/directional.h"
#include "tests/support/families.h"
#include "tests/support/ibsi.h"

namespace radiomics {
namespace {

struct Published {
  const char* code;
  std::array<double, 6> values;  ///< in the order of `directional`
};

// Source: IBSI reference manual, section 5.1, digital phantom; tolerance 0 for all.
constexpr Published published[] = {
    {"GYBY", {0.519, 0.512, 0.489, 0.492, 0.503, 0.509}},
    {"60VM", {2.14, 2.14, 2.2, 2.2, 2.14, 2.15}},
    {"UR99", {2.69, 2.71, 3.22, 3.24, 3.1, 3.13}},
    {"TU9B", {2.05, 2.24, 2.48, 2.61, 2.4, 2.57}},
    {"TF7R", {1.42, 1.4, 1.46, 1.44, 1.43, 1.38}},
    {"D3YU", {2.9, 3.06, 3.11, 3.23, 3.06, 3.21}},
    {"NTRS", {1.4, 1.49, 1.61, 1.67, 1.56, 1.64}},
    {"ZGXS", {4.28, 4.29, 4.41, 4.41, 4.29, 4.3}},
    {"OEEB", {5.47, 5.66, 7.48, 7.65, 7.07, 7.41}},
    {"P6QZ", {1.6, 1.79, 2.01, 2.14, 1.92, 2.11}},
    {"8ZQL", {0.368, 0.352, 0.286, 0.277, 0.303, 0.291}},
    {"ACUI", {5.28, 5.19, 5.39, 5.29, 5.32, 5.12}},
    {"8S9J", {1.42, 1.4, 1.46, 1.44, 1.43, 1.38}},
    {"IB1Z", {0.678, 0.683, 0.668, 0.673, 0.677, 0.688}},
    {"NDRX", {0.851, 0.854, 0.847, 0.85, 0.851, 0.856}},
    {"WF0Z", {0.619, 0.625, 0.606, 0.613, 0.618, 0.631}},
    {"1QCO", {0.899, 0.901, 0.897, 0.899, 0.898, 0.902}},
    {"E8JP", {0.0567, 0.0553, 0.0597, 0.0582, 0.0604, 0.0574}},
    {"NI2N", {-0.0121, 0.0173, 0.178, 0.182, 0.157, 0.183}},
    {"QWB0", {5.09, 5.14, 5.4, 5.45, 5.06, 5.19}},
    {"DG8W", {5.47, 5.66, 7.48, 7.65, 7.07, 7.41}},
    {"7NFM", {7, 6.98, 16.6, 16.4, 16.6, 17.4}},
    {"AE86", {79.1, 80.4, 147, 142, 145, 147}},
    {"R8DG", {-0.155, -0.0341, -0.124, -0.0334, -0.157, -0.0288}},
    {"JN9H", {0.487, 0.263, 0.487, 0.291, 0.52, 0.269}},
};

TEST(Glcm, MatchesIbsiOnTheDigitalPhantom) {
  const RegionSummary summary = summarise_levels(digital_phantom());
  EXPECT_EQ(std::size(published), glcm_family().definitions.size());
  for (std::size_t i = 0; i < directional.size(); ++i) {
    const auto found = values_of(glcm_family(), summary, directional[i]);
    for (const auto& [code, values] : published) {
      SCOPED_TRACE(std::string(code) + " " + std::string(description(directional[i])));
      expect_ibsi(found.at(code), values[i], 0);
    }
  }
}

// A region of the single level 3; by the formulas, correlation and the first information
// correlation are 0 / 0.
TEST(Glcm, OfOneGreyLevel) {
  const RegionSummary summary = summarise_levels(uniform_region(3, 3));
  for (const Aggregation aggregation : directional) {
    SCOPED_TRACE(description(aggregation));
    const auto values = values_of(glcm_family(), summary, aggregation);
    EXPECT_EQ(values.at("60VM"), 3);
    EXPECT_EQ(values.at("ZGXS"), 6);
    EXPECT_EQ(values.at("QWB0"), 9);
    for (const char* code : {"GYBY", "8ZQL", "IB1Z", "NDRX", "WF0Z", "1QCO"})
      EXPECT_EQ(values.at(code), 1) << code;
    for (const char* code : {"UR99", "TU9B", "TF7R", "D3YU", "NTRS", "OEEB", "P6QZ", "ACUI", "8S9J",
                             "E8JP", "DG8W", "7NFM", "AE86", "JN9H"})
      EXPECT_EQ(values.at(code), 0) << code;
    for (const char* code : {"NI2N", "R8DG"}) EXPECT_TRUE(std::isnan(values.at(code))) << code;
  }
}

TEST(Glcm, WithoutNeighboursIsUndefined) {
  Region far_apart = uniform_region(3);
  far_apart.intensity = Mask(far_apart.grid);
  far_apart.intensity(0, 0, 0) = far_apart.intensity(2, 2, 2) = 1;
  for (const Region& region : {uniform_region(1), far_apart})
    for (const Aggregation aggregation : directional)
      for (const auto& [code, value] :
           values_of(glcm_family(), summarise_levels(region), aggregation))
        EXPECT_TRUE(std::isnan(value)) << code;
}

// The levels 1 2 1 2 along x: each voxel tells its neighbour.
TEST(Glcm, OfAlternatingLevelsOnALine) {
  const Geometry grid{.size = {4, 1, 1}};
  Region region{Image(grid), Mask(grid, 1), Mask(grid, 1), grid};
  for (int x = 0; x < 4; ++x) region.image(x, 0, 0) = 1 + x % 2;
  for (const Aggregation aggregation : directional) {
    const auto values = values_of(glcm_family(), summarise_levels(region), aggregation);
    EXPECT_EQ(values.at("NI2N"), -1);
    EXPECT_EQ(values.at("R8DG"), -1);
    EXPECT_EQ(values.at("TU9B"), 1);
    EXPECT_EQ(values.at("JN9H"), std::sqrt(1 - std::exp(-2.)));
    EXPECT_EQ(values.at("E8JP"), 1);
    EXPECT_EQ(values.at("QWB0"), 2);
  }
}

// The correlation is computed from sums and differences; here by its definition.
TEST(Glcm, CorrelationAndAutocorrelationFollowTheirDefinition) {
  const RegionSummary summary = summarise_levels(ragged_region(7));
  const Glcm& m = summary.glcm.at(Aggregation::merged_3d).at(0);
  double covariance = 0, variance = 0, product = 0;
  for (const auto& [cell, count] : cells_of(m)) {
    const double p = double(count) / double(m.pair_count);
    const double i = cell.first - m.level_mean, j = cell.second - m.level_mean;
    covariance += p * i * j;
    variance += p * i * i;
    product += p * cell.first * cell.second;
  }
  const auto values = values_of(glcm_family(), summary, Aggregation::merged_3d);
  EXPECT_NEAR(values.at("NI2N"), covariance / variance, 1e-12);  // some hundred roundings
  EXPECT_NEAR(values.at("QWB0"), product, 1e-12 * product);
}

TEST(Glcm, IsNeverInfinite) {
  for (const int level_count : {1, 2, 100})
    for (const Index3& size : {Index3{1, 1, 1}, {2, 1, 1}, {1, 5, 1}, {1, 1, 5}, {3, 3, 3}})
      for (const Aggregation aggregation : directional) {
        const Region region = ragged_region(level_count, size);
        for (const auto& [code, value] :
             values_of(glcm_family(), summarise_levels(region), aggregation))
          EXPECT_FALSE(std::isinf(value)) << code;
      }
}

}  // namespace
}  // namespace radiomics
