#include "samples/truth.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"

namespace radiomics::samples {
namespace {

struct Voxels {
  double volume_mm3 = 0;
  double mean_hu = 0;
  double variance_hu = 0;
  Vector3 variance_mm2{};  ///< along the ellipsoid's own axes
};

Voxels measured(const Mask& mask, const Volume<std::int16_t>& hu, const Ellipsoid& ellipsoid) {
  const Geometry& grid = mask.geometry();
  double count = 0, sum = 0, squares = 0;
  Vector3 sums{}, square_sums{};
  const Box box = bounding_box(mask);
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x) {
        if (!mask(x, y, z)) continue;
        const Vector3 p = position_mm(grid, Index3{x, y, z});
        ++count;
        sum += hu(x, y, z);
        squares += double(hu(x, y, z)) * hu(x, y, z);
        for (int axis = 0; axis < 3; ++axis) {
          double along = 0;
          for (int row = 0; row < 3; ++row)
            along += ellipsoid.axes[3 * row + axis] * (p[row] - ellipsoid.centre_mm[row]);
          sums[axis] += along;
          square_sums[axis] += along * along;
        }
      }
  Voxels result{count * grid.voxel_volume_mm3(), sum / count,
                squares / count - sum / count * sum / count, Vector3{}};
  for (int axis = 0; axis < 3; ++axis)
    result.variance_mm2[axis] = square_sums[axis] / count - sums[axis] / count * sums[axis] / count;
  return result;
}

/// Calls test(patient, roi, voxels) for every lesion.
template <class Test>
void for_every_lesion(const Test& test) {
  for (const Patient& patient : cohort_patients()) {
    const auto hu = scanned(patient.phantom, patient.grid);
    for (const Roi& roi : patient.rois) {
      if (roi.lesion < 0) continue;
      SCOPED_TRACE("patient " + to_text(patient.number) + ", " + roi.name);
      test(patient, roi, measured(voxelised(roi.ellipsoid, patient.grid), hu, roi.ellipsoid));
    }
  }
}

// 4 pi r^2 for a sphere; for c -> 0 the two faces of a disc. The formula is at most 1.061 % off.
TEST(Truth, SurfaceIsThatOfSphereAndDisc) {
  const double pi = std::acos(-1.0);
  EXPECT_NEAR(surface_mm2({{}, {7, 7, 7}}), 4 * pi * 49, 1e-9);
  EXPECT_NEAR(surface_mm2({{}, {7, 7, 1e-6}}), 2 * pi * 49, 0.01061 * 2 * pi * 49);
}

TEST(Truth, LesionsLieInsideTheScan) {
  for (const Patient& patient : cohort_patients())
    for (const Roi& roi : patient.rois) {
      if (roi.lesion < 0) continue;
      const Box box = bounding_box(voxelised(roi.ellipsoid, patient.grid));
      EXPECT_EQ(grown(box, {3, 3, 3}, patient.grid).size(),
                (Index3{box.size()[0] + 6, box.size()[1] + 6, box.size()[2] + 6}))
          << patient.number;
    }
}

TEST(Truth, VoxelisedVolumesAgree) {
  for_every_lesion([](const Patient& patient, const Roi& roi, const Voxels& voxels) {
    const double tolerance = volume_tolerance_mm3(roi.ellipsoid, patient.grid);
    EXPECT_NEAR(voxels.volume_mm3, volume_mm3(roi.ellipsoid), tolerance);
    // the tolerance itself is worth something: small beside the volume, also of the smallest
    EXPECT_LT(tolerance, (roi.lesion == 0 ? 0.03 : 0.07) * volume_mm3(roi.ellipsoid));
  });
}

TEST(Truth, VoxelisedElongationAndFlatnessAgree) {
  for_every_lesion([](const Patient& patient, const Roi& roi, const Voxels& voxels) {
    const auto [a, b, c] = voxels.variance_mm2;
    const auto close = [&](double ratio, double truth) {
      EXPECT_NEAR(ratio, truth, ratio_tolerance(truth, roi.ellipsoid, patient.grid));
    };
    close(std::sqrt(b / a), elongation(roi.ellipsoid));
    close(std::sqrt(c / a), flatness(roi.ellipsoid));
  });
}

/// The largest distance between voxels of a convex mask: one between ends of rows.
double largest_distance_mm(const Mask& mask) {
  std::vector<Vector3> ends;
  const Box box = bounding_box(mask);
  for (int z = box.first[2]; z <= box.last[2]; ++z)
    for (int y = box.first[1]; y <= box.last[1]; ++y)
      for (int x = box.first[0]; x <= box.last[0]; ++x)
        if (mask(x, y, z) && !(mask(x - 1, y, z) && mask(x + 1, y, z)))
          ends.push_back(position_mm(mask.geometry(), Index3{x, y, z}));
  double largest = 0;
  for (const auto& [ax, ay, az] : ends)
    for (const auto& [bx, by, bz] : ends)
      largest =
          std::max(largest, (ax - bx) * (ax - bx) + (ay - by) * (ay - by) + (az - bz) * (az - bz));
  return std::sqrt(largest);
}

// Centres of voxels lie inside the ellipsoid: their distances are shorter, never longer.
TEST(Truth, VoxelisedDiametersAgree) {
  for (const Patient& patient : cohort_patients())
    for (const Roi& roi : patient.rois) {
      if (roi.lesion < 0) continue;
      const double truth = 2 * roi.ellipsoid.semi_axes_mm[0];
      const double measured_mm = largest_distance_mm(voxelised(roi.ellipsoid, patient.grid));
      EXPECT_LE(measured_mm, truth) << patient.number;
      EXPECT_GE(measured_mm, truth - diameter_tolerance_mm(patient.grid)) << patient.number;
    }
}

// The mean of a wave over a whole lesion, and over its own phase, is 0; 3 HU are left where few
// wavelengths fit. The noise of the mean is far below. For the variance the same holds; 15 % of it.
TEST(Truth, IntensitiesAreAsStated) {
  for_every_lesion([](const Patient& patient, const Roi& roi, const Voxels& voxels) {
    const Texture& texture = patient.phantom.lesions[roi.lesion].texture;
    const double variance = texture.wave_sd_hu * texture.wave_sd_hu +
                            texture.noise_sd_hu * texture.noise_sd_hu + 1.0 / 12;  // of rounding
    EXPECT_NEAR(voxels.mean_hu, texture.mean_hu, 3);
    EXPECT_NEAR(voxels.variance_hu, variance, 0.15 * variance);
  });
}

TEST(Truth, SemiAxesFall) {
  for (const Patient& patient : cohort_patients())
    for (const Roi& roi : patient.rois) {
      if (roi.lesion < 0) continue;
      const auto [a, b, c] = roi.ellipsoid.semi_axes_mm;
      EXPECT_TRUE(a >= b && b >= c) << patient.number;
    }
}

TEST(Truth, TableHasOneRowPerLesion) {
  const auto lines = split(truth_csv(cohort_patients()), '\n');
  ASSERT_EQ(lines.size(), 1u + 26u + 1u);  // header, 24 tumours and 2 nodes, end
  // the only sphere, patient 6: 4/3 pi 15.4^3
  std::set<std::string> spheres;
  for (const std::string& line : lines)
    if (line.find(",1,1,") != std::string::npos) spheres.insert(line.substr(line.find(',') + 1));
  ASSERT_EQ(spheres.size(), 1u);
  EXPECT_EQ(*spheres.begin(),
            "GTV-1,rtstruct,15.4,15.4,15.4,15298.5677,30.8,1,1,30.8,30.8,45,6,9,7");
}

}  // namespace
}  // namespace radiomics::samples
