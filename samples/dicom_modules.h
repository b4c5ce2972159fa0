#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

#include "samples/patients.h"

// Parts that CT, RTSTRUCT and SEG objects share (DICOM PS3.3, annex C).

class DcmDataset;
class DcmItem;
class DcmTagKey;

namespace radiomics::samples {

/// Sets an attribute; "" makes it empty, as type 2 attributes may be.
void put(DcmItem& item, const DcmTagKey& tag, const std::string& value);
void put(DcmItem& item, const DcmTagKey& tag, const char* value);
void put(DcmItem& item, const DcmTagKey& tag, int value);                     ///< IS, US or text
void put_bytes(DcmItem& item, const DcmTagKey& tag, std::string_view bytes);  ///< OB

/// Appends an item to a sequence, which is created where it is missing.
DcmItem& add_item(DcmItem& parent, const DcmTagKey& sequence);

/// An item with the three attributes of a code.
void add_code(DcmItem& parent, const DcmTagKey& sequence, const char* value, const char* scheme,
              const char* meaning);

/// A length in at most 16 characters: four decimals at most.
std::string decimal(double mm);
std::string decimals(std::initializer_list<double> values);  ///< "1\2\3"

struct SeriesHeader {
  std::string modality;
  std::string uid;
  int number = 0;
  std::string description;
};

/// Which object a file holds.
struct SopInstance {
  std::string class_uid;
  std::string uid;
};

/// Modules: Patient, General Study, General Series, Frame of Reference, General Equipment and SOP
/// Common. The same patient, study and frame in all objects of a patient.
void put_common_modules(DcmItem& dataset, const Patient& patient, const SeriesHeader& series,
                        const SopInstance& instance);

/// Where the slice z of a grid lies and how it is turned.
std::string slice_position(const Geometry& grid, int z);
std::string orientation(const Geometry& grid);
std::string pixel_spacing(const Geometry& grid);  ///< between rows, between columns

/// Writes the file with a meta header of our own: that of DCMTK tells its version, and files would
/// differ between machines.
/// \throws Error unwritable_output
void save(DcmDataset& dataset, const std::filesystem::path& path, TransferSyntax syntax);

}  // namespace radiomics::samples
