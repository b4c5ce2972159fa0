#include <cassert>
#include <cmath>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "samples/dicom_modules.h"
#include "samples/dicom_objects.h"

// Source of modules and attributes: DICOM PS3.3, A.3 (CT Image IOD) and annex C.
namespace radiomics::samples {
namespace {

/// How a patient's HU are stored: HU = stored + intercept.
struct Storage {
  int intercept, bits_stored, is_signed;
};

Storage storage_of(const DicomTraits& traits) {
  return traits.signed_pixels ? Storage{0, 16, 1} : Storage{-1024, 12, 0};
}

void put_image_plane(DcmItem& dataset, const Patient& patient, const Geometry& grid, int z) {
  const double thickness = patient.traits.slice_thickness_mm;
  put(dataset, DCM_PixelSpacing, pixel_spacing(grid));
  put(dataset, DCM_ImageOrientationPatient, orientation(grid));
  put(dataset, DCM_ImagePositionPatient, slice_position(grid, z));
  put(dataset, DCM_SliceThickness, decimal(thickness > 0 ? thickness : grid.spacing_mm[2]));
  put(dataset, DCM_SliceLocation, decimal(position_mm(grid, Index3{0, 0, z})[2]));
  put(dataset, DCM_PatientPosition, "HFS");
  put(dataset, DCM_BodyPartExamined, "CHEST");
}

void put_ct_image(DcmItem& dataset, const Patient& patient, int instance_number) {
  const Storage storage = storage_of(patient.traits);
  put(dataset, DCM_ImageType, "ORIGINAL\\PRIMARY\\AXIAL");
  put(dataset, DCM_InstanceNumber, instance_number);
  put(dataset, DCM_AcquisitionNumber, 1);
  put(dataset, DCM_AcquisitionDate, patient.identity.study_date);
  put(dataset, DCM_AcquisitionTime, "101800");
  put(dataset, DCM_ContentDate, patient.identity.study_date);
  put(dataset, DCM_ContentTime, "101900");
  put(dataset, DCM_KVP, "120");
  put(dataset, DCM_RescaleIntercept, storage.intercept);
  put(dataset, DCM_RescaleSlope, 1);
  put(dataset, DCM_RescaleType, "HU");
  put(dataset, DCM_WindowCenter, 40);
  put(dataset, DCM_WindowWidth, 400);
}

void put_pixels(DcmItem& dataset, const Patient& patient, const Volume<std::int16_t>& hu, int z) {
  const Storage storage = storage_of(patient.traits);
  const Index3 size = hu.geometry().size;
  put(dataset, DCM_SamplesPerPixel, 1);
  put(dataset, DCM_PhotometricInterpretation, "MONOCHROME2");
  put(dataset, DCM_Rows, size[1]);
  put(dataset, DCM_Columns, size[0]);
  put(dataset, DCM_BitsAllocated, 16);
  put(dataset, DCM_BitsStored, storage.bits_stored);
  put(dataset, DCM_HighBit, storage.bits_stored - 1);
  put(dataset, DCM_PixelRepresentation, storage.is_signed);
  const auto slice = hu.voxels().subspan(hu.index(0, 0, z), std::size_t(size[0]) * size[1]);
  std::vector<Uint16> stored;
  stored.reserve(slice.size());
  for (const std::int16_t value : slice) stored.push_back(Uint16(value - storage.intercept));
  [[maybe_unused]] const OFCondition put_in = dataset.putAndInsertUint16Array(
      DCM_PixelData, stored.data(), static_cast<unsigned long>(stored.size()));
  assert(put_in.good());
}

void compress(DcmDataset& dataset) {
  [[maybe_unused]] const OFCondition done = dataset.chooseRepresentation(EXS_RLELossless, nullptr);
  assert(done.good());
}

}  // namespace

CtSeries planning_series(const Patient& patient) {
  return {"ct", 2, "Thorax planning", patient.grid};
}

CtSeries second_series(const Patient& patient) {
  Geometry grid = patient.grid;
  const double extent_mm = grid.spacing_mm[2] * (grid.size[2] - 1);
  grid.spacing_mm[2] = 5;
  grid.size[2] = int(std::floor(extent_mm / 5)) + 1;
  return {"ct thick", 3, "Thorax 5 mm", grid};
}

std::string slice_uid(const Patient& patient, const CtSeries& series, int z) {
  return uid_of(patient, series.part + "/" + to_text(z));
}

std::filesystem::path object_file(const std::filesystem::path& folder, const Patient& patient,
                                  const std::string& sop_instance_uid) {
  return folder / (sha256(sop_instance_uid).substr(0, 8) + (patient.number % 2 ? ".dcm" : ""));
}

void write_ct(const std::filesystem::path& folder, const Patient& patient, const CtSeries& series,
              const Volume<std::int16_t>& hu) {
  const bool rle = patient.traits.syntax == TransferSyntax::rle;
  const int slices = series.grid.size[2];
  if (rle) DcmRLEEncoderRegistration::registerCodecs();
  for (int z = 0; z < slices; ++z) {
    DcmDataset dataset;
    const SopInstance instance{UID_CTImageStorage, slice_uid(patient, series, z)};
    put_common_modules(dataset, patient,
                       {"CT", uid_of(patient, series.part), series.number, series.description},
                       instance);
    put_image_plane(dataset, patient, series.grid, z);
    put_ct_image(dataset, patient, patient.traits.numbered_from_head ? slices - z : z + 1);
    put_pixels(dataset, patient, hu, z);
    if (rle) compress(dataset);
    save(dataset, object_file(folder, patient, instance.uid), patient.traits.syntax);
  }
  if (rle) DcmRLEEncoderRegistration::cleanup();
}

}  // namespace radiomics::samples
