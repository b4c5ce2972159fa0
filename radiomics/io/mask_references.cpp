#include "radiomics/io/mask_references.h"

#include <algorithm>

namespace radiomics {

bool MaskReferences::names(const std::string& series_uid) const {
  return std::ranges::find(series, series_uid, &ReferencedSeries::uid) != series.end();
}

bool MaskReferences::names_frame(const std::string& frame_of_reference_uid) const {
  return std::ranges::find(frame_of_reference_uids, frame_of_reference_uid) !=
         frame_of_reference_uids.end();
}

std::vector<std::string> MaskReferences::instance_uids() const {
  if (!drawn_on_uids.empty()) return drawn_on_uids;
  std::vector<std::string> all;
  for (const ReferencedSeries& one : series)
    all.insert(all.end(), one.instance_uids.begin(), one.instance_uids.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace radiomics
