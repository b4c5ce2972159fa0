#pragma once

#include <string>
#include <vector>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/region_set.h"
#include "radiomics/preprocess/prepare.h"

namespace radiomics {

/// Image and mask of a case, opened and found to belong together.
struct OpenedCase {
  std::string name;  ///< of the case
  ImageSource image;
  MaskSource mask;
  RegionSet regions;                  ///< of the mask, also those that rules make
  std::vector<std::string> rois;      ///< names of what is measured: RegionPlan::measured
  std::vector<std::string> warnings;  ///< of image, mask, and of both together
};

/// Of several patterns in Case::rois, one that matches nothing becomes a region that cannot be
/// read. \throws Error  as open_image(), open_mask(), check_references() and plan_regions()
OpenedCase open_case(const Case& input);

/// What was opened last: cases that follow each other and share a scan, or a mask object, open and
/// read it once.
struct OpenedFiles {
  std::string image_key, mask_key;  ///< "": nothing yet
  ImageSource image;
  MaskSource mask;
};

/// As open_case(), with what `last` holds where it is the same, and leaves there what was opened.
OpenedCase open_case(const Case& input, OpenedFiles& last);

/// The voxels of a region that was asked for, or that a rule makes, with its own warnings; the
/// others are OpenedCase::warnings.
/// \throws Error as RegionSet::region(), MaskSource::mask() and check_references()
RegionMask drawn_region(const OpenedCase& opened, const std::string& roi);

/// One region of a case: the voxels that were drawn and the part of the image that is needed.
struct LoadedRegion {
  ImageWindow image;
  MaskWindow mask;
  std::vector<std::string> warnings;  ///< of image, mask and region
};

/// \throws Error as ImageSource::read() and drawn_region()
LoadedRegion load_region(const OpenedCase& opened, const std::string& roi,
                         const PrepareOptions& options);

/// The same of a region that has been drawn, with a part of the image that holds its mask's box.
/// \throws Error as ImageSource::read()
LoadedRegion load_region(const OpenedCase& opened, RegionMask drawn, const Box& image_box);

}  // namespace radiomics
