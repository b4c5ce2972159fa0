#pragma once

#include <string>
#include <vector>

#include "samples/identity.h"
#include "samples/phantom.h"

namespace radiomics::samples {

/// How a patient's regions are written.
enum class MaskKind { rtstruct, seg, nifti };

/// "rtstruct", "seg", "nifti"
std::string to_string(MaskKind kind);

/// A named region: an ellipsoid. Lesions are in the truth table; organs are not, since heart and
/// mediastinum fill a part of them.
struct Roi {
  std::string name;  ///< as contours and segments are called; the label value in NIfTI
  std::string type;  ///< RT ROI Interpreted Type: "GTV", "ORGAN"
  Ellipsoid ellipsoid;
  int lesion = -1;  ///< index in Phantom::lesions; -1 for organs
};

/// Stage of the TNM classification, 7th edition, and the two stages of the VALSG.
struct Staging {
  std::string t, n, m;
  bool limited = true;  ///< limited disease: within one tolerable radiation field
};

enum class TransferSyntax { explicit_little_endian, implicit_little_endian, rle };

/// What differs between the exports of hospitals, besides the images.
struct DicomTraits {
  TransferSyntax syntax = TransferSyntax::explicit_little_endian;
  bool signed_pixels = false;       ///< 16 bits signed, intercept 0; else 12 bits, -1024
  bool numbered_from_head = false;  ///< InstanceNumber falls with z
  bool mask_beside_images = false;  ///< RTSTRUCT in the folder of the CT
  bool second_series = false;       ///< a coarser reconstruction in the same study
  double slice_thickness_mm = 0;    ///< 0: the distance of the slices; more: they overlap
};

struct Patient {
  int number = 0;         ///< 1, 2, ...
  std::string case_name;  ///< of the feature table: see case_name_of()
  MaskKind mask = MaskKind::rtstruct;
  Identity identity;
  Staging staging;
  Phantom phantom;
  std::vector<Roi> rois;  ///< the primary tumour first
  Geometry grid;          ///< of the CT that the regions refer to
  DicomTraits traits;
};

/// The cohort: always the same patients.
std::vector<Patient> cohort_patients();

const Ellipsoid& primary_tumour(const Patient& patient);

/// UIDs of a patient's objects; `part` names the object ("study", "ct", "ct/7", "frame", ...).
std::string uid_of(const Patient& patient, const std::string& part);

/// What a batch calls a DICOM series: s + 12 hex digits of SHA-256(SeriesInstanceUID).
std::string case_name_of(const std::string& series_uid);

}  // namespace radiomics::samples
