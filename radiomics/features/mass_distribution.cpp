#include <cmath>
#include <limits>

#include "radiomics/features/morphology.h"

namespace radiomics {
namespace {

/// Sums of weights and of weights times the index of voxels.
struct WeightedIndices {
  double weight = 0;
  Vector3 index{};

  void add(double w, int x, int y, int z) {
    weight += w;
    index[0] += w * x;
    index[1] += w * y;
    index[2] += w * z;
  }
};

/// From the centre of one set of voxels to that of the other; NaN if a weight is 0.
double distance_of_centres_mm(const WeightedIndices& a, const WeightedIndices& b,
                              const Vector3& spacing_mm) {
  if (a.weight == 0 || b.weight == 0) return std::numeric_limits<double>::quiet_NaN();
  Vector3 shift;
  for (int axis = 0; axis < 3; ++axis)
    shift[axis] = (a.index[axis] / a.weight - b.index[axis] / b.weight) * spacing_mm[axis];
  return std::hypot(shift[0], shift[1], shift[2]);
}

}  // namespace

MassDistribution mass_distribution(const Region& region, const Sample& sample) {
  const auto& [first, last] = bounding_box(region.morphological);
  WeightedIndices outline, intensities;
  for (int z = first[2]; z <= last[2]; ++z)
    for (int y = first[1]; y <= last[1]; ++y)
      for (int x = first[0]; x <= last[0]; ++x) {
        const int dx = x - first[0], dy = y - first[1], dz = z - first[2];
        if (region.morphological(x, y, z)) outline.add(1, dx, dy, dz);
        if (region.intensity(x, y, z)) intensities.add(region.image(x, y, z), dx, dy, dz);
      }
  return {sample.sorted.size(), sample.mean,
          distance_of_centres_mm(outline, intensities, region.image.geometry().spacing_mm)};
}

}  // namespace radiomics
