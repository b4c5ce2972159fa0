#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// One image file of a series, as its header describes it.
struct DicomSlice {
  std::filesystem::path file;
  std::string sop_instance_uid;
  // H1 defines the rest: position, orientation, spacing, rows, columns, rescale, transfer syntax
};

struct DicomSeries {
  std::string series_uid;
  std::string study_uid;
  std::string frame_of_reference_uid;
  std::string modality;    ///< "CT"
  std::string patient_id;  ///< identifies a person: for matching and --linkage only
  std::vector<DicomSlice> slices;
};

/// An RTSTRUCT or SEG object.
struct DicomMaskObject {
  std::filesystem::path file;
  std::string modality;  ///< "RTSTRUCT" or "SEG"
  std::string sop_instance_uid;
  std::string frame_of_reference_uid;
  std::string patient_id;
  std::vector<std::string> series_uids;   ///< the image series that it refers to
  std::vector<std::string> region_names;  ///< in the order of the file
};

/// A file that is not part of any of the above, and why.
struct LeftOutFile {
  std::filesystem::path file;
  std::string reason;
};

/// What lies in a folder, in a stable order, found by UIDs, however the files are arranged.
struct DicomCatalogue {
  std::vector<DicomSeries> series;
  std::vector<DicomMaskObject> masks;
  std::vector<LeftOutFile> left_out;
};

/// Reads the headers of all files below a folder, and nothing else of them. Links that lead into a
/// loop, pipes and devices are not opened.
/// \throws Error unreadable_file if `root` is no readable folder
DicomCatalogue read_catalogue(const std::filesystem::path& root);

}  // namespace radiomics
