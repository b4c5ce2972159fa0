#pragma once

#include <string>
#include <vector>

namespace radiomics {

/// An image series that a mask object names, and which of its images.
struct ReferencedSeries {
  std::string uid;
  std::vector<std::string> instance_uids;  ///< SOP instances, sorted, each once; may be none

  bool operator==(const ReferencedSeries&) const = default;
};

/// What an RTSTRUCT or SEG says about the images that it was drawn on. All of it is empty for a
/// label image, and each part may be: real files leave out any of it.
struct MaskReferences {
  std::string patient_id;  ///< identifies a person: for comparisons only
  /// Of the regions, each once, in the order of the file. Several where images were registered.
  std::vector<std::string> frame_of_reference_uids;
  std::vector<ReferencedSeries> series;  ///< each once, in the order of the file
  /// SOP instances that contours or frames name, sorted, each once.
  std::vector<std::string> drawn_on_uids;

  bool names(const std::string& series_uid) const;
  bool names_frame(const std::string& frame_of_reference_uid) const;

  /// The images that the regions were drawn on: those that contours or frames name; where they name
  /// none, those that are listed with the series. Sorted, each once.
  std::vector<std::string> instance_uids() const;

  bool operator==(const MaskReferences&) const = default;
};

}  // namespace radiomics
