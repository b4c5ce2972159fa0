#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "samples/patients.h"

namespace radiomics::samples {

/// One CT series of a patient. The UID of slice z is uid_of(patient, part + "/" + z).
struct CtSeries {
  std::string part = "ct";  ///< names the series in uid_of()
  int number = 2;
  std::string description;
  Geometry grid;
};

/// The series that the regions refer to.
CtSeries planning_series(const Patient& patient);

/// Another reconstruction of the same scan: slices of 5 mm.
CtSeries second_series(const Patient& patient);

std::string slice_uid(const Patient& patient, const CtSeries& series, int z);

/// Writes one CT Image Storage file per slice; the names say nothing about the order.
/// \throws Error unwritable_output
void write_ct(const std::filesystem::path& folder, const Patient& patient, const CtSeries& series,
              const Volume<std::int16_t>& hu);

/// Writes the regions as an RT Structure Set: on every slice that an ellipsoid meets, its exact
/// section as a polygon of contour_points corners, rounded to 0.0001 mm.
/// \return the file
std::filesystem::path write_rtstruct(const std::filesystem::path& folder, const Patient& patient,
                                     const CtSeries& series);

/// Writes the regions as a Segmentation (BINARY): one frame per segment and slice that it is on.
/// \return the file
std::filesystem::path write_seg(const std::filesystem::path& folder, const Patient& patient,
                                const CtSeries& series);

/// The SOP Instance UID of the RTSTRUCT or SEG.
std::string mask_uid(const Patient& patient);

/// The path of an object in a folder: 8 digits of a hash of its UID.
std::filesystem::path object_file(const std::filesystem::path& folder, const Patient& patient,
                                  const std::string& sop_instance_uid);

}  // namespace radiomics::samples
