#pragma once

#include <string>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The series of a catalogue that a mask object belongs to.
struct MatchedSeries {
  const DicomSeries* series = nullptr;  ///< in the catalogue; null: none or several, never a guess
  std::string problem;                  ///< why there is none, with the remedy
};

/// By the series that the mask refers to; where it names none, by its frame of reference.
MatchedSeries match_series(const DicomMaskObject& mask, const DicomCatalogue& catalogue);

/// A path or message without the folder that the user typed before the paths in it.
std::string without_folder(std::string text, std::string folder);

}  // namespace radiomics
