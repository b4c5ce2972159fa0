#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "radiomics/core/random_stream.h"
#include "radiomics/core/volume.h"

namespace radiomics {

/// An image whose intensities mean nothing any more while the outline stays: features that predict
/// as well on it do not owe it to the tissue.
/// \source Welch et al. 2019, doi:10.1016/j.radonc.2018.10.027
struct NegativeControl {
  enum class Transform {
    shuffle,  ///< the intensities change places
    sample,   ///< each voxel takes the intensity of one, drawn with replacement
    random,   ///< each voxel takes any intensity from the lowest to the highest; a whole number
              ///< where all are
  };
  enum class Extent { roi, full, non_roi };  ///< the region, the whole image, all but the region

  Transform transform = Transform::shuffle;
  Extent extent = Extent::roi;

  bool operator==(const NegativeControl&) const = default;
};

/// "shuffle-roi", "sample-full", "random-non-roi".
std::string to_string(const NegativeControl& control);

/// Reads such a name, or READII's ("shuffled_roi", "randomized_sampled_full"); nothing for others.
std::optional<NegativeControl> parse_negative_control(std::string_view text);

/// Whether more of the image is needed than the region.
inline bool needs_whole_image(const NegativeControl& control) {
  return control.extent != NegativeControl::Extent::roi;
}

/// Changes the intensities on the grid as scanned. Where and what is drawn depends on the numbers
/// of `random` and on the voxels of the extent alone, not on the size of the window.
/// \param image  holds the mask's box; the whole image if needs_whole_image()
void apply_control(const NegativeControl& control, ImageWindow& image, const MaskWindow& mask,
                   RandomStream& random);

}  // namespace radiomics
