#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/image_source.h"
#include "radiomics/io/mask_source.h"

namespace radiomics {

/// Which series of a DICOM folder is meant.
struct SeriesChoice {
  /// The user's own: a SeriesInstanceUID, or a series_name() of a series or of one of its parts;
  /// "": none.
  std::string wanted;
  std::vector<std::string>
      referenced;  ///< UIDs that the mask refers to; count where none is wanted
  /// SOPInstanceUIDs of the images that the mask refers to: decide where several parts or series
  /// are meant.
  std::vector<std::string> referenced_instances{};
};

/// Opens an image: a DICOM folder or a NIfTI, NRRD or MetaImage file.
/// \throws Error  as the readers; ambiguous_input if the folder holds several series, or a series
/// of
///                several parts, and the choice does not tell one of them: all are listed
ImageSource open_image(const std::filesystem::path& path, const SeriesChoice& choice = {});

/// Whether a file begins as DICOM files do.
bool is_dicom_file(const std::filesystem::path& file);

/// Opens a mask: an RTSTRUCT or DICOM SEG file, a folder that holds exactly one, or a label image.
/// \throws Error  as the readers; ambiguous_input if the folder holds several
MaskSource open_mask(const std::filesystem::path& path);

/// Opens a mask object of a catalogue. \throws Error as its reader
MaskSource open_mask(const DicomMaskObject& object);

}  // namespace radiomics
