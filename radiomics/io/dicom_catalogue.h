#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "radiomics/core/geometry.h"
#include "radiomics/io/catalogue_options.h"
#include "radiomics/io/folder_files.h"
#include "radiomics/io/mask_references.h"
#include "radiomics/io/shared_value.h"
#include "radiomics/io/text_list.h"

namespace radiomics {

/// One image of a series, as its header describes it: a file, or a frame of an enhanced multi-frame
/// file. What is absent, or is no number where one is expected, is empty or 0; open_series()
/// judges.
///
/// Memory: about 650 bytes for each slice of a CT, the texts included that it has for
/// itself; those that a series repeats are held once.
struct DicomSlice {
  FilePath file;
  int frame = 0;  ///< of a multi-frame file, from 1; 0: the file holds one image
  std::uintmax_t file_bytes = 0;
  std::int64_t modified_ns = 0;  ///< when the file was written last, as the file system counts
  std::uint64_t pixels_at = 0;   ///< where in the file the value of the pixel data begins
  Shared<std::string> sop_class_uid;
  std::string sop_instance_uid;
  Shared<std::string> transfer_syntax_uid;
  Shared<std::string> frame_of_reference_uid;
  Shared<std::string> patient_id;               ///< identifies a person: for comparisons only
  Shared<std::vector<std::string>> image_type;  ///< "ORIGINAL", "PRIMARY", "AXIAL"
  Shared<std::string> photometric_interpretation;
  int number_of_frames = 1;  ///< that the file says to hold
  int rows = 0;
  int columns = 0;
  int samples_per_pixel = 0;
  int bits_allocated = 0;
  int bits_stored = 0;
  int high_bit = 0;
  bool is_signed = false;
  std::optional<Vector3> position_mm;                     ///< of the first pixel's centre, LPS
  std::optional<std::array<double, 6>> orientation;       ///< along a row, then along a column
  std::optional<std::array<double, 2>> pixel_spacing_mm;  ///< between rows, between columns
  std::optional<double> slice_thickness_mm;
  std::optional<double> spacing_between_slices_mm;
  std::optional<double> rescale_slope;
  std::optional<double> rescale_intercept;
  Shared<std::string> rescale_type;  ///< "HU"
  Shared<std::string> units;         ///< of PET: "BQML"
  bool has_lookup_table = false;     ///< a modality lookup table, in place of a rescale
  bool holds_colours = false;        ///< some values are numbers of a palette
  bool lossy = false;                ///< was, or may have been, compressed with a loss
  /// What may tell the parts of a series from each other: see series_parts.h.
  TextList part_values;

  bool operator==(const DicomSlice&) const = default;
};

/// "s" and 12 hexadecimal digits of the SHA-256 of a SeriesInstanceUID: what a series is called
/// where its UID must not appear. Stable, and nobody's name.
std::string series_name(const std::string& series_uid);

/// The images that share a SeriesInstanceUID; where they have none, those of one folder. A series
/// of several volumes (phases, echoes, acquisitions of one place) is several of these, its parts,
/// that follow each other: see series_parts.h.
struct DicomSeries {
  std::string series_uid;  ///< "" where the images have none
  std::string study_uid;
  std::string frame_of_reference_uid;
  std::string modality;            ///< "CT"
  std::string patient_id;          ///< identifies a person: for matching and --linkage only
  std::vector<DicomSlice> slices;  ///< in order of their paths and frames; at least one
  std::string part;                ///< in words, "acquisition 2"; "" for a series of one volume
  int part_number = 0;             ///< from 1; 0 for a series of one volume
  /// DICOM files in the folders of its files that are damaged or empty: they may belong to it.
  std::vector<LeftOutFile> damaged_files{};

  bool operator==(const DicomSeries&) const = default;
};

/// series_name() of its UID; for a part with its number behind it, "s0123456789ab.2".
std::string series_name(const DicomSeries& series);

/// What the header of a mask object tells about one of its regions.
struct DicomRegionHeader {
  std::string name;
  int closed_contours = 0;    ///< of an RTSTRUCT
  int open_contours = 0;      ///< neither closed nor a point
  int points = 0;             ///< contours that are a single point
  std::optional<int> frames;  ///< of a SEG; in a label map any frame may hold any segment
  bool empty = false;         ///< nothing was drawn: no contour, no frame

  /// An isocentre or a marker: nothing to measure.
  bool only_points() const { return points > 0 && closed_contours + open_contours == 0; }
  bool operator==(const DicomRegionHeader&) const = default;
};

/// An RTSTRUCT or SEG object.
struct DicomMaskObject {
  std::filesystem::path file;
  std::uintmax_t file_bytes = 0;
  std::int64_t modified_ns = 0;  ///< as DicomSlice::modified_ns
  std::string modality;          ///< "RTSTRUCT" or "SEG"
  std::string sop_instance_uid;
  std::string study_uid;
  MaskReferences references;
  std::vector<std::string> region_names;   ///< as MaskSource::names
  std::vector<DicomRegionHeader> regions;  ///< all of them, those of points included
  std::string problem;  ///< of the whole object as its header shows it, with the remedy; "": none

  bool operator==(const DicomMaskObject&) const = default;
};

/// How a catalogue was read.
struct CatalogueReading {
  std::size_t files_read = 0;        ///< whose headers were read
  std::size_t files_from_cache = 0;  ///< that the cache knew, unchanged
  std::string cache_problem;  ///< why the cache was not used or not written, on one line; "": none
};

/// What lies in a folder, found by UIDs, however the files are arranged. Everything is in order of
/// the path of its (first) file.
struct DicomCatalogue {
  std::vector<DicomSeries> series;  ///< CT, MR and PT
  std::vector<DicomMaskObject> masks;
  std::vector<LeftOutFile> left_out;  ///< what is part of none of the above, and why
  CatalogueReading reading;
};

/// Reads the headers of all files below a folder, or of a single file, and nothing else of them;
/// pixel data stay on the disk. Which files: files_below().
///
/// The result does not depend on the number of threads, and not on the cache: a file that is new or
/// of which size, times or inode have changed is read again. A cache that is damaged, of another
/// version or of another folder counts for nothing; one that cannot be written is no error. A
/// single file needs no cache.
///
/// Cost: one stat of each file and its header. Memory: the catalogue, and if the cache has to be
/// written its bytes, about 300 for each slice.
/// \throws Error unreadable_file if `root` is no readable folder or file
DicomCatalogue read_catalogue(const std::filesystem::path& root,
                              const CatalogueOptions& options = {});

}  // namespace radiomics
