#pragma once

#include <filesystem>

#include "radiomics/io/catalogue_options.h"
#include "radiomics/tables/inspection.h"

namespace radiomics {

/// Says what lies in a folder (DICOM series and masks, NIfTI, NRRD and MetaImage files), or what
/// one image or mask file holds.
///
/// Of DICOM files and of image files in a folder only headers are read; pixels of a single image
/// file are, because they tell whether it is a label image. Patients are told apart by PatientID,
/// studies and series by their UIDs, and none of these is passed on: patients are numbered in the
/// order of their first files, studies are "t" and series "s" with 12 digits of a hash. (A hash of
/// a PatientID could be found by trying.) Objects without a PatientID: each study is a patient.
/// What cannot be measured is a problem in the list, not an exception. Memory: headers only.
/// \throws Error  unreadable_file if there is nothing to look at; as open_image() if a single file
///                is no image and no mask
/// \param options  how the headers of a folder are read
Inspection inspect(const std::filesystem::path& path, const CatalogueOptions& options = {});

}  // namespace radiomics
