#include "tests/support/dicom_writer.h"

#include <memory>
#include <stdexcept>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dcrlerp.h>
#include <dcmtk/dcmdata/dcsequen.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <dcmtk/dcmjpls/djrparam.h>

namespace radiomics {
namespace {

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  if (!value.empty()) item.putAndInsertString(DcmTag(tag), value.c_str());
}

DcmItem& add_item(DcmItem& parent, const DcmTagKey& sequence) {
  DcmItem* item = nullptr;
  if (parent.findOrCreateSequenceItem(DcmTag(sequence), item, -2).bad())
    throw std::runtime_error("cannot add an item");
  return *item;
}

void put_general(DcmItem& item, const std::string& modality, const std::string& sop_class_uid,
                 const std::string& sop_uid) {
  put(item, DCM_SOPClassUID, sop_class_uid);
  put(item, DCM_SOPInstanceUID, sop_uid);
  put(item, DCM_StudyInstanceUID, "1.2.2");
  put(item, DCM_Modality, modality);
}

/// How DCMTK is to compress; null for what it does not compress.
std::unique_ptr<DcmRepresentationParameter> compression(E_TransferSyntax syntax) {
  switch (syntax) {
    case EXS_RLELossless:
      DcmRLEEncoderRegistration::registerCodecs();
      return std::make_unique<DcmRLERepresentationParameter>();
    case EXS_JPEGProcess14:
    case EXS_JPEGProcess14SV1:
      DJEncoderRegistration::registerCodecs();
      return std::make_unique<DJ_RPLossless>();
    case EXS_JPEGProcess1:
    case EXS_JPEGProcess2_4:
      DJEncoderRegistration::registerCodecs();
      return std::make_unique<DJ_RPLossy>(90);
    case EXS_JPEGLSLossless:
    case EXS_JPEGLSLossy:
      DJLSEncoderRegistration::registerCodecs();
      return std::make_unique<DJLSRepresentationParameter>(2, syntax == EXS_JPEGLSLossless);
    default:
      return nullptr;
  }
}

void save(DcmFileFormat& object, const std::filesystem::path& file,
          const std::string& transfer_syntax = "") {
  std::filesystem::create_directories(file.parent_path());
  const E_TransferSyntax syntax = transfer_syntax.empty()
                                      ? EXS_LittleEndianExplicit
                                      : DcmXfer(transfer_syntax.c_str()).getXfer();
  const auto how = compression(syntax);
  if ((how && object.getDataset()->chooseRepresentation(syntax, how.get()).bad()) ||
      object.saveFile(OFFilename(file.c_str()), syntax).bad())
    throw std::runtime_error("cannot write " + file.string());
}

void put_named(DcmItem& item, const std::pair<std::string, std::string>& attribute) {
  DcmTag tag;
  if (DcmTag::findTagFromName(attribute.first.c_str(), tag).bad())
    throw std::runtime_error("no attribute " + attribute.first);
  put(item, tag, attribute.second);
}

/// Pixels of `bits` bits as the words that hold them.
std::vector<Uint16> words_of(const std::vector<Uint32>& pixels, int bits) {
  std::vector<Uint16> words;
  for (std::size_t i = 0; i < pixels.size(); ++i)
    if (bits == 32) {
      words.push_back(Uint16(pixels[i]));
      words.push_back(Uint16(pixels[i] >> 16));
    } else if (bits == 16) {
      words.push_back(Uint16(pixels[i]));
    } else if (i % 2 == 0) {
      words.push_back(Uint16(pixels[i]));
    } else {
      words.back() = Uint16(words.back() | pixels[i] << 8);
    }
  return words;
}

void put_frame(DcmItem& dataset, const SegFile& seg, const SegFrame& frame) {
  DcmItem& group = add_item(dataset, DCM_PerFrameFunctionalGroupsSequence);
  put(add_item(group, DCM_PlanePositionSequence), DCM_ImagePositionPatient, frame.position);
  if (seg.type != "LABELMAP")
    add_item(group, DCM_SegmentIdentificationSequence)
        .putAndInsertUint16(DCM_ReferencedSegmentNumber, frame.segment);
}

/// Bits from the lowest of a byte to the highest, or one byte for each pixel.
std::vector<Uint8> packed(const SegFile& seg) {
  std::vector<Uint8> bytes;
  std::size_t bit = 0;
  for (const SegFrame& frame : seg.frames)
    for (const int value : frame.pixels) {
      if (seg.bits == 8 || bit % 8 == 0) bytes.push_back(0);
      bytes.back() = Uint8(bytes.back() | (seg.bits == 8 ? value : value << (bit % 8)));
      ++bit;
    }
  bytes.resize(bytes.size() - seg.missing_bytes);
  return bytes;
}

}  // namespace

