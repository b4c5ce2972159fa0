// Reads the DICOM objects of the cohort back with DCMTK: what they hold is what they should.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "samples/dicom_objects.h"
#include "tests/support/cohort_folder.h"

namespace radiomics::samples {
namespace {

namespace fs = std::filesystem;

std::string text_of(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  EXPECT_TRUE(item.findAndGetOFStringArray(tag, value).good()) << tag.toString();
  return value.c_str();
}

DcmItem& item_of(DcmItem& parent, const DcmTagKey& sequence, long which = 0) {
  DcmItem* item = nullptr;
  EXPECT_TRUE(parent.findAndGetSequenceItem(sequence, item, which).good()) << sequence.toString();
  return *item;
}

unsigned long items_of(DcmItem& parent, const DcmTagKey& sequence) {
  DcmSequenceOfItems* items = nullptr;
  EXPECT_TRUE(parent.findAndGetSequence(sequence, items).good()) << sequence.toString();
  return items->card();
}

std::vector<double> numbers_of(DcmItem& item, const DcmTagKey& tag) {
  std::vector<double> numbers;
  for (const std::string& part : split(text_of(item, tag), '\\'))
    numbers.push_back(to_number(part).value());
  return numbers;
}

class Dicom : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    DcmRLEDecoderRegistration::registerCodecs();
    cohort_ = std::make_unique<CohortFolder>();
    for (const auto& entry : fs::recursive_directory_iterator(cohort_->path() / "dicom")) {
      auto file = std::make_unique<DcmFileFormat>();
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || extension == ".txt" || extension == ".log") continue;
      ASSERT_TRUE(file->loadFile(entry.path().c_str()).good()) << entry.path();
      const std::string instance = text_of(*file->getDataset(), DCM_SOPInstanceUID);
      files_[instance] = std::move(file);
    }
  }
  static void TearDownTestSuite() {
    files_.clear();
    cohort_.reset();
    DcmRLEDecoderRegistration::cleanup();
  }

  static DcmDataset& object(const std::string& instance_uid) {
    return *files_.at(instance_uid)->getDataset();
  }

  static std::unique_ptr<CohortFolder> cohort_;
  static std::map<std::string, std::unique_ptr<DcmFileFormat>> files_;
};
std::unique_ptr<CohortFolder> Dicom::cohort_;
std::map<std::string, std::unique_ptr<DcmFileFormat>> Dicom::files_;

void expect_slice(DcmDataset& dataset, const Volume<std::int16_t>& hu, int z) {
  const Geometry& grid = hu.geometry();
  const auto position = numbers_of(dataset, DCM_ImagePositionPatient);
  const Vector3 expected = position_mm(grid, Index3{0, 0, z});
  // files hold four decimals
  for (int axis = 0; axis < 3; ++axis) EXPECT_NEAR(position[axis], expected[axis], 1e-4);
  const std::vector<double> spacing{grid.spacing_mm[1], grid.spacing_mm[0]};
  EXPECT_EQ(numbers_of(dataset, DCM_PixelSpacing), spacing);
  EXPECT_EQ(numbers_of(dataset, DCM_Rows)[0], grid.size[1]);
  EXPECT_EQ(numbers_of(dataset, DCM_Columns)[0], grid.size[0]);
  ASSERT_TRUE(dataset.chooseRepresentation(EXS_LittleEndianExplicit, nullptr).good());
  const Uint16* stored = nullptr;
  unsigned long count = 0;
  ASSERT_TRUE(dataset.findAndGetUint16Array(DCM_PixelData, stored, &count).good());
  ASSERT_EQ(count, unsigned(grid.size[0] * grid.size[1]));
  const bool is_signed = text_of(dataset, DCM_PixelRepresentation) == "1";
  const double intercept = numbers_of(dataset, DCM_RescaleIntercept)[0];
  EXPECT_EQ(numbers_of(dataset, DCM_RescaleSlope)[0], 1);
  const std::int16_t* expected_hu = &hu(0, 0, z);
  for (unsigned long i = 0; i < count; ++i) {
    const double value = is_signed ? double(std::int16_t(stored[i])) : double(stored[i]);
    ASSERT_EQ(value + intercept, expected_hu[i]) << i;
  }
}

TEST_F(Dicom, CtHoldsThePhantom) {
  for (const Patient& patient : cohort_patients()) {
    if (patient.mask == MaskKind::nifti) continue;
    SCOPED_TRACE(patient.number);
    std::vector<CtSeries> series{planning_series(patient)};
    if (patient.traits.second_series) series.push_back(second_series(patient));
    for (const CtSeries& one : series) {
      const auto hu = scanned(patient.phantom, one.grid);
      for (int z = 0; z < one.grid.size[2]; ++z) {
        DcmDataset& dataset = object(slice_uid(patient, one, z));
        EXPECT_EQ(text_of(dataset, DCM_SeriesInstanceUID), uid_of(patient, one.part));
        EXPECT_EQ(text_of(dataset, DCM_PatientName), patient.identity.name);
        expect_slice(dataset, hu, z);
      }
    }
  }
}

