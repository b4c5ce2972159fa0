#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "radiomics/core/volume.h"

namespace radiomics::samples {

/// Writes a volume as a NIfTI-1 file: 348-byte header, qform and sform (both "scanner"), voxels in
/// the volume's type, little endian. A name that ends in ".gz" is written in gzip's container,
/// without compression, which needs no library and is the same everywhere.
/// The grid's axes have to be the patient's, x and y both turned round or neither.
/// \param description  of at most 79 bytes; real files carry names there
/// \throws Error unwritable_output
void write_nifti(const std::filesystem::path& file, const Volume<std::int16_t>& volume,
                 const std::string& description);
void write_nifti(const std::filesystem::path& file, const Mask& mask,
                 const std::string& description);

}  // namespace radiomics::samples
