// Functional groups: DICOM PS3.3, C.7.6.16; attributes kept by a conversion: C.7.6.16.2.25 and 26.

#include "radiomics/io/image_header.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

namespace radiomics {
namespace {

/// The first item of a sequence if it has the attribute, else null.
DcmItem* first_item_with(DcmItem* groups, const DcmTagKey& sequence, const DcmTagKey& tag) {
  DcmItem* item = nullptr;
  if (!groups || groups->findAndGetSequenceItem(sequence, item).bad() || !item) return nullptr;
  return item->tagExists(tag) ? item : nullptr;
}

}  // namespace

DcmItem& ImageHeader::holder(const DcmTagKey& group, const DcmTagKey& tag) const {
  if (!frame_groups) return *dataset;
  for (DcmItem* found :
       {first_item_with(frame_groups, group, tag), first_item_with(shared_groups, group, tag),
        first_item_with(frame_groups, DCM_UnassignedPerFrameConvertedAttributesSequence, tag),
        first_item_with(shared_groups, DCM_UnassignedSharedConvertedAttributesSequence, tag)})
    if (found) return *found;
  return *dataset;
}

std::vector<ImageHeader> image_headers(DcmItem& dataset) {
  const std::vector<DcmItem*> frames = items(dataset, DCM_PerFrameFunctionalGroupsSequence);
  if (frames.empty()) return {{&dataset, nullptr, nullptr}};
  const std::vector<DcmItem*> shared = items(dataset, DCM_SharedFunctionalGroupsSequence);
  std::vector<ImageHeader> headers;
  for (DcmItem* frame : frames)
    headers.push_back({&dataset, shared.empty() ? nullptr : shared.front(), frame});
  return headers;
}

}  // namespace radiomics
