#include "benchmarks/region_list.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "benchmarks/synthetic_regions.h"

#include "radiomics/core/mask_runs.h"

namespace radiomics::benchmarks {
namespace {

/// The first region of a case in voxels of this size; 0: as scanned. Resampled as IBSI asks for in
/// its configuration C, but not resegmented.
Source scanned_source(const Case& input, double spacing_mm) {
  const OpenedCase opened = open_case(input);
  PrepareOptions options;
  options.resample.spacing_mm = {spacing_mm, spacing_mm, spacing_mm};
  options.resample.round_intensities = true;
  options.margin_mm = needed_margin_mm(summary_options());
  LoadedRegion loaded = load_region(opened, opened.rois.front(), options);
  return {std::move(loaded.image), std::move(loaded.mask), options};
}

Region cropped_to_outline(const Region& region) {
  const Box box = bounding_box(region.morphological);
  return {crop(region.image, box), crop(region.morphological, box), crop(region.intensity, box),
          region.grid, region.range};
}

}  // namespace

SummaryOptions summary_options() {
  return {.texture_bins = FixedBinSize{25, -1000}, .ivh_bins = FixedBinSize{2.5, -1000}};
}

std::vector<Aggregation> once() { return {Aggregation::merged_3d, Aggregation::volume_3d}; }

std::vector<RegionRecipe> all_regions(const std::filesystem::path& data) {
  std::vector<RegionRecipe> regions{{"many_levels", many_levels_source}};
  if (const auto phantom = data / "ibsi/ibsi1_ct"; std::filesystem::exists(phantom)) {
    const Case input = case_of(phantom / "image.nii.gz", phantom / "mask.nii.gz", "phantom");
    regions.push_back({"ct_2mm", [input] { return scanned_source(input, 2); }});
    regions.push_back({"ct_native", [input] { return scanned_source(input, 0); }});
    regions.push_back({"ct_1mm", [input] { return scanned_source(input, 1); }});
  }
  for (const Case& input : dicom_cases(data))
    if (input.name == "lung_ct")
      regions.push_back({input.name, [input] { return scanned_source(input, 0); }});
  for (const int times : {1, 4, 16, 64})
    regions.push_back({"ellipsoid_" + std::to_string(times),
                       [times] { return ellipsoid_source(std::cbrt(times / 64.)); }});
  return regions;
}

std::vector<Case> dicom_cases(const std::filesystem::path& data) {
  std::vector<Case> cases;
  for (const auto& [folder, roi, name] : {std::array{"ibsi/ibsi1_ct_dicom", "GTV-1", "ct_phantom"},
                                          std::array{"dicom/lung4d_113", "Tumor_c40", "lung_ct"}}) {
    if (!std::filesystem::exists(data / folder)) continue;
    cases.push_back(case_of(data / folder / "ct", data / folder / "rtstruct", name));
    cases.back().rois = {roi};
  }
  return cases;
}

MeasuredRegion measured(const RegionRecipe& recipe) {
  MeasuredRegion region;
  region.source = recipe.make();
  const auto& [image, mask, options] = region.source;
  region.in_image = prepare(image, mask, options);
  region.cropped = cropped_to_outline(region.in_image);
  region.sample = summarise_sample(intensities(region.cropped));
  region.levels = discretise(region.cropped, summary_options().texture_bins);
  return region;
}

std::filesystem::path reference_data() {
  const char* root = std::getenv("RADIOMICS_TEST_DATA");
  std::filesystem::path data = root ? root : "";
  if (!std::filesystem::exists(data / "ibsi/ibsi1_ct"))
    std::cerr << "radiomics_benchmarks: the CT phantom is left out: needs ibsi/ibsi1_ct below "
                 "RADIOMICS_TEST_DATA\n";
  return data;
}

}  // namespace radiomics::benchmarks
