// Elements: DICOM PS3.3, C.8.8.5 (structure set), C.8.8.6 (ROI contour), C.8.20.2 (segmentation).

#include "radiomics/io/dicom_references.h"

#include <algorithm>
#include <map>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/io/dicom_items.h"

namespace radiomics {
namespace {

void add_once(std::vector<std::string>& values, std::string value) {
  if (!value.empty() && std::ranges::find(values, value) == values.end())
    values.push_back(std::move(value));
}

}  // namespace

bool RtRegion::only_points() const {
  return !contours.empty() && std::ranges::all_of(contours, [](DcmItem* contour) {
    return text(*contour, DCM_ContourGeometricType) == "POINT";
  });
}

std::vector<RtRegion> rtstruct_regions(DcmItem& dataset) {
  std::map<int, std::vector<DcmItem*>> contours;
  for (DcmItem* roi : items(dataset, DCM_ROIContourSequence))
    if (const auto number = integer(*roi, DCM_ReferencedROINumber)) {
      auto& list = contours[*number];
      for (DcmItem* contour : items(*roi, DCM_ContourSequence)) list.push_back(contour);
    }
  std::vector<RtRegion> regions;
  for (DcmItem* roi : items(dataset, DCM_StructureSetROISequence))
    if (const auto number = integer(*roi, DCM_ROINumber))
      regions.push_back({*number, name_text(dataset, *roi, DCM_ROIName),
                         text(*roi, DCM_ReferencedFrameOfReferenceUID), contours[*number]});
  return regions;
}

MaskReferences rtstruct_references(DcmItem& dataset) {
  MaskReferences result;
  std::vector<std::string> frames;
  for (DcmItem* frame : items(dataset, DCM_ReferencedFrameOfReferenceSequence)) {
    add_once(frames, text(*frame, DCM_FrameOfReferenceUID));
    for (DcmItem* study : items(*frame, DCM_RTReferencedStudySequence))
      for (DcmItem* series : items(*study, DCM_RTReferencedSeriesSequence))
        add_once(result.series_uids, text(*series, DCM_SeriesInstanceUID));
  }
  if (frames.size() != 1) {  // none, or several registered images: the ROIs say which
    frames.clear();
    for (DcmItem* roi : items(dataset, DCM_StructureSetROISequence))
      add_once(frames, text(*roi, DCM_ReferencedFrameOfReferenceUID));
  }
  if (!frames.empty()) result.frame_of_reference_uid = frames.front();
  return result;
}

std::vector<Segment> seg_segments(DcmItem& dataset) {
  const bool label_map = text(dataset, DCM_SegmentationType) == "LABELMAP";
  std::vector<Segment> segments;
  for (DcmItem* segment : items(dataset, DCM_SegmentSequence))
    if (const auto number = integer(*segment, DCM_SegmentNumber); number && (*number || !label_map))
      segments.push_back({*number, name_text(dataset, *segment, DCM_SegmentLabel)});
  return segments;
}

MaskReferences seg_references(DcmItem& dataset) {
  MaskReferences result;
  result.frame_of_reference_uid = text(dataset, DCM_FrameOfReferenceUID);
  for (DcmItem* series : items(dataset, DCM_ReferencedSeriesSequence))
    add_once(result.series_uids, text(*series, DCM_SeriesInstanceUID));
  return result;
}

}  // namespace radiomics
