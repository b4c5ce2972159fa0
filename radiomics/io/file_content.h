#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// What the images of a file say of their series.
struct SeriesIdentity {
  Shared<std::string> series_uid, study_uid, frame_of_reference_uid, modality, patient_id;

  bool operator==(const SeriesIdentity&) const = default;
};

/// What the header of one file says, by itself and without the file's path, size and time: images
/// of a series, or a mask object, or nothing that is of use and why. Internal to io.
struct FileContent {
  SeriesIdentity series;
  std::vector<DicomSlice> images;
  std::optional<DicomMaskObject> mask;
  std::string left_out;  ///< why; "" if there are images or a mask
  /// The file could not be read, or not to its end: that may be the network's fault, and another
  /// time it can. Not to be kept.
  bool damaged = false;

  bool operator==(const FileContent&) const = default;
};

/// The reason for an empty file, and for one that cannot be read.
inline constexpr const char* empty_file_reason = "an empty file";
inline constexpr const char* unreadable_file_reason = "a file that cannot be read";

/// Reads the header of a file. Depends on nothing else: files may be described by several threads.
FileContent describe_file(const std::filesystem::path& file);

}  // namespace radiomics