TEST_F(Dicom, CasesAreNamedAfterTheSeriesThatTheMaskRefersTo) {
  for (const Patient& patient : cohort_patients()) {
    if (patient.mask == MaskKind::nifti) continue;
    DcmDataset& mask = object(mask_uid(patient));
    DcmItem* series = &mask;
    if (patient.mask == MaskKind::rtstruct) {
      DcmItem& frame = item_of(mask, DCM_ReferencedFrameOfReferenceSequence);
      DcmItem& study = item_of(frame, DCM_RTReferencedStudySequence);
      series = &item_of(study, DCM_RTReferencedSeriesSequence);
    } else {
      series = &item_of(mask, DCM_ReferencedSeriesSequence);
    }
    EXPECT_EQ(case_name_of(text_of(*series, DCM_SeriesInstanceUID)), patient.case_name);
    EXPECT_EQ(patient.case_name.size(), 13u);
  }
}

/// Of all contours of a region: on the slices' planes, corners on the surface; volume in mm3 as
/// area times slice distance.
double contour_volume_mm3(DcmItem& roi, const Ellipsoid& ellipsoid, const Geometry& grid) {
  double volume = 0;
  const unsigned long contours = items_of(roi, DCM_ContourSequence);
  for (unsigned long i = 0; i < contours; ++i) {
    const auto data = numbers_of(item_of(roi, DCM_ContourSequence, long(i)), DCM_ContourData);
    EXPECT_EQ(int(data.size()), 3 * contour_points);
    const double slice = (data[2] - grid.origin_mm[2]) / grid.spacing_mm[2];
    EXPECT_NEAR(slice, std::round(slice), 1e-4);
    double twice = 0;
    for (std::size_t p = 0; p < data.size(); p += 3) {
      const std::size_t q = (p + 3) % data.size();
      EXPECT_EQ(data[p + 2], data[2]);
      twice += data[p] * data[q + 1] - data[q] * data[p + 1];
    }
    const auto outline = section(ellipsoid, data[2]);
    EXPECT_TRUE(outline);
    // corners rounded to 0.0001 mm: 0.00005 mm times the perimeter, at most 300 mm
    EXPECT_NEAR(std::abs(twice) / 2, contour_area_ratio * area_mm2(*outline), 0.02);
    volume += std::abs(twice) / 2 * grid.spacing_mm[2];
  }
  return volume;
}

TEST_F(Dicom, RtstructHoldsTheSections) {
  int checked = 0;
  for (const Patient& patient : cohort_patients()) {
    if (patient.mask != MaskKind::rtstruct) continue;
    SCOPED_TRACE(patient.number);
    DcmDataset& dataset = object(mask_uid(patient));
    ASSERT_EQ(items_of(dataset, DCM_ROIContourSequence), patient.rois.size());
    for (std::size_t i = 0; i < patient.rois.size(); ++i) {
      const Roi& roi = patient.rois[i];
      DcmItem& name = item_of(dataset, DCM_StructureSetROISequence, long(i));
      EXPECT_EQ(text_of(name, DCM_ROIName), roi.name);
      DcmItem& contours = item_of(dataset, DCM_ROIContourSequence, long(i));
      EXPECT_EQ(text_of(contours, DCM_ReferencedROINumber), text_of(name, DCM_ROINumber));
      const double volume = contour_volume_mm3(contours, roi.ellipsoid, patient.grid);
      // The sum over slices of a quadratic area misses its integral by the two ends only, by less
      // than one slice there: (distance / height)^2 of the volume.
      const double part = patient.grid.spacing_mm[2] / half_extent_mm(roi.ellipsoid)[2];
      if (roi.lesion >= 0) {
        EXPECT_NEAR(volume, volume_mm3(roi.ellipsoid),
                    (part * part + 4e-4) * volume_mm3(roi.ellipsoid));
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 18);
}

TEST_F(Dicom, SegHoldsTheVoxels) {
  int frames_checked = 0;
  for (const Patient& patient : cohort_patients()) {
    if (patient.mask != MaskKind::seg) continue;
    SCOPED_TRACE(patient.number);
    DcmDataset& dataset = object(mask_uid(patient));
    const Uint8* bytes = nullptr;
    unsigned long length = 0;
    ASSERT_TRUE(dataset.findAndGetUint8Array(DCM_PixelData, bytes, &length).good());
    std::vector<Mask> left;  // voxels that no frame has shown yet
    for (const Roi& roi : patient.rois) left.push_back(voxelised(roi.ellipsoid, patient.grid));
    const std::size_t plane = std::size_t(patient.grid.size[0]) * patient.grid.size[1];
    const unsigned long frames = items_of(dataset, DCM_PerFrameFunctionalGroupsSequence);
    ASSERT_GE(8 * length, frames * plane);
    for (unsigned long f = 0; f < frames; ++f, ++frames_checked) {
      DcmItem& groups = item_of(dataset, DCM_PerFrameFunctionalGroupsSequence, long(f));
      const auto position =
          numbers_of(item_of(groups, DCM_PlanePositionSequence), DCM_ImagePositionPatient);
      const int z =
          int(std::lround((position[2] - patient.grid.origin_mm[2]) / patient.grid.spacing_mm[2]));
      const int segment = int(numbers_of(item_of(groups, DCM_SegmentIdentificationSequence),
                                         DCM_ReferencedSegmentNumber)[0]);
      const auto expected = left[segment - 1].voxels().subspan(z * plane, plane);
      for (std::size_t i = 0; i < plane; ++i) {
        const std::size_t bit = f * plane + i;
        ASSERT_EQ(bytes[bit / 8] >> bit % 8 & 1, expected[i]) << "frame " << f;
      }
      std::ranges::fill(expected, std::uint8_t(0));
    }
    for (const Mask& mask : left) EXPECT_TRUE(bounding_box(mask).empty());
  }
  EXPECT_GT(frames_checked, 60);
}

}  // namespace
}  // namespace radiomics::samples
