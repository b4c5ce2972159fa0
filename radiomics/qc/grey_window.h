#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics {

/// Which intensities a picture shows, from black to white: level - width / 2 to level + width / 2.
struct GreyWindow {
  std::string name;  ///< "soft tissue"
  double width = 0;  ///< > 0
  double level = 0;
};

/// The windows for CT, in HU: soft tissue 400/40, lung 1500/-600, bone 1800/400, brain 80/40.
std::span<const GreyWindow> ct_windows();

/// The window between the 1st and the 99th percentile of a sample (nearest rank, finite values
/// only), named "auto"; of width 1 around the value if both are one.
/// A sample without a finite value gives width 1, level 0.
GreyWindow auto_window(std::vector<double> sample);

/// The window in which a region is shown unless the user says otherwise: for CT soft tissue, or
/// lung if the median of the region is below -400 HU; for everything else the smallest that holds
/// auto_window() of the region and that of the image, so that the surroundings are seen too.
///
/// \param modality  DICOM's word. Where it is "" (NIfTI, ...), an image with an intensity below -50
///                  in its window counts as CT: only CT has fat and air below 0.
/// \param image, mask  windows of one grid; the part of the mask outside the image does not count
GreyWindow default_window(std::string_view modality, const ImageWindow& image,
                          const MaskWindow& mask);

/// 0 for black to 255 for white, linear in between and rounded; NaN is black.
/// \source DICOM PS3.3 C.11.2.1.3.2, "LINEAR_EXACT"
std::uint8_t grey_value(double intensity, const GreyWindow& window);

/// Name, width and level as radiologists write them: "soft tissue 400/40".
std::string to_string(const GreyWindow& window);

}  // namespace radiomics
