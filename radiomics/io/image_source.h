#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "radiomics/core/volume.h"

namespace radiomics {

/// An image that can be read in parts. Opening one looks at headers only.
struct ImageSource {
  Geometry geometry;
  std::string name;        ///< DICOM only: its series_name(), else ""
  std::string modality;    ///< DICOM's word, "CT"; "" where the file does not say
  std::string patient_id;  ///< identifies a person: for comparisons only; DICOM only, else ""
  std::string series_uid;  ///< DICOM only, else ""
  std::string frame_of_reference_uid;      ///< DICOM only, else ""
  std::vector<std::string> instance_uids;  ///< SOP instance of each z; DICOM only, else empty
  std::filesystem::path first_file;        ///< of the slice z = 0; DICOM only, else ""
  std::vector<std::string> warnings;       ///< one line each, without file names

  /// The intensities (HU for CT) of a box that lies inside the image. Decodes no more than it needs
  /// and keeps what was decoded, so that several regions of one scan read it once. May be called
  /// from several threads.
  /// \throws Error unreadable_file, unsupported_data
  std::function<ImageWindow(const Box&)> read;
};

}  // namespace radiomics
