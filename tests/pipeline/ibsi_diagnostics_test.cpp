// The IBSI CT phantom between the steps: image and masks as they are read, interpolated and
// resegmented, in configurations A to E of IBSI 1.
// Source: IBSI reference manual, section 5.2, diagnostics of the configurations.

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "radiomics/features/sample.h"
#include "radiomics/io/open.h"
#include "radiomics/settings/presets.h"
#include "radiomics/tables/csv_reader.h"
#include "tests/support/data.h"
#include "tests/support/ibsi.h"
#include "tests/support/regions.h"

namespace radiomics {
namespace {

/// Values of one stage by their name in the table.
using Stage = std::map<std::string, double>;

template <class Numbers>
void add_axes(const std::string& name, const Numbers& numbers, Stage& stage) {
  for (int axis = 0; axis < 3; ++axis)
    stage[name + " dimension " + "xyz"[axis]] = double(numbers[axis]);
}

/// Of the intensity mask. Sums of whole numbers are exact.
void add_intensities(const std::string& mean, const std::string& minimum,
                     const std::string& maximum, const Region& region, Stage& stage) {
  const std::vector<double> values = intensities(region);
  const auto [lowest, highest] = std::ranges::minmax(values);
  stage[mean] = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
  stage[minimum] = lowest;
  stage[maximum] = highest;
}

Stage image_stage(const Region& everything) {
  Stage stage;
  add_axes("Image", everything.grid.size, stage);
  add_axes("Voxel", everything.grid.spacing_mm, stage);
  add_intensities("Mean intensity", "Minimum intensity", "Maximum intensity", everything, stage);
  return stage;
}

double voxels_in(const Mask& mask) { return double(std::ranges::count(mask.voxels(), 1)); }

Stage roi_stage(const Region& region) {
  Stage stage;
  add_axes("Int. mask", region.grid.size, stage);
  add_axes("Int. mask bounding box", bounding_box(region.intensity).size(), stage);
  add_axes("Morph. mask bounding box", bounding_box(region.morphological).size(), stage);
  stage["Int. mask voxel count"] = voxels_in(region.intensity);
  stage["Morph. mask voxel count"] = voxels_in(region.morphological);
  add_intensities("Int. mask mean intensity", "Int. mask minimum intensity",
                  "Int. mask maximum intensity", region, stage);
  return stage;
}

/// All stages of a configuration by their name in the table.
std::map<std::string, Stage> stages_of(const ImageWindow& image, const MaskWindow& mask,
                                       const PrepareOptions& options) {
  const MaskWindow everything = as_window(Mask(image.grid, 1));
  const PrepareOptions interpolation{.resample = options.resample};
  return {{"initial image", image_stage(prepare(image, everything, {}))},
          {"interpolated image", image_stage(prepare(image, everything, interpolation))},
          {"initial ROI", roi_stage(prepare(image, mask, {}))},
          {"interpolated ROI", roi_stage(prepare(image, mask, interpolation))},
          {"resegmented ROI", roi_stage(prepare(image, mask, options))}};
}

/// Means and spacings are published as features are, to three digits, whole numbers in full.
void expect_published(const std::string& name, double value, double published, double tolerance) {
  if (lower_case(name).find("mean") != std::string::npos || name.starts_with("Voxel dimension"))
    expect_ibsi(value, published, tolerance);
  else
    EXPECT_NEAR(value, published, tolerance);
}

constexpr std::pair<const char*, const char*> configurations[] = {
    {"A", "ibsi1-a"}, {"B", "ibsi1-b"}, {"C", "ibsi1-c"}, {"D", "ibsi1-d"}, {"E", "ibsi1-e"}};

/// Compares every row of the table. \return their number
int compare(const ImageSource& source, const MaskSource& masks, const TextTable& published) {
  const ImageWindow image = source.read(whole(source.geometry));
  const MaskWindow mask = masks.mask(masks.names.at(0), source.geometry).mask;
  std::map<std::string, std::map<std::string, Stage>> found;
  for (const auto& [name, preset_name] : configurations)
    found[name] = stages_of(image, mask, preset(preset_name).prepare);
  int compared = 0;
  for (const auto& row : published.rows) {
    // config,stage,name,value,tolerance,consensus,tag
    SCOPED_TRACE(row[0] + " " + row[1] + " " + row[2]);
    expect_published(row[2], found.at(row[0]).at(row[1]).at(row[2]), to_number(row[3]).value(),
                     to_number(row[4]).value());
    ++compared;
  }
  return compared;
}

constexpr int published_values = 300;  // every row has one

TEST(IbsiDiagnostics, AreMetFromNifti) {
  REFERENCE_DATA_OR_SKIP(ibsi, "ibsi");
  EXPECT_EQ(
      compare(open_image(ibsi / "ibsi1_ct/image.nii.gz"), open_mask(ibsi / "ibsi1_ct/mask.nii.gz"),
              read_csv(ibsi / "ibsi1_diagnostics.csv")),
      published_values);
}

TEST(IbsiDiagnostics, AreMetFromDicom) {
  REFERENCE_DATA_OR_SKIP(ibsi, "ibsi");
  EXPECT_EQ(
      compare(open_image(ibsi / "ibsi1_ct_dicom/ct"), open_mask(ibsi / "ibsi1_ct_dicom/rtstruct"),
              read_csv(ibsi / "ibsi1_diagnostics.csv")),
      published_values);
}

}  // namespace
}  // namespace radiomics
