// Attributes: DICOM PS3.3, C.8.8.6 (ROI contour), C.8.20.2 and C.7.6.16 (segments and frames).

#include "radiomics/io/dicom_region_headers.h"

#include <map>
#include <string>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_references.h"

namespace radiomics {
namespace {

/// How many frames each segment has.
std::map<int, int> frames_by_segment(DcmItem& dataset) {
  std::map<int, int> frames;
  for (const DcmTagKey& groups :
       {DCM_SharedFunctionalGroupsSequence, DCM_PerFrameFunctionalGroupsSequence})
    for (DcmItem* group : items(dataset, groups))
      for (DcmItem* segment : items(*group, DCM_SegmentIdentificationSequence))
        if (const auto number = integer(*segment, DCM_ReferencedSegmentNumber))
          frames[*number] += groups == DCM_SharedFunctionalGroupsSequence
                                 ? integer(dataset, DCM_NumberOfFrames).value_or(1)
                                 : 1;
  return frames;
}

}  // namespace

std::vector<DicomRegionHeader> rtstruct_region_headers(DcmItem& dataset) {
  std::vector<DicomRegionHeader> headers;
  for (RtRegion& region : rtstruct_regions(dataset)) {
    DicomRegionHeader header;
    header.name = std::move(region.name);
    header.empty = region.contours.empty();
    for (DcmItem* contour : region.contours) {
      const std::string type = text(*contour, DCM_ContourGeometricType);
      if (type == "POINT")
        ++header.points;
      else if (type == "CLOSED_PLANAR" || type == "CLOSEDPLANAR_XOR")
        ++header.closed_contours;
      else
        ++header.open_contours;
    }
    headers.push_back(std::move(header));
  }
  return headers;
}

std::vector<DicomRegionHeader> seg_region_headers(DcmItem& dataset) {
  const bool label_map = text(dataset, DCM_SegmentationType) == "LABELMAP";
  std::map<int, int> frames;
  if (!label_map) frames = frames_by_segment(dataset);
  std::vector<DicomRegionHeader> headers;
  for (Segment& segment : seg_segments(dataset)) {
    DicomRegionHeader header;
    header.name = std::move(segment.label);
    if (!label_map) header.frames = frames[segment.number];
    header.empty = header.frames == 0;
    headers.push_back(std::move(header));
  }
  return headers;
}

}  // namespace radiomics
