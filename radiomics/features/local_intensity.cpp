// Local intensity (IBSI 9ST6): the highest means of the image in a sphere of 1 cm3.

#include "radiomics/features/local_intensity.h"

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

double local_intensity_peak(const LocalIntensity& means) { return means.local_peak; }

double global_intensity_peak(const LocalIntensity& means) { return means.global_peak; }

}  // namespace

FeatureFamily local_intensity_family() {
  return make_family(
      "local_intensity", "9ST6", "Local intensity", &RegionSummary::local_intensity,
      {
          {{"local_intensity_peak", "VJGA", "", "intensity",
            "Mean within a sphere of 1 cm3 around the voxel of the highest intensity"},
           local_intensity_peak},
          {{"global_intensity_peak", "0F91", "", "intensity",
            "Highest mean within a sphere of 1 cm3 around a voxel of the region"},
           global_intensity_peak},
      });
}

}  // namespace radiomics
