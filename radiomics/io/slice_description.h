#pragma once

#include <filesystem>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_items.h"

namespace radiomics {

/// What a file's header says of its images: one, or each frame of an enhanced multi-frame object in
/// turn. Nothing is judged here. Internal to io.
std::vector<DicomSlice> describe_images(const DicomFile& object, const std::filesystem::path& file);

}  // namespace radiomics
