#pragma once

#include <string>
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

/// What is wrong with an object as a whole, so that its reader refuses it: no regions, two of one
/// number, another number of frames than is described, frames of unknown segments. One line with
/// the remedy; "" if nothing is.
std::string rtstruct_header_problem(DcmItem& dataset);
std::string seg_header_problem(DcmItem& dataset);

}  // namespace radiomics
