#include "tests/support/bad_case.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "radiomics/core/text.h"
#include "samples/dicom_objects.h"

namespace radiomics {
namespace {

using samples::Patient;

bool is_suitable(const Patient& patient) {
  return patient.rois.size() > 1 && !patient.traits.signed_pixels &&
         patient.mask == samples::MaskKind::rtstruct &&
         patient.traits.syntax == samples::TransferSyntax::explicit_little_endian;
}

const Patient& patient() {
  static const Patient chosen = [] {
    const auto patients = samples::cohort_patients();
    const auto found = std::ranges::find_if(patients, is_suitable);
    if (found == patients.end()) throw std::logic_error("no patient of the cohort is suitable");
    return *found;
  }();
  return chosen;
}

void require_good(const OFCondition& condition) {
  if (condition.bad()) throw std::runtime_error(condition.text());
}

void edit_file(const std::filesystem::path& from, const std::filesystem::path& to,
               const BadCase::Edit& edit) {
  DcmFileFormat file;
  require_good(file.loadFile(OFFilename(from.c_str())));
  require_good(file.loadAllDataIntoMemory());  // the file may be written over
  edit(*file.getDataset());
  require_good(file.saveFile(OFFilename(to.c_str()), EXS_Unknown));
}

std::string two_digits(int z) { return (z < 10 ? "0" : "") + std::to_string(z); }

}  // namespace

BadCase::BadCase() {
  const samples::CtSeries series = samples::planning_series(patient());
  const std::filesystem::path written = folder_ / "written";
  samples::write_ct(written, patient(), series, scanned(patient().phantom, series.grid));
  std::filesystem::create_directory(ct());
  for (int z = 0; z < slice_count(); ++z)
    std::filesystem::rename(
        samples::object_file(written, patient(), samples::slice_uid(patient(), series, z)),
        slice(z));
  std::filesystem::rename(samples::write_rtstruct(written, patient(), series), rtstruct());
  std::filesystem::rename(samples::write_seg(written, patient(), series), seg());
  std::filesystem::remove_all(written);
}

std::filesystem::path BadCase::slice(int z) const { return ct() / (two_digits(z) + ".dcm"); }

int BadCase::slice_count() { return patient().grid.size[2]; }

int BadCase::middle() {
  return int(std::round(index_at(patient().grid, primary_tumour(patient()).centre_mm)[2]));
}

double BadCase::spacing_mm() { return patient().grid.spacing_mm[2]; }

void BadCase::edit_slice(int z, const Edit& edit) const { edit_file(slice(z), slice(z), edit); }

void BadCase::edit_slices(const std::function<void(DcmDataset&, int z)>& edit) const {
  for (int z = 0; z < slice_count(); ++z)
    edit_slice(z, [&](DcmDataset& dataset) { edit(dataset, z); });
}

void BadCase::edit_rtstruct(const Edit& edit) const { edit_file(rtstruct(), rtstruct(), edit); }

void BadCase::edit_seg(const Edit& edit) const { edit_file(seg(), seg(), edit); }

void BadCase::add_slice(int z, const std::string& name, const Edit& edit) const {
  edit_file(slice(z), ct() / name, edit);
}

void BadCase::remove_slice(int z) const { std::filesystem::remove(slice(z)); }

void BadCase::cut(const std::filesystem::path& file, double part) {
  const auto size = double(std::filesystem::file_size(file));
  std::filesystem::resize_file(file, std::uintmax_t(part * size));
}

void BadCase::replace(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string text_of(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  return item.findAndGetOFStringArray(tag, value).good() ? std::string(value.c_str()) : "";
}

void set_text(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  require_good(item.putAndInsertString(tag, value.c_str()));
}

std::vector<double> numbers_of(DcmItem& item, const DcmTagKey& tag) {
  std::vector<double> values;
  for (const std::string& value : split(text_of(item, tag), '\\'))
    values.push_back(to_number(trimmed(value)).value());
  return values;
}

void set_numbers(DcmItem& item, const DcmTagKey& tag, const std::vector<double>& values) {
  std::vector<std::string> texts;
  for (const double value : values) texts.push_back(to_text(std::round(value * 1e4) / 1e4));
  set_text(item, tag, join(texts, "\\"));
}

std::vector<DcmItem*> items_of(DcmItem& item, const DcmTagKey& sequence) {
  DcmSequenceOfItems* found = nullptr;
  require_good(item.findAndGetSequence(sequence, found));
  std::vector<DcmItem*> items;
  for (unsigned long i = 0; i < found->card(); ++i) items.push_back(found->getItem(i));
  return items;
}

std::vector<std::uint16_t> pixels_of(DcmDataset& slice) {
  const Uint16* values = nullptr;
  unsigned long count = 0;
  require_good(slice.findAndGetUint16Array(DCM_PixelData, values, &count));
  return {values, values + count};
}

void set_pixels(DcmDataset& slice, const std::vector<std::uint16_t>& pixels) {
  require_good(slice.putAndInsertUint16Array(DCM_PixelData, pixels.data(), pixels.size()));
}

void edit_contours(DcmDataset& rtstruct, const std::function<void(std::vector<double>&)>& edit) {
  DcmItem& region = *items_of(rtstruct, DCM_ROIContourSequence).front();
  for (DcmItem* contour : items_of(region, DCM_ContourSequence)) {
    std::vector<double> points = numbers_of(*contour, DCM_ContourData);
    edit(points);
    set_numbers(*contour, DCM_ContourData, points);
  }
}

}  // namespace radiomics
