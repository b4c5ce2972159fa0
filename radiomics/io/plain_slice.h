#pragma once

#include <filesystem>
#include <string>

namespace radiomics {

/// A DICOM file in memory that holds nothing but the pixels of a single grey image and their
/// description, written by us: what GDCM is given to decode. It ends the program where an element
/// of a file is not of the type that it expects; here there is none but a dozen, all checked.
/// Internal to io. \return "" if the image is not one that can be decoded, or cannot be read
std::string plain_slice(const std::filesystem::path& file);

}  // namespace radiomics
