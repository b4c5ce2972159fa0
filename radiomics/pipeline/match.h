#pragma once

#include <string>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The series of a catalogue that a mask object belongs to.
struct MatchedSeries {
  const DicomSeries* series = nullptr;  ///< in the catalogue; null: none or several, never a guess
  /// Why there is none, with the remedy; or, where there is one, why it is refused when it is
  /// opened: it belongs to another patient.
  std::string problem;
};

/// By the series that the mask refers to; where it names none, by its frame of reference. Where
/// that leaves several, by the images that its regions were drawn on.
MatchedSeries match_series(const DicomMaskObject& mask, const DicomCatalogue& catalogue);

/// A path or message without the folder that the user typed before the paths in it.
std::string without_folder(std::string text, std::string folder);

}  // namespace radiomics
