#pragma once

#include <string>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// The slices of a volume, in order of z. Internal to io.
struct SliceStack {
  Geometry geometry;
  std::vector<DicomSlice> slices;     ///< one for every z
  std::vector<std::string> warnings;  ///< one line each
};

/// A scout view among the slices.
bool is_localizer(const DicomSlice& slice);

/// Puts the images of a series in order, and refuses what is no box grid: see open_series().
SliceStack stack_slices(const DicomSeries& series);

}  // namespace radiomics
