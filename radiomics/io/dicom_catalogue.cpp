#include "radiomics/io/dicom_catalogue.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_references.h"
#include "radiomics/io/dicom_region_headers.h"
#include "radiomics/io/series_parts.h"
#include "radiomics/io/slice_description.h"

namespace radiomics {
namespace {

DicomMaskObject describe_mask(DcmItem& header, const std::filesystem::path& file) {
  DicomMaskObject mask;
  mask.file = file;
  mask.modality = text(header, DCM_Modality);
  mask.sop_instance_uid = text(header, DCM_SOPInstanceUID);
  mask.study_uid = text(header, DCM_StudyInstanceUID);
  if (mask.modality == "RTSTRUCT") {
    mask.references = rtstruct_references(header);
    mask.regions = rtstruct_region_headers(header);
    mask.problem = rtstruct_header_problem(header);
    for (RtRegion& region : rtstruct_regions(header))
      if (!region.only_points()) mask.region_names.push_back(std::move(region.name));
  } else {
    mask.references = seg_references(header);
    mask.regions = seg_region_headers(header);
    mask.problem = seg_header_problem(header);
    for (Segment& segment : seg_segments(header))
      mask.region_names.push_back(std::move(segment.label));
  }
  return mask;
}

constexpr std::string_view damaged = "a DICOM file that ";  // and what is wrong with it
constexpr const char* empty = "an empty file";
constexpr const char* unreadable = "a file that cannot be read";

class Cataloguer {
 public:
  void add(const std::filesystem::path& file) {
    if (!looks_like_dicom(file)) return leave_out(file, why_no_dicom(file));
    std::string problem;
    const auto object = DicomFile::read(file, DicomPart::header, problem);
    if (!object) return leave_out(file, std::string(damaged) + problem);
    DcmItem& header = object->dataset();
    const std::string modality = text(header, DCM_Modality);
    if (modality == "RTSTRUCT" || modality == "SEG")
      catalogue_.masks.push_back(describe_mask(header, file));
    else if (modality == "CT" || modality == "MR" || modality == "PT")
      add_images(*object, modality, file);
    else
      leave_out(file, modality.empty()
                          ? "a DICOM object without a modality, such as a DICOMDIR"
                          : "a DICOM object of modality " + one_line(valid_utf8(modality)) +
                                ": neither CT, MR or PT nor RTSTRUCT or SEG");
  }

  DicomCatalogue take() && { return std::move(catalogue_); }

 private:
  static std::string why_no_dicom(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::file_size(file, ignored) == 0) return empty;
    return std::ifstream(file).good() ? "no DICOM file" : unreadable;
  }

  void leave_out(const std::filesystem::path& file, std::string reason) {
    catalogue_.left_out.push_back({file, std::move(reason)});
  }

  void add_images(const DicomFile& object, const std::string& modality,
                  const std::filesystem::path& file) {
    DcmItem& header = object.dataset();
    if (!integer(header, DCM_Rows))
      return leave_out(file, "a DICOM object of modality " + modality + " that is no image");
    DicomSeries& series = series_of(header, modality, file);
    std::ranges::move(describe_images(object, file), std::back_inserter(series.slices));
  }

  DicomSeries& series_of(DcmItem& header, const std::string& modality,
                         const std::filesystem::path& file) {
    const std::string uid = text(header, DCM_SeriesInstanceUID);
    const std::string key = uid.empty() ? file.parent_path().string() : uid;
    const auto [place, is_new] = series_by_key_.try_emplace(key, catalogue_.series.size());
    if (is_new) {
      DicomSeries& series = catalogue_.series.emplace_back();
      series.series_uid = uid;
      series.study_uid = text(header, DCM_StudyInstanceUID);
      series.frame_of_reference_uid = text(header, DCM_FrameOfReferenceUID);
      series.modality = modality;
      series.patient_id = text(header, DCM_PatientID);
    }
    return catalogue_.series[place->second];
  }

  DicomCatalogue catalogue_;
  std::map<std::string, std::size_t> series_by_key_;
};

std::vector<DicomSeries> all_parts(std::vector<DicomSeries> series) {
  std::vector<DicomSeries> parts;
  for (DicomSeries& one : series)
    std::ranges::move(split_into_parts(std::move(one)), std::back_inserter(parts));
  return parts;
}

/// Whether a file holds too little to tell what it was: nothing, or no more than a DICOM file
/// starts with.
bool is_hollow(const std::filesystem::path& file) {
  constexpr std::uintmax_t fewest_bytes = 256;
  std::error_code ignored;
  return std::filesystem::file_size(file, ignored) < fewest_bytes;
}

// A file without content counts where its name ends as those of the series do.
void find_damaged_files(DicomCatalogue& catalogue) {
  std::map<std::filesystem::path, std::vector<const LeftOutFile*>> by_folder;
  for (const LeftOutFile& file : catalogue.left_out)
    if (file.reason.starts_with(damaged) || file.reason == empty || file.reason == unreadable)
      by_folder[file.file.parent_path()].push_back(&file);
  if (by_folder.empty()) return;
  for (DicomSeries& series : catalogue.series) {
    std::map<std::filesystem::path, std::set<std::filesystem::path>> extensions;
    for (const DicomSlice& slice : series.slices)
      extensions[slice.file.parent_path()].insert(slice.file.extension());
    for (const auto& [folder, known] : extensions)
      for (const LeftOutFile* file : by_folder[folder])
        if (known.contains(file->file.extension()) ||
            (file->reason.starts_with(damaged) && !is_hollow(file->file)))
          series.damaged_files.push_back(*file);
  }
}

}  // namespace

std::string series_name(const std::string& series_uid) {
  return "s" + sha256(series_uid).substr(0, 12);
}

std::string series_name(const DicomSeries& series) {
  return series_name(series.series_uid) +
         (series.part_number ? "." + to_text(series.part_number) : "");
}

DicomCatalogue read_catalogue(const std::filesystem::path& root) {
  std::error_code ignored;  // what cannot be looked at is no file
  FolderFiles found =
      std::filesystem::is_regular_file(root, ignored) ? FolderFiles{{root}, {}} : files_below(root);
  Cataloguer cataloguer;
  for (const auto& file : found.files) cataloguer.add(file);
  DicomCatalogue catalogue = std::move(cataloguer).take();
  std::ranges::move(found.left_out, std::back_inserter(catalogue.left_out));
  std::ranges::sort(catalogue.left_out, {}, &LeftOutFile::file);
  catalogue.series = all_parts(std::move(catalogue.series));
  find_damaged_files(catalogue);
  return catalogue;
}

}  // namespace radiomics
