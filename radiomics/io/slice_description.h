#pragma once

#include <vector>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_items.h"

namespace radiomics {

/// What a file's header says of its images: one, or each frame of an enhanced multi-frame object in
/// turn. Nothing is judged here; the file itself (path, size, time) is left to the caller. Internal
/// to io.
std::vector<DicomSlice> describe_images(const DicomFile& object);

}  // namespace radiomics
