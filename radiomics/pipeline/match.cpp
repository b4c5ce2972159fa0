#include "radiomics/pipeline/match.h"

#include <algorithm>
#include <vector>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

bool refers_to(const DicomMaskObject& mask, const DicomSeries& series) {
  if (!mask.series_uids.empty()) return std::ranges::count(mask.series_uids, series.series_uid) > 0;
  return !mask.frame_of_reference_uid.empty() &&
         mask.frame_of_reference_uid == series.frame_of_reference_uid;
}

}  // namespace

MatchedSeries match_series(const DicomMaskObject& mask, const DicomCatalogue& catalogue) {
  std::vector<const DicomSeries*> found;
  for (const DicomSeries& series : catalogue.series)
    if (refers_to(mask, series)) found.push_back(&series);
  if (found.size() == 1 && found.front()->patient_id != mask.patient_id)
    return {nullptr,
            "has another PatientID than the series that it refers to; find out whose it is"};
  if (found.size() == 1) return {found.front(), ""};
  if (found.empty()) return {nullptr, "refers to a series that is not in the folder; add it"};
  return {nullptr, "refers to " + to_text(found.size()) +
                       " series in the folder; name image and mask in a CSV"};
}

std::string without_folder(std::string text, std::string folder) {
  if (folder.empty()) return text;
  if (!folder.ends_with('/')) folder += '/';
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.erase(at, folder.size());
  return text;
}

}  // namespace radiomics
