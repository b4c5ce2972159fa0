#pragma once

#include <array>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "radiomics/core/geometry.h"

namespace radiomics {

/// What lies in a folder or a file, without anything that identifies a person: patients are
/// numbered, studies and series go by hashes of their UIDs.
struct Inspection {
  struct Patient {
    std::string name;    ///< "patient 1", in the order of the first file
    bool has_id = true;  ///< without a PatientID a study is taken for a patient
  };

  /// A DICOM series, or an image file.
  struct Image {
    std::string name;            ///< of the case that it would make
    std::string path;            ///< relative to what was inspected: of its first file
    std::string patient, study;  ///< "" for files that are no DICOM
    std::string modality;        ///< "CT"; "" where the file does not say
    std::string part;            ///< of a series of several volumes: "acquisition 2"; else ""
    std::string encoding;        ///< "JPEG 2000"; "" for files that are no DICOM
    std::size_t files = 0;
    std::size_t frames = 0;             ///< of multi-frame files; 0 for others
    std::array<int, 2> pixels{};        ///< columns and rows of the first file; 0: not known
    Geometry geometry;                  ///< valid unless there is a problem
    std::string problem;                ///< why it cannot be measured; "" if it can
    std::vector<std::string> warnings;  ///< one line each
  };

  /// A ROI, a segment or a label, as headers describe it.
  struct Region {
    std::string name;
    int contours = 0;           ///< closed or open
    int points = 0;             ///< contours that are a single point
    std::optional<int> frames;  ///< of a SEG whose frames name their segment
    bool measurable = true;     ///< false for points only, and where nothing was drawn
    std::string problem;
  };

  /// An image series that a mask object refers to.
  struct Reference {
    std::string series;
    bool here = false;
  };

  struct Mask {
    std::string path;
    std::string kind;  ///< "RTSTRUCT", "SEG", "labels"
    std::string patient, study;
    std::optional<std::size_t> image;  ///< index of the image that it belongs to
    std::vector<Reference> refers_to;
    std::size_t images_named = 0;  ///< single images that it refers to; 0: not known
    std::size_t images_here = 0;   ///< of these
    std::vector<Region> regions;   ///< in the order of the file
    std::string problem;
  };

  /// Files that are not used, for one reason.
  struct LeftOut {
    std::string reason;
    bool is_problem = false;  ///< something may be missing; else it is of no use here
    std::vector<std::string> files;
  };

  std::vector<Patient> patients;
  std::vector<Image> images;
  std::vector<Mask> masks;
  std::vector<LeftOut> left_out;  ///< in order of the reasons
  std::string cache_problem;      ///< see CatalogueReading; of this run, not of what lies there
};

/// Sums over an inspection.
struct InspectionCounts {
  std::size_t patients = 0, studies = 0, series = 0, files = 0, masks = 0;
  std::size_t problems = 0;  ///< images, masks, regions and reasons of left-out files with one
};
InspectionCounts counts_of(const Inspection& inspection);

/// How the slices of a grid lie in the patient: "axial", "coronal", "sagittal"; "oblique, 15
/// degrees from axial" if it is more than 5.
std::string orientation_of(const Geometry& geometry);

/// From the first to the last slice, in mm along the patient's axis that the slices are stacked on
/// (z for axial ones), or along their normal if they are oblique.
struct SliceRange {
  std::string axis;  ///< "x", "y", "z" or "normal"
  std::array<double, 2> mm;
};
SliceRange slice_range_of(const Geometry& geometry);

/// Lines for people: patients, their studies, series and masks; problems with their remedies; and a
/// last line that says how many problems there are.
void write_inspection_text(const Inspection& inspection, std::ostream& out);

/// {"summary": {...}, "patients": [...], "images": [...], "masks": [...], "left_out": [...]}: flat
/// lists whose objects name their patient and study; a mask names the "case" of its image.
void write_inspection_json(const Inspection& inspection, std::ostream& out);

}  // namespace radiomics
