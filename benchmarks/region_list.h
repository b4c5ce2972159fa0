#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "radiomics/core/region.h"
#include "radiomics/features/region_summary.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/load.h"
#include "radiomics/preprocess/prepare.h"

namespace radiomics::benchmarks {

/// What prepare() makes a region of.
struct Source {
  ImageWindow image;
  MaskWindow mask;
  PrepareOptions options;  ///< with the margin that the features need
};

/// A region to measure, made when it is needed: some are large.
struct RegionRecipe {
  std::string name;  ///< "ct_2mm": the last part of a benchmark's name
  std::function<Source()> make;
};

/// A region as the parts of summarise() get it.
struct MeasuredRegion {
  Source source;
  Region in_image;  ///< with the image around it
  Region cropped;   ///< to the box of the outline
  Sample sample;
  GreyLevels levels;
};

/// Bins of 25 from -1000 for texture, of 2.5 from -1000 for the intensity-volume histogram; all
/// nine aggregations.
SummaryOptions summary_options();

/// The aggregations that give each of IBSI's features once: texture in the volume, merged.
std::vector<Aggregation> once();

/// DICOM CT with an RTSTRUCT, as far as they lie below the folder: the IBSI CT phantom
/// ("ct_phantom", 60 slices of 204x201) and a lung CT ("lung_ct", 99 slices of 512x512).
std::vector<Case> dicom_cases(const std::filesystem::path& data);

/// Every region, the small ones first:
/// - many_levels: 3 959 voxels with 400 grey levels;
/// - ct_2mm, ct_native, ct_1mm: the IBSI CT phantom; they are left out where it is absent;
/// - lung_ct: the large lung CT, as scanned; left out where it is absent;
/// - ellipsoid_1 to ellipsoid_64: 68 thousand to 4.39 million voxels, each four times the one
///   before.
/// \param data  the folder of reference data
std::vector<RegionRecipe> all_regions(const std::filesystem::path& data);

MeasuredRegion measured(const RegionRecipe& recipe);

/// The folder of reference data: RADIOMICS_TEST_DATA; says on standard error if the CT phantom is
/// not there.
std::filesystem::path reference_data();

}  // namespace radiomics::benchmarks
