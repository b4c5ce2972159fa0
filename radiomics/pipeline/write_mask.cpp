#include "radiomics/pipeline/write_mask.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <system_error>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "radiomics/io/label_writer.h"
#include "radiomics/io/open.h"
#include "radiomics/io/seg_writer.h"
#include "radiomics/pipeline/failures.h"
#include "radiomics/pipeline/load.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {
namespace {

constexpr std::string_view dicom_ending = ".dcm";

bool is_dicom_name(const std::filesystem::path& file) {
  const std::string name = lower_case(file.filename().string());
  return name.ends_with(dicom_ending) && name.size() > dicom_ending.size();
}

/// Whether `file` lies in a folder or below it; false for what is no folder.
bool lies_within(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::error_code ignored;  // what cannot be looked at is refused when it is opened
  const auto inner = std::filesystem::canonical(file, ignored);
  const auto outer = std::filesystem::canonical(folder, ignored);
  const auto end = std::ranges::mismatch(outer, inner).in1;
  return std::filesystem::is_directory(outer, ignored) && end == outer.end();
}

void require_no_input(const std::filesystem::path& output, const Case& input) {
  std::error_code ignored;
  if (!std::filesystem::exists(output, ignored)) return;
  for (const std::filesystem::path path : {input.image, input.mask}) {
    const bool is_input = std::filesystem::equivalent(output, path, ignored) ||
                          (is_dicom_file(output) && lies_within(output, path));
    require(!is_input, ErrorKind::unwritable_output,
            output.string() + ": is there already, as a part of " + path.string() +
                "; give another name");
  }
}

/// The regions that can be read; of the others the failures.
std::vector<NamedMask> read_regions(const Case& input, const OpenedCase& opened,
                                    WrittenMask& result) {
  std::vector<NamedMask> regions;
  for (const std::string& roi : opened.rois) {
    try {
      RegionMask drawn = drawn_region(opened, roi);
      result.regions.push_back(
          {0, roi, voxels_inside(drawn.mask.volume), std::move(drawn.warnings)});
      regions.push_back({roi, std::move(drawn.mask)});
    } catch (const Error& error) {
      result.failures.push_back(failure_to_read({input, opened.name, roi}, error));
    }
  }
  return regions;
}

void append(std::vector<std::string>& to, std::vector<std::string> from) {
  std::ranges::move(from, std::back_inserter(to));
}

/// \return the labels
std::vector<int> write(const std::filesystem::path& output, const OpenedCase& opened,
                       const std::vector<NamedMask>& regions, std::vector<std::string>& warnings) {
  if (!is_dicom_name(output)) return write_labels(output, regions);
  append(warnings, write_dicom_seg(output, opened.image, regions, program_version()));
  warnings.emplace_back(
      "the file carries the patient's identity from the series, as DICOM demands; the other "
      "formats "
      "name nobody");
  std::vector<int> labels(regions.size());
  std::iota(labels.begin(), labels.end(), 1);
  return labels;
}

}  // namespace

const std::vector<std::string>& mask_file_endings() {
  static const std::vector<std::string> endings{".nii.gz",   ".nii", ".nrrd",
                                                ".seg.nrrd", ".mha", std::string(dicom_ending)};
  return endings;
}

bool is_mask_file_name(const std::filesystem::path& file) {
  return label_format(file) || is_dicom_name(file);
}

WrittenMask write_mask(const Case& input, const std::filesystem::path& output) {
  require_no_input(output, input);
  const OpenedCase opened = open_case(input);
  WrittenMask result;
  append(result.warnings, opened.warnings);
  const std::vector<NamedMask> regions = read_regions(input, opened, result);
  if (regions.empty()) return result;
  const std::vector<int> labels = write(output, opened, regions, result.warnings);
  for (std::size_t i = 0; i < labels.size(); ++i) result.regions[i].label = labels[i];
  return result;
}

}  // namespace radiomics
