#pragma once

#include <string>
#include <string_view>

namespace radiomics {

/// How the pixels of a DICOM file are stored, in a word or two for people: "JPEG 2000",
/// "uncompressed"; "stored in an unknown way" for a UID that DICOM does not define.
/// \source DICOM PS3.6, table A-1
std::string transfer_syntax_name(std::string_view transfer_syntax_uid);

}  // namespace radiomics
