#pragma once

#include <functional>
#include <string>
#include <vector>

#include "radiomics/io/image_source.h"
#include "radiomics/io/mask_source.h"

namespace radiomics {

/// One image with one mask object, not opened yet.
struct Case {
  std::string name;
  std::string image;  ///< as messages and tables call it: relative to what the user typed
  std::string mask;
  std::vector<std::string> rois;            ///< patterns of region names; empty: all regions
  std::vector<std::string> carried;         ///< further columns of the case list
  std::function<ImageSource()> open_image;  ///< \throws Error as open_image()
  std::function<MaskSource()> open_mask;    ///< \throws Error as open_mask()
};

}  // namespace radiomics
