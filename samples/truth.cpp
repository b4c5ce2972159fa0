#include "samples/truth.h"

#include <array>
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

/// A cell of a CSV file: in quotes where it has a comma.
std::string cell(const std::string& text) {
  if (text.find(',') == std::string::npos) return text;
  return join(std::array<std::string, 3>{"\"", text, "\""}, "");
}

std::vector<std::string> row_of(const Patient& patient, const Roi& roi) {
  std::vector<std::string> cells{patient.case_name, cell(roi.name), to_string(patient.mask)};
  for (const double value : measures(roi.ellipsoid)) cells.push_back(text_of(value));
  const Texture& texture = patient.phantom.lesions[roi.lesion].texture;
  for (const double value :
       {texture.mean_hu, texture.wave_sd_hu, texture.wavelength_mm, texture.noise_sd_hu})
    cells.push_back(to_text(value));
  return cells;
}

double volume_sd_mm3(const Ellipsoid& ellipsoid, const Geometry& grid) {
  const double h = std::cbrt(grid.voxel_volume_mm3());
  return h * h * std::sqrt(surface_mm2(ellipsoid) / 24);
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

double volume_tolerance_mm3(const Ellipsoid& ellipsoid, const Geometry& grid) {
  return 4 * volume_sd_mm3(ellipsoid, grid) + (1 - contour_area_ratio) * volume_mm3(ellipsoid);
}

double ratio_tolerance(double ratio, const Ellipsoid& ellipsoid, const Geometry& grid) {
  return 4 * 0.5 * std::sqrt(20.0 / 3) * ratio * volume_sd_mm3(ellipsoid, grid) /
         volume_mm3(ellipsoid);
}

double diameter_tolerance_mm(const Geometry& grid) {
  const auto [x, y, z] = grid.spacing_mm;
  return std::sqrt(x * x + y * y + z * z);
}

std::string truth_csv(const std::vector<Patient>& patients) {
  std::string text =
      "case,roi,source,semi_axis_a_mm,semi_axis_b_mm,semi_axis_c_mm,volume_mm3,"
      "maximum_3d_diameter_mm,elongation,flatness,maximum_axial_diameter_mm,"
      "maximum_axial_diameter_perpendicular_mm,mean_hu,wave_sd_hu,wavelength_mm,noise_sd_hu\n";
  for (const Patient& patient : patients)
    for (const Roi& roi : patient.rois)
      if (roi.lesion >= 0) text += join(row_of(patient, roi), ",").append("\n");
  return text;
}

}  // namespace radiomics::samples
