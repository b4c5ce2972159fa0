#pragma once

#include <vector>

#include "radiomics/io/dicom_items.h"

namespace radiomics {

/// The header of one image: of a file that holds one, or of one frame of a multi-frame object.
/// Internal to io.
struct ImageHeader {
  DcmItem* dataset = nullptr;
  DcmItem* shared_groups = nullptr;  ///< functional groups of all frames; null if there are none
  DcmItem* frame_groups = nullptr;   ///< functional groups of this frame; null if there are none

  /// Where to look for an attribute: the frame's own functional group, that of all frames, what a
  /// conversion from single-frame images could not place, and last the data set, in this order the
  /// first that has it. The data set if none has.
  DcmItem& holder(const DcmTagKey& group, const DcmTagKey& tag) const;
};

/// One header for each frame that an enhanced multi-frame object describes, in the order of its
/// pixels; a single one for any other object. They live as long as the data set. The number of
/// frames is that of the items which are there, whatever the header says.
std::vector<ImageHeader> image_headers(DcmItem& dataset);

}  // namespace radiomics
