#include "samples/truth.h"

#include <cmath>
#include <numbers>

#include "radiomics/core/text.h"

namespace radiomics::samples {
namespace {

std::vector<double> measures(const Ellipsoid& ellipsoid) {
  const auto [a, b, c] = ellipsoid.semi_axes_mm;
  const auto [longest, perpendicular] = diameters_mm(*section(ellipsoid, ellipsoid.centre_mm[2]));
  return {a,
          b,
          c,
          volume_mm3(ellipsoid),
          2 * a,
          elongation(ellipsoid),
          flatness(ellipsoid),
          longest,
          perpendicular};
}

/// Nine digits: more than a file holds or a test needs, and the same on every machine.
std::string text_of(double value) {
  const double scale = std::pow(10.0, 8 - std::floor(std::log10(std::abs(value))));
  return to_text(std::floor(value * scale + 0.5) / scale);
}

}  // namespace

double elongation(const Ellipsoid& ellipsoid) {
  return ellipsoid.semi_axes_mm[1] / ellipsoid.semi_axes_mm[0];
}

double flatness(const Ellipsoid& ellipsoid) {
  return ellipsoid.semi_axes_mm[2] / ellipsoid.semi_axes_mm[0];
}

double surface_mm2(const Ellipsoid& ellipsoid) {
  constexpr double p = 1.6075;
  const auto [a, b, c] = ellipsoid.semi_axes_mm;
  const double mean = (std::pow(a * b, p) + std::pow(a * c, p) + std::pow(b * c, p)) / 3;
  return 4 * std::numbers::pi * std::pow(mean, 1 / p);
}

double volume_bound_mm3(const Ellipsoid& ellipsoid, const Geometry& grid) {
  return 0.05 * surface_mm2(ellipsoid) * std::cbrt(grid.voxel_volume_mm3());
}

std::string truth_csv(const std::vector<Patient>& patients) {
  std::string text =
      "case,roi,source,semi_axis_a_mm,semi_axis_b_mm,semi_axis_c_mm,volume_mm3,"
      "maximum_3d_diameter_mm,elongation,flatness,maximum_axial_diameter_mm,"
      "maximum_axial_diameter_perpendicular_mm,mean_hu,wave_sd_hu,wavelength_mm,noise_sd_hu\n";
  for (const Patient& patient : patients)
    for (const Roi& roi : patient.rois) {
      if (roi.lesion < 0) continue;
      text += patient.case_name + "," +
              (roi.name.find(',') == std::string::npos ? roi.name : '"' + roi.name + '"') + "," +
              to_string(patient.mask);
      for (const double value : measures(roi.ellipsoid)) text += "," + text_of(value);
      const Texture& texture = patient.phantom.lesions[roi.lesion].texture;
      for (const double value :
           {texture.mean_hu, texture.wave_sd_hu, texture.wavelength_mm, texture.noise_sd_hu})
        text += "," + to_text(value);
      text += "\n";
    }
  return text;
}

}  // namespace radiomics::samples
