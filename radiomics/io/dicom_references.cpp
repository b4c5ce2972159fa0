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

void add_instances(DcmItem& item, const DcmTagKey& sequence, std::vector<std::string>& uids) {
  for (DcmItem* image : items(item, sequence))
    if (std::string uid = text(*image, DCM_ReferencedSOPInstanceUID); !uid.empty())
      uids.push_back(std::move(uid));
}

void keep_each_once(std::vector<std::string>& uids) {
  std::ranges::sort(uids);
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
}

/// A series that is named twice counts once, with the images of both.
void add_series(DcmItem& item, const DcmTagKey& instances, std::vector<ReferencedSeries>& series) {
  const std::string uid = text(item, DCM_SeriesInstanceUID);
  if (uid.empty()) return;
  auto known = std::ranges::find(series, uid, &ReferencedSeries::uid);
  if (known == series.end()) known = series.insert(series.end(), {uid, {}});
  add_instances(item, instances, known->instance_uids);
  keep_each_once(known->instance_uids);
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

std::string named_image(DcmItem& contour) {
  const auto images = items(contour, DCM_ContourImageSequence);
  return images.size() == 1 ? text(*images.front(), DCM_ReferencedSOPInstanceUID) : "";
}

MaskReferences rtstruct_references(DcmItem& dataset) {
  MaskReferences result;
  result.patient_id = text(dataset, DCM_PatientID);
  std::vector<std::string> frames;  // of the images; where regions name theirs, those count
  for (DcmItem* frame : items(dataset, DCM_ReferencedFrameOfReferenceSequence)) {
    add_once(frames, text(*frame, DCM_FrameOfReferenceUID));
    for (DcmItem* study : items(*frame, DCM_RTReferencedStudySequence))
      for (DcmItem* series : items(*study, DCM_RTReferencedSeriesSequence))
        add_series(*series, DCM_ContourImageSequence, result.series);
  }
  for (DcmItem* roi : items(dataset, DCM_StructureSetROISequence))
    add_once(result.frame_of_reference_uids, text(*roi, DCM_ReferencedFrameOfReferenceUID));
  if (result.frame_of_reference_uids.empty()) result.frame_of_reference_uids = std::move(frames);
  for (DcmItem* roi : items(dataset, DCM_ROIContourSequence))
    for (DcmItem* contour : items(*roi, DCM_ContourSequence))
      add_instances(*contour, DCM_ContourImageSequence, result.drawn_on_uids);
  keep_each_once(result.drawn_on_uids);
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
  result.patient_id = text(dataset, DCM_PatientID);
  add_once(result.frame_of_reference_uids, text(dataset, DCM_FrameOfReferenceUID));
  for (DcmItem* series : items(dataset, DCM_ReferencedSeriesSequence))
    add_series(*series, DCM_ReferencedInstanceSequence, result.series);
  for (DcmItem* frame : items(dataset, DCM_PerFrameFunctionalGroupsSequence))
    for (DcmItem* derivation : items(*frame, DCM_DerivationImageSequence))
      add_instances(*derivation, DCM_SourceImageSequence, result.drawn_on_uids);
  keep_each_once(result.drawn_on_uids);
  return result;
}

}  // namespace radiomics
