// Attributes: DICOM PS3.3, C.8.8.6 (ROI contour), C.8.20.2 and C.7.6.16 (segments and frames).

#include "radiomics/io/dicom_region_headers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/text.h"
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

/// A number that several regions have, or nothing.
template <class Region>
std::optional<int> repeated_number(const std::vector<Region>& regions) {
  std::set<int> numbers;
  for (const Region& region : regions)
    if (!numbers.insert(region.number).second) return region.number;
  return {};
}

template <class Region>
std::string problem_of(const std::vector<Region>& regions) {
  if (regions.empty()) return "holds no regions; export it again with them";
  const auto number = repeated_number(regions);
  return number ? "several regions have the number " + to_text(*number) + "; export it again" : "";
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

std::string rtstruct_header_problem(DcmItem& dataset) {
  return problem_of(rtstruct_regions(dataset));
}

std::string seg_header_problem(DcmItem& dataset) {
  const std::vector<Segment> segments = seg_segments(dataset);
  if (std::string problem = problem_of(segments); !problem.empty()) return problem;
  const auto stated = integer(dataset, DCM_NumberOfFrames).value_or(1);
  const auto described = items(dataset, DCM_PerFrameFunctionalGroupsSequence).size();
  if (stated < 0 || std::size_t(stated) != described)
    return "says that it has " + to_text(stated) + " frames, but describes " + to_text(described) +
           "; export it again";
  if (text(dataset, DCM_SegmentationType) == "LABELMAP") return "";
  for (const auto& [number, frames] : frames_by_segment(dataset))
    if (std::ranges::find(segments, number, &Segment::number) == segments.end())
      return to_text(frames) + (frames == 1 ? " frame belongs" : " frames belong") +
             " to segment " + to_text(number) + ", which is not defined; export it again";
  return "";
}

}  // namespace radiomics
