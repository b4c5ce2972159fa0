#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/io/catalogue_options.h"
#include "radiomics/io/image_source.h"
#include "radiomics/io/mask_source.h"
#include "radiomics/pipeline/case_names.h"
#include "radiomics/pipeline/input_files.h"
#include "radiomics/pipeline/references.h"
#include "radiomics/pipeline/region_rules.h"
#include "radiomics/preprocess/negative_control.h"
#include "radiomics/tables/feature_table.h"

namespace radiomics {

struct DicomMaskObject;

/// What is done to the image before it is measured, see with_controls().
struct ControlOfCase {
  NegativeControl control;
  std::uint64_t seed = 1;
};

/// One image with one mask object, not opened yet.
struct Case {
  std::string name;                       ///< "": that of the DICOM series, once it is known
  std::string image, mask;                ///< paths for messages, relative to `folder`
  std::string folder;                     ///< that the user typed: messages leave it out of paths
  std::vector<std::string> rois;          ///< patterns of region names; empty: see rules
  bool resample_mask = false;             ///< the user's demand, see MaskSource::resampled
  std::vector<std::string> carried;       ///< further columns of the case list
  AcceptedMismatches accepted{};          ///< contradictions between image and mask
  std::function<MaskSource()> open_mask;  ///< \throws Error as open_mask()
  /// The image that the mask refers to. \throws Error as open_image()
  std::function<ImageSource(const MaskSource&)> open_image;
  std::function<std::vector<InputFile>()> input_files{};  ///< all that it is read from
  /// Names of regions, and regions made from others; one for all cases of a list. Without patterns
  /// in `rois` what is measured are the regions that rules make; without these, every region.
  std::shared_ptr<const RegionRules> rules{};
  std::optional<ControlOfCase> control{};  ///< else the image as it is
};

/// What a batch, contact sheets or the viewer run over.
struct CaseList {
  std::vector<Case> cases;
  std::vector<std::string> carried_columns;  ///< of a CSV: columns that are passed through
  std::vector<Failure> failures;             ///< what is there but makes no case, and why
  std::vector<std::string> notes;            ///< what was left out and is missed by nobody
  std::string cache_problem{};               ///< see CatalogueReading; changes no result
};

/// The case of an image and a mask that were named by the user. Without a name, a file gives its
/// stem; the series of a folder gives its series_name() when it is opened.
/// \param series  the user's choice among the series of a DICOM folder, see SeriesChoice; "" for
/// the one
///                that the mask refers to
Case case_of(const std::filesystem::path& image, const std::filesystem::path& mask,
             std::string name, const std::string& series = "");

/// The cases of a CSV with columns image,mask and optionally case (or ID, PatientID), roi, label
/// (PyRadiomics' Image,Mask,Label too), or of a folder: DICOM series with the RTSTRUCT and SEG
/// objects that refer to them, in the order of their paths.
///
/// Files in a CSV are relative to it. Without a column for it, a case is called after its image
/// file; a DICOM series is called by its series_name(), or in a folder as `naming` wants it.
/// \throws Error  if the CSV or the folder cannot be used at all; ambiguous_input if different
/// images
///                would be called after one stem, or different patients by one name;
///                invalid_settings if the naming is for folders and the input is a list
/// \param catalogue  how the headers of a folder are read; results do not depend on it
CaseList list_cases(const std::filesystem::path& input, CaseNaming naming = CaseNaming::hash,
                    const CatalogueOptions& catalogue = {});

/// What a mask object is called in the failure table if its image is not there.
std::string name_of_unmatched(const DicomMaskObject& mask);

/// What files are called after: the file name without folder and extensions ("scan" for
/// data/scan.nii.gz).
std::string stem_of(const std::filesystem::path& file);

}  // namespace radiomics