void write_ct(const std::filesystem::path& file, const CtFile& ct) {
  DcmFileFormat object;
  DcmItem& item = *object.getDataset();
  std::string sop_uid = "1.2.4." + ct.series_uid + "." + std::to_string(ct.first_pixel + 1);
  put_general(item, ct.modality, ct.sop_class_uid, ct.sop_uid.empty() ? sop_uid : ct.sop_uid);
  put(item, DCM_ImageType, ct.image_type);
  put(item, DCM_PatientID, ct.patient_id);
  put(item, DCM_SeriesInstanceUID, ct.series_uid);
  put(item, DCM_FrameOfReferenceUID, ct.frame_uid);
  put(item, DCM_ImagePositionPatient, ct.position);
  put(item, DCM_ImageOrientationPatient, ct.orientation);
  put(item, DCM_PixelSpacing, ct.spacing);
  put(item, DCM_SliceThickness, ct.thickness);
  put(item, DCM_RescaleSlope, ct.slope);
  put(item, DCM_RescaleIntercept, ct.intercept);
  put(item, DCM_PhotometricInterpretation, ct.photometric);
  put(item, DCM_NumberOfFrames, ct.frames);
  item.putAndInsertUint16(DCM_Columns, ct.columns);
  item.putAndInsertUint16(DCM_Rows, ct.rows);
  item.putAndInsertUint16(DCM_SamplesPerPixel, ct.samples);
  item.putAndInsertUint16(DCM_BitsAllocated, ct.bits_allocated);
  item.putAndInsertUint16(DCM_BitsStored, ct.bits_stored);
  item.putAndInsertUint16(DCM_HighBit, ct.high_bit);
  item.putAndInsertUint16(DCM_PixelRepresentation, ct.is_signed ? 1 : 0);
  for (const auto& attribute : ct.more) put_named(item, attribute);
  std::vector<Uint32> pixels;
  const int frames = ct.frames.empty() ? 1 : std::stoi(ct.frames);
  for (int y = 0; y < frames * ct.rows; ++y)
    for (int x = 0; x < ct.columns; ++x)
      pixels.push_back(Uint32(ct.first_pixel + 10 * y + x) | ct.rubbish);
  const std::vector<Uint16> words = words_of(pixels, ct.bits_allocated);
  item.putAndInsertUint16Array(DCM_PixelData, words.data(), words.size());
  save(object, file, ct.transfer_syntax);
}

