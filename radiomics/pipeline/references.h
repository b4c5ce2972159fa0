#pragma once

#include <string>
#include <vector>

#include "radiomics/io/image_source.h"
#include "radiomics/io/mask_source.h"

namespace radiomics {

/// Contradictions between an image and a mask that the user has looked at and accepts, by name.
/// What is accepted becomes a warning of every region.
struct AcceptedMismatches {
  bool patient = false;             ///< PatientID
  bool series = false;              ///< the series that the mask refers to
  bool frame_of_reference = false;  ///< of the mask or of a region
  bool images = false;              ///< the SOP instances that mask and contours refer to
};

/// The words for them on the command line, in the order of the members.
inline constexpr const char* mismatch_names[] = {"patient", "series", "frame-of-reference",
                                                 "images"};

/// \throws Error invalid_argument for another word
void accept(AcceptedMismatches& accepted, const std::string& name);

/// The words for what is accepted.
std::vector<std::string> names_of(const AcceptedMismatches& accepted);

/// What image and mask are called in messages.
struct PairNames {
  std::string image, mask;
};

/// Whether a mask was drawn on an image, by what the files say about each other: patient, series,
/// frame of reference, and the images of the series. What one of them does not name cannot
/// contradict; label images name nothing.
/// \return warnings: what was accepted, what is not named at all, and images that the mask refers
///         to and the series lacks
/// \throws Error reference_mismatch for a contradiction that was not accepted
std::vector<std::string> check_references(const ImageSource& image, const MaskSource& mask,
                                          const PairNames& names,
                                          const AcceptedMismatches& accepted);

/// The same for one region: its own frame of reference, and whether its contours lie on the images
/// that they name. Some on another slice: a warning, the positions count. All: a contradiction
/// ("images"), because image or contours have been moved.
/// \throws Error reference_mismatch
std::vector<std::string> check_references(const ImageSource& image, const RegionMask& region,
                                          const std::string& subject,
                                          const AcceptedMismatches& accepted);

}  // namespace radiomics
