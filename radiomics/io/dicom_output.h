#pragma once

#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <string>
#include <vector>

class DcmDataset;
class DcmItem;
class DcmTagKey;

namespace radiomics {

/// Writing of DICOM data sets. Internal to io.

/// Sets an attribute; "" makes it empty.
void put(DcmItem& item, const DcmTagKey& tag, const std::string& value);
void put(DcmItem& item, const DcmTagKey& tag, int value);  ///< of any type that holds numbers
void put(DcmItem& item, const DcmTagKey& tag, const DcmTagKey& value);
void put(DcmItem& item, const DcmTagKey& tag, std::initializer_list<std::uint32_t> values);
void put_bytes(DcmItem& item, const DcmTagKey& tag, const std::vector<unsigned char>& bytes);

/// Appends an item to a sequence, which is created where it is missing.
DcmItem& add_item(DcmItem& parent, const DcmTagKey& sequence);

/// A concept of a coding scheme.
struct Code {
  const char* value;
  const char* scheme;
  const char* meaning;
};

void add_code(DcmItem& parent, const DcmTagKey& sequence, const Code& code);

/// Decimal strings, separated by backslashes: each as exact as the 16 characters allow that DICOM
/// gives it, ten significant digits at least.
std::string decimals(std::initializer_list<double> values);

/// The bytes of a data set without a file around it: explicit VR, little endian.
/// \throws Error unwritable_output if DCMTK cannot make them
std::string encoded(DcmDataset& dataset);

/// Writes a DICOM file: preamble, meta header and the data set, which has to name its SOP class and
/// instance. The meta header does not tell which version of which library wrote it.
void write_dicom(DcmDataset& dataset, std::ostream& out);

}  // namespace radiomics
