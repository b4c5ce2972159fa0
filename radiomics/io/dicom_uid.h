#pragma once

#include <string>
#include <string_view>

namespace radiomics {

/// A DICOM UID for a thing that is named by a text: "2.25." and the decimal number of a UUID of
/// version 8, made of the first 128 bits of the text's SHA-256. The same for the same text, and, as
/// far as SHA-256 goes, for no other. At most 44 characters.
/// \source Rec. ITU-T X.667 and DICOM PS3.5, B.2: anybody may make UIDs below 2.25
std::string dicom_uid(std::string_view thing);

}  // namespace radiomics
