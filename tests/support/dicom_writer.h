#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {

/// Small DICOM objects for tests. Values are the text of the file, so that they can be wrong; an
/// attribute with the value "" is left out.

/// A CT image of 5 columns and 4 rows; pixel (x, y) is stored as 10 * y + x.
struct CtFile {
  std::string series_uid = "1.2.3";
  std::string sop_uid;  ///< "": made from the position
  std::string sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  std::string frame_uid = "1.2.9";
  std::string patient_id = "P1";
  std::string modality = "CT";
  std::string image_type = "ORIGINAL\\PRIMARY\\AXIAL";
  std::string position = "0\\0\\0";
  std::string orientation = "1\\0\\0\\0\\1\\0";
  std::string spacing = "2\\1";  ///< between rows, between columns
  std::string thickness = "3";
  std::string slope = "1";
  std::string intercept = "-1024";
  std::string photometric = "MONOCHROME2";
  std::string frames;
  std::uint16_t columns = 5;
  std::uint16_t rows = 4;
  std::uint16_t samples = 1;
  std::uint16_t first_pixel = 0;  ///< added to every pixel
  std::uint16_t bits_allocated = 16;
  std::uint16_t bits_stored = 12;
  std::uint16_t high_bit = 11;
  bool is_signed = false;
  std::uint16_t rubbish = 0;                              ///< set in every pixel that is stored
  std::string transfer_syntax;                            ///< "": explicit little endian
  std::vector<std::pair<std::string, std::string>> more;  ///< names of attributes, and values
};

void write_ct(const std::filesystem::path& file, const CtFile& ct);

/// A series of `count` slices 3 mm apart as files 0.dcm, 1.dcm, ...; the stored pixels of slice z
/// start at 100 z.
void write_ct_series(const std::filesystem::path& folder, int count, CtFile ct = {});

/// One frame of an enhanced multi-frame image.
struct EnhancedFrame {
  std::string position = "0\\0\\0";
  std::uint16_t first_pixel = 0;
  std::string slope;                 ///< "": that of all frames
  std::uint32_t temporal_index = 0;  ///< 0: none
};

/// An enhanced multi-frame CT of 5 columns and 4 rows; pixels as of CtFile.
struct EnhancedFile {
  std::string series_uid = "1.2.3";
  std::string sop_class_uid = "1.2.840.10008.5.1.4.1.1.2.1";
  std::string modality = "CT";
  std::string slope = "1";
  std::string intercept = "-1024";
  std::string stated_frames;  ///< "": the number of frames
  std::string transfer_syntax;
  std::string presentation = "MONOCHROME";
  std::vector<EnhancedFrame> frames;
};

void write_enhanced(const std::filesystem::path& file, const EnhancedFile& image);

/// One ROI: contours are pairs of their type and data.
struct RtRoi {
  std::string name;
  std::vector<std::pair<std::string, std::string>> contours;
  std::string number;  ///< "": its place in the list, from 1
};

struct RtFile {
  std::string series_uid = "1.2.3";
  std::string frame_uid = "1.2.9";
  std::string character_set;
  std::vector<RtRoi> rois;
  std::string patient_id;
};

void write_rtstruct(const std::filesystem::path& file, const RtFile& rt);

/// One frame of a segmentation.
struct SegFrame {
  std::string position = "0\\0\\0";
  std::uint16_t segment = 1;
  std::vector<int> pixels;  ///< row by row
};

struct SegFile {
  std::string type = "BINARY";
  std::string orientation = "1\\0\\0\\0\\1\\0";
  std::string spacing = "2\\1";
  std::string stated_frames;  ///< "": the number of frames
  std::uint16_t columns = 5;
  std::uint16_t rows = 4;
  std::uint16_t bits = 1;
  std::uint16_t maximum = 0;                 ///< of fractional values
  std::vector<std::string> labels{"Liver"};  ///< of segments 1, 2, ...
  std::vector<SegFrame> frames;
  std::size_t missing_bytes = 0;  ///< left out at the end of the pixels
};

void write_seg(const std::filesystem::path& file, const SegFile& seg);

/// Writes a DICOM object that is neither image nor mask.
void write_other(const std::filesystem::path& file, const std::string& modality);

}  // namespace radiomics
