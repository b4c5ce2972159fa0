#include "radiomics/pipeline/case_list.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_series.h"
#include "radiomics/io/open.h"
#include "radiomics/pipeline/match.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

Failure failure_of(const std::string& case_name, ErrorKind kind, const std::string& message) {
  return {case_name, "", "match", std::string(to_string(kind)), message};
}

// ---- the rows of a CSV ----

/// Where the columns with a meaning stand; all others are carried.
struct CsvColumns {
  std::optional<std::size_t> image, mask, name, roi;
  std::vector<std::size_t> carried;
};

std::optional<std::size_t> column_of(const TextTable& table,
                                     const std::vector<std::string>& names) {
  for (const std::string& name : names)
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (lower_case(table.columns[i]) == name) return i;
  return {};
}

CsvColumns columns_in(const TextTable& table, const std::string& file) {
  CsvColumns columns{column_of(table, {"image"}),
                     column_of(table, {"mask"}),
                     column_of(table, {"case", "id", "patientid"}),
                     column_of(table, {"roi", "label"}),
                     {}};
  require(columns.image && columns.mask, ErrorKind::column_not_found,
          file + ":1: a case list needs the columns image and mask; there are: " +
              join(table.columns, ", "));
  const std::optional<std::size_t> known[] = {columns.image, columns.mask, columns.name,
                                              columns.roi};
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (std::ranges::count(known, std::optional(i)) == 0) columns.carried.push_back(i);
  return columns;
}

/// Cases that were called after their files must not share a name.
void require_distinct_stems(const std::vector<Case>& cases, const std::string& file) {
  std::map<std::string, std::string> images;
  for (const Case& one : cases) {
    const auto [known, is_new] = images.try_emplace(one.name, one.image);
    require(one.name.empty() || is_new || known->second == one.image, ErrorKind::ambiguous_input,
            file + ": several images would be called '" + one_line(one.name) +
                "'; add a column case with their names");
  }
}

CaseList cases_of_csv(const std::filesystem::path& file) {
  const TextTable table = read_csv(file);
  const CsvColumns columns = columns_in(table, file.string());
  const std::filesystem::path folder = file.parent_path();
  CaseList list;
  for (const std::size_t i : columns.carried) list.carried_columns.push_back(table.columns[i]);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto& cells = table.rows[r];
    const std::string image(trimmed(cells[*columns.image])), mask(trimmed(cells[*columns.mask]));
    std::string name = columns.name ? std::string(trimmed(cells[*columns.name])) : "";
    if (image.empty() || mask.empty()) {
      list.failures.push_back(
          failure_of(name, image.empty() ? ErrorKind::missing_image : ErrorKind::missing_mask,
                     file.filename().string() + ":" + to_text(table.lines[r]) + ": no " +
                         (image.empty() ? "image" : "mask") + " is named; fill in its path"));
      continue;
    }
    Case one = case_of(folder / image, folder / mask, std::move(name));
    one.folder = folder.string();
    if (columns.roi && !trimmed(cells[*columns.roi]).empty())
      one.rois.emplace_back(trimmed(cells[*columns.roi]));
    for (const std::size_t i : columns.carried) one.carried.push_back(cells[i]);
    list.cases.push_back(std::move(one));
  }
  if (!columns.name) require_distinct_stems(list.cases, file.string());
  return list;
}

// ---- the objects of a folder ----

using SharedCatalogue = std::shared_ptr<const DicomCatalogue>;

std::vector<InputFile> files_of(const DicomSeries& series, const DicomMaskObject& mask) {
  std::vector<InputFile> files;
  for (const DicomSlice& slice : series.slices)
    files.push_back({slice.file, slice.file_bytes, slice.modified_ns, slice.sop_instance_uid});
  files.push_back({mask.file, mask.file_bytes, mask.modified_ns, mask.sop_instance_uid});
  return files;
}

Case case_of_objects(const SharedCatalogue& catalogue, const DicomSeries& series,
                     const DicomMaskObject& mask) {
  Case one;
  one.image = series.slices.front().file.string();
  one.mask = mask.file.string();
  one.open_mask = [catalogue, &mask] { return open_mask(mask); };
  one.open_image = [catalogue, &series](const MaskSource&) { return open_series(series); };
  one.input_files = [catalogue, &series, &mask] { return files_of(series, mask); };
  return one;
}

/// Names the cases of a folder, and refuses names that would stand for several patients.
class CaseNamer {
 public:
  CaseNamer(CaseNaming naming, const std::filesystem::path& root) : naming_(naming), root_(root) {}

  /// "" if there is nothing that the case could be called after.
  std::string name_of(const DicomSeries& series) {
    if (naming_ == CaseNaming::hash) return series_name(series);
    const std::string source =
        naming_ == CaseNaming::patient_id ? series.patient_id : folder_of(series);
    std::string name = safe_name(source);
    const std::pair<std::string, std::string> owner{source, series.patient_id};
    const auto [known, is_new] = owners_.try_emplace(name, owner);
    require(name.empty() || is_new || known->second == owner, ErrorKind::ambiguous_input,
            root_.string() + ": several patients would be called '" + name +
                "'; use --case-from hash, and --linkage to know who is who");
    return name;
  }