namespace {

void put_places(DcmItem& dataset, const EnhancedFile& image) {
  DcmItem& shared = add_item(dataset, DCM_SharedFunctionalGroupsSequence);
  DcmItem& type = add_item(shared, DCM_CTImageFrameTypeSequence);
  put(type, DCM_FrameType, "ORIGINAL\\PRIMARY\\AXIAL\\NONE");
  put(type, DCM_PixelPresentation, image.presentation);
  put(add_item(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
      "1\\0\\0\\0\\1\\0");
  put(add_item(shared, DCM_PixelMeasuresSequence), DCM_PixelSpacing, "2\\1");
  DcmItem& rescale = add_item(shared, DCM_PixelValueTransformationSequence);
  put(rescale, DCM_RescaleSlope, image.slope);
  put(rescale, DCM_RescaleIntercept, image.intercept);
  for (const EnhancedFrame& frame : image.frames) {
    DcmItem& group = add_item(dataset, DCM_PerFrameFunctionalGroupsSequence);
    put(add_item(group, DCM_PlanePositionSequence), DCM_ImagePositionPatient, frame.position);
    if (frame.temporal_index)
      add_item(group, DCM_FrameContentSequence)
          .putAndInsertUint32(DCM_TemporalPositionIndex, frame.temporal_index);
    if (frame.slope.empty()) continue;
    DcmItem& own = add_item(group, DCM_PixelValueTransformationSequence);
    put(own, DCM_RescaleSlope, frame.slope);
    put(own, DCM_RescaleIntercept, image.intercept);
  }
}

}  // namespace

void write_enhanced(const std::filesystem::path& file, const EnhancedFile& image) {
  DcmFileFormat object;
  DcmItem& item = *object.getDataset();
  put_general(item, image.modality, image.sop_class_uid, "1.2.8");
  put(item, DCM_PatientID, "P1");
  put(item, DCM_SeriesInstanceUID, image.series_uid);
  put(item, DCM_FrameOfReferenceUID, "1.2.9");
  put(item, DCM_PhotometricInterpretation, "MONOCHROME2");
  put_places(item, image);
  put(item, DCM_NumberOfFrames,
      image.stated_frames.empty() ? std::to_string(image.frames.size()) : image.stated_frames);
  item.putAndInsertUint16(DCM_Columns, 5);
  item.putAndInsertUint16(DCM_Rows, 4);
  item.putAndInsertUint16(DCM_SamplesPerPixel, 1);
  item.putAndInsertUint16(DCM_BitsAllocated, 16);
  item.putAndInsertUint16(DCM_BitsStored, 12);
  item.putAndInsertUint16(DCM_HighBit, 11);
  item.putAndInsertUint16(DCM_PixelRepresentation, 0);
  std::vector<Uint16> pixels;
  for (const EnhancedFrame& frame : image.frames)
    for (int i = 0; i < 20; ++i) pixels.push_back(Uint16(frame.first_pixel + 10 * (i / 5) + i % 5));
  item.putAndInsertUint16Array(DCM_PixelData, pixels.data(), pixels.size());
  save(object, file, image.transfer_syntax);
}

void write_ct_series(const std::filesystem::path& folder, int count, CtFile ct) {
  for (int z = 0; z < count; ++z) {
    ct.position = "10\\20\\" + std::to_string(30 + 3 * z);
    ct.first_pixel = std::uint16_t(100 * z);
    write_ct(folder / (std::to_string(z) + ".dcm"), ct);
  }
}

void write_rtstruct(const std::filesystem::path& file, const RtFile& rt) {
  DcmFileFormat object;
  DcmItem& item = *object.getDataset();
  put(item, DCM_SpecificCharacterSet, rt.character_set);
  put(item, DCM_PatientID, rt.patient_id);
  put_general(item, "RTSTRUCT", "1.2.840.10008.5.1.4.1.1.481.3", "1.2.5");
  if (!rt.series_uid.empty()) {
    DcmItem& frame = add_item(item, DCM_ReferencedFrameOfReferenceSequence);
    put(frame, DCM_FrameOfReferenceUID, rt.frame_uid);
    DcmItem& study = add_item(frame, DCM_RTReferencedStudySequence);
    put(add_item(study, DCM_RTReferencedSeriesSequence), DCM_SeriesInstanceUID, rt.series_uid);
  }
  for (std::size_t i = 0; i < rt.rois.size(); ++i) {
    const RtRoi& roi = rt.rois[i];
    const std::string number = roi.number.empty() ? std::to_string(i + 1) : roi.number;
    DcmItem& entry = add_item(item, DCM_StructureSetROISequence);
    put(entry, DCM_ROINumber, number);
    put(entry, DCM_ROIName, roi.name);
    put(entry, DCM_ReferencedFrameOfReferenceUID, rt.frame_uid);
    DcmItem& outline = add_item(item, DCM_ROIContourSequence);
    put(outline, DCM_ReferencedROINumber, number);
    for (const auto& [type, data] : roi.contours) {
      DcmItem& contour = add_item(outline, DCM_ContourSequence);
      put(contour, DCM_ContourGeometricType, type);
      put(contour, DCM_ContourData, data);
    }
  }
  save(object, file);
}

void write_seg(const std::filesystem::path& file, const SegFile& seg) {
  DcmFileFormat object;
  DcmItem& item = *object.getDataset();
  put_general(item, "SEG", "1.2.840.10008.5.1.4.1.1.66.4", "1.2.6");
  put(item, DCM_FrameOfReferenceUID, "1.2.9");
  put(add_item(item, DCM_ReferencedSeriesSequence), DCM_SeriesInstanceUID, "1.2.3");
  put(item, DCM_SegmentationType, seg.type);
  if (seg.maximum) item.putAndInsertUint16(DCM_MaximumFractionalValue, seg.maximum);
  for (std::size_t i = 0; i < seg.labels.size(); ++i) {
    DcmItem& segment = add_item(item, DCM_SegmentSequence);
    segment.putAndInsertUint16(DCM_SegmentNumber, Uint16(i + 1));
    put(segment, DCM_SegmentLabel, seg.labels[i]);
  }
  DcmItem& shared = add_item(item, DCM_SharedFunctionalGroupsSequence);
  put(add_item(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient, seg.orientation);
  put(add_item(shared, DCM_PixelMeasuresSequence), DCM_PixelSpacing, seg.spacing);
  for (const SegFrame& frame : seg.frames) put_frame(item, seg, frame);
  put(item, DCM_NumberOfFrames,
      seg.stated_frames.empty() ? std::to_string(seg.frames.size()) : seg.stated_frames);
  item.putAndInsertUint16(DCM_Columns, seg.columns);
  item.putAndInsertUint16(DCM_Rows, seg.rows);
  item.putAndInsertUint16(DCM_SamplesPerPixel, 1);
  item.putAndInsertUint16(DCM_BitsAllocated, seg.bits);
  item.putAndInsertUint16(DCM_BitsStored, seg.bits);
  item.putAndInsertUint16(DCM_HighBit, Uint16(seg.bits - 1));
  item.putAndInsertUint16(DCM_PixelRepresentation, 0);
  const std::vector<Uint8> bytes = packed(seg);
  item.putAndInsertUint8Array(DCM_PixelData, bytes.data(), bytes.size());
  save(object, file);
}

void write_other(const std::filesystem::path& file, const std::string& modality) {
  DcmFileFormat object;
  put_general(*object.getDataset(), modality, "1.2.840.10008.5.1.4.1.1.88.22", "1.2.7");
  save(object, file);
}

}  // namespace radiomics
