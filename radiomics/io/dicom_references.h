#pragma once

#include <string>
#include <vector>

#include "radiomics/io/mask_references.h"

class DcmItem;

namespace radiomics {

/// What mask objects say about themselves. Internal to io: shared by catalogue and readers.

/// One ROI of an RTSTRUCT.
struct RtRegion {
  int number = 0;
  std::string name;
  std::string frame_of_reference_uid;
  std::vector<DcmItem*> contours;  ///< owned by the data set

  /// Isocentres and markers: nothing to measure.
  bool only_points() const;
};

/// The ROIs in the order of the file, points included.
std::vector<RtRegion> rtstruct_regions(DcmItem& dataset);
MaskReferences rtstruct_references(DcmItem& dataset);

/// The image that a contour says it was drawn on; "" where it names none.
std::string named_image(DcmItem& contour);

/// One segment of a SEG. The background of a label map is none.
struct Segment {
  int number = 0;
  std::string label;
};

std::vector<Segment> seg_segments(DcmItem& dataset);
MaskReferences seg_references(DcmItem& dataset);

}  // namespace radiomics