 private:
  /// The first folder below the root; the root itself if the images lie in it.
  std::string folder_of(const DicomSeries& series) const {
    const std::filesystem::path file =
        without_folder(series.slices.front().file.string(), root_.string());
    if (file.has_parent_path()) return file.begin()->string();
    std::error_code ignored;
    return std::filesystem::canonical(root_, ignored).filename().string();
  }

  CaseNaming naming_;
  std::filesystem::path root_;
  std::map<std::string, std::pair<std::string, std::string>> owners_;
};

/// Series that no mask refers to: the failure of their patient if nothing else of that patient is
/// measured, else a note.
void report_series_without_mask(const DicomCatalogue& catalogue,
                                const std::set<const DicomSeries*>& with_mask, CaseList& list) {
  std::set<std::string> measured_patients;
  for (const DicomSeries* series : with_mask) measured_patients.insert(series->patient_id);
  for (const DicomSeries& series : catalogue.series) {
    if (with_mask.contains(&series)) continue;
    const std::string name = series_name(series);
    const std::string what = "no RTSTRUCT or SEG refers to this " + series.modality + " series" +
                             (series.part.empty() ? "" : ", " + series.part + ",") + " of " +
                             to_text(series.slices.size()) + " images";
    if (measured_patients.contains(series.patient_id))
      list.notes.push_back(name + ": " + what + "; another series of the patient is measured");
    else
      list.failures.push_back(
          failure_of(name, ErrorKind::missing_mask, what + "; add the mask object to the folder"));
  }
}

void note_left_out_files(const DicomCatalogue& catalogue, CaseList& list) {
  std::map<std::string, int> counts;
  for (const LeftOutFile& file : catalogue.left_out) ++counts[file.reason];
  for (const auto& [reason, count] : counts)
    list.notes.push_back(to_text(count) + (count == 1 ? " file was" : " files were") +
                         " left out: " + reason);
}

CaseList cases_of_folder(const std::filesystem::path& root, CaseNaming naming,
                         const CatalogueOptions& options) {
  const auto catalogue = std::make_shared<const DicomCatalogue>(read_catalogue(root, options));
  CaseList list;
  list.cache_problem = catalogue->reading.cache_problem;
  CaseNamer namer(naming, root);
  std::set<const DicomSeries*> with_mask;
  for (const DicomMaskObject& mask : catalogue->masks) {
    const MatchedSeries match = match_series(mask, *catalogue);
    if (!match.series) {
      const std::string file = without_folder(mask.file.string(), root.string());
      list.failures.push_back(failure_of(name_of_unmatched(mask), ErrorKind::missing_image,
                                         file + ": the " + mask.modality + " " + match.problem));
      continue;
    }
    with_mask.insert(match.series);
    Case one = case_of_objects(catalogue, *match.series, mask);
    one.folder = root.string();
    one.name = namer.name_of(*match.series);
    if (!one.name.empty())
      list.cases.push_back(std::move(one));
    else
      list.failures.push_back(
          failure_of(series_name(*match.series), ErrorKind::unsupported_data,
                     without_folder(one.image, one.folder) +
                         ": has no PatientID that a case could be called after; use --case-from "
                         "hash or folder"));
  }
  number_repeated_names(list.cases);
  report_series_without_mask(*catalogue, with_mask, list);
  note_left_out_files(*catalogue, list);
  require(!list.cases.empty() || !list.failures.empty(), ErrorKind::unreadable_file,
          root.string() +
              ": there is no DICOM image in this folder; give a folder of DICOM files "
              "or a CSV with the columns image,mask");
  return list;
}

}  // namespace

std::string stem_of(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  return name.substr(0, name.find('.', 1));
}

Case case_of(const std::filesystem::path& image, const std::filesystem::path& mask,
             std::string name, const std::string& series) {
  Case one;
  one.name = std::move(name);
  one.image = image.string();
  one.mask = mask.string();
  std::error_code ignored;  // what cannot be looked at is refused when it is opened
  if (one.name.empty() && !std::filesystem::is_directory(image, ignored)) one.name = stem_of(image);
  one.open_mask = [mask] { return open_mask(mask); };
  one.open_image = [image, series](const MaskSource& source) {
    std::vector<std::string> referenced;
    for (const ReferencedSeries& named : source.references.series) referenced.push_back(named.uid);
    return open_image(image, {series, std::move(referenced), source.references.instance_uids()});
  };
  one.input_files = [image, mask] {
    std::vector<InputFile> files = input_files(image);
    std::ranges::move(input_files(mask), std::back_inserter(files));
    return files;
  };
  return one;
}

std::string name_of_unmatched(const DicomMaskObject& mask) {
  const auto& series = mask.references.series;
  return series_name(series.empty() ? mask.sop_instance_uid : series.front().uid);
}

CaseList list_cases(const std::filesystem::path& input, CaseNaming naming,
                    const CatalogueOptions& catalogue) {
  std::error_code ignored;
  if (std::filesystem::is_directory(input, ignored))
    return cases_of_folder(input, naming, catalogue);
  require(std::filesystem::is_regular_file(input, ignored), ErrorKind::unreadable_file,
          input.string() + ": no such file or folder; check the path");
  require(naming == CaseNaming::hash, ErrorKind::invalid_settings,
          input.string() +
              ": a list names its cases in the column case, --case-from is for folders; leave it "
              "out");
  return cases_of_csv(input);
}

}  // namespace radiomics
