#include <cmath>
#include <limits>

#include "radiomics/core/mask_runs.h"
#include "radiomics/features/morphology.h"

namespace radiomics {
namespace {

/// Sums of weights and of weights times the index of voxels.
struct WeightedIndices {
  double weight = 0;
  Vector3 index{};

  /// A run of voxels: their weight, and the sum of their weights times x.
  void add(double w, double wx, const MaskRun& run, const Index3& origin) {
    weight += w;
    index[0] += wx;
    index[1] += w * (run.y - origin[1]);
    index[2] += w * (run.z - origin[2]);
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

WeightedIndices indices_of(const Mask& mask, const Index3& origin) {
  WeightedIndices sums;
  for_each_run(mask, [&](const MaskRun& run) {
    const double middle = 0.5 * (run.first + run.last) - origin[0];
    sums.add(run.size(), run.size() * middle, run, origin);
  });
  return sums;
}

WeightedIndices indices_of(const Mask& mask, const Image& weights, const Index3& origin) {
  WeightedIndices sums;
  for_each_run(mask, [&](const MaskRun& run) {
    double w = 0, wx = 0;
    for (int x = run.first; x <= run.last; ++x) {
      w += weights(x, run.y, run.z);
      wx += weights(x, run.y, run.z) * (x - origin[0]);
    }
    sums.add(w, wx, run, origin);
  });
  return sums;
}

}  // namespace

MassDistribution mass_distribution(const Region& region, const Sample& sample) {
  const Index3 origin = bounding_box(region.morphological).first;
  const Vector3& spacing_mm = region.image.geometry().spacing_mm;
  return {sample.sorted.size(), sample.mean,
          distance_of_centres_mm(indices_of(region.morphological, origin),
                                 indices_of(region.intensity, region.image, origin), spacing_mm)};
}

}  // namespace radiomics
