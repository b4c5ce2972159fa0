#pragma once

#include <vector>

#include "radiomics/io/dicom_catalogue.h"

class DcmItem;

namespace radiomics {

/// What the headers of a mask object tell about its regions, without any coordinate or pixel being
/// decoded. Internal to io. Cost: one look at each contour or frame.

/// The ROIs of an RTSTRUCT in the order of the file, those of points included.
std::vector<DicomRegionHeader> rtstruct_region_headers(DcmItem& dataset);

/// The segments of a SEG in the order of the file.
std::vector<DicomRegionHeader> seg_region_headers(DcmItem& dataset);

}  // namespace radiomics
