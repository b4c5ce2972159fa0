#pragma once

#include <string>
#include <vector>

#include "radiomics/pipeline/case_list.h"
#include "radiomics/preprocess/prepare.h"

namespace radiomics {

/// Image and mask of a case, opened and found to belong together.
struct OpenedCase {
  std::string name;  ///< of the case
  ImageSource image;
  MaskSource mask;
  std::vector<std::string> rois;  ///< names of the regions that were asked for, in file order
};

/// \throws Error  as open_image() and open_mask(); reference_mismatch if the mask refers to another
///                series or frame of reference; unknown_region if a pattern matches no region
OpenedCase open_case(const Case& input);

/// One region of a case: the voxels that were drawn and the part of the image that is needed.
struct LoadedRegion {
  ImageWindow image;
  MaskWindow mask;
  std::vector<std::string> warnings;  ///< of image, mask and region
};

/// \throws Error as ImageSource::read() and MaskSource::mask()
LoadedRegion load_region(const OpenedCase& opened, const std::string& roi,
                         const PrepareOptions& options);

}  // namespace radiomics
