#include "radiomics/pipeline/linkage.h"

#include <map>
#include <set>
#include <system_error>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/pipeline/match.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

std::string relative(const std::string& path, const Case& one) {
  return without_folder(path, one.folder);
}

void identify(const DicomSeries& series, LinkedCase& linked) {
  linked.patient_id = valid_utf8(series.patient_id);
  linked.study_uid = valid_utf8(series.study_uid);
  linked.series_uid = valid_utf8(series.series_uid);
}

// ---- a folder ----

void add_series_without_case(const DicomCatalogue& catalogue, const std::set<std::string>& images,
                             const std::string& root, std::vector<LinkedCase>& linked) {
  for (const DicomSeries& series : catalogue.series) {
    const std::string first = series.slices.front().file.string();
    if (images.contains(first)) continue;
    LinkedCase& one = linked.emplace_back();
    one.case_name = series_name(series);
    one.path = without_folder(first, root);
    identify(series, one);
  }
}

void add_masks_without_case(const DicomCatalogue& catalogue, const std::set<std::string>& masks,
                            const std::string& root, std::vector<LinkedCase>& linked) {
  for (const DicomMaskObject& mask : catalogue.masks) {
    if (masks.contains(mask.file.string())) continue;
    LinkedCase& one = linked.emplace_back();
    one.case_name = name_of_unmatched(mask);
    one.mask = without_folder(mask.file.string(), root);
    one.patient_id = valid_utf8(mask.references.patient_id);
    one.study_uid = valid_utf8(mask.study_uid);
    if (const auto& series = mask.references.series; !series.empty())
      one.series_uid = valid_utf8(series.front().uid);
  }
}

std::vector<LinkedCase> linkage_of_folder(const CaseList& list, const fs::path& root,
                                          const CatalogueOptions& options) {
  const DicomCatalogue catalogue = read_catalogue(root, options);
  std::map<std::string, const DicomSeries*> series_at;
  for (const DicomSeries& series : catalogue.series)
    series_at[series.slices.front().file.string()] = &series;
  std::vector<LinkedCase> linked;
  std::set<std::string> images, masks;
  for (const Case& one : list.cases) {
    images.insert(one.image);
    masks.insert(one.mask);
    linked.push_back({one.name, relative(one.image, one), relative(one.mask, one), "", "", ""});
    if (const auto found = series_at.find(one.image); found != series_at.end())
      identify(*found->second, linked.back());
  }
  add_series_without_case(catalogue, images, root.string(), linked);
  add_masks_without_case(catalogue, masks, root.string(), linked);
  return linked;
}

// ---- a list ----

/// The series that the case would measure, in the folder of its image.
void identify_by_headers(const Case& one, LinkedCase& linked) {
  const ImageSource image = one.open_image(one.open_mask());
  if (linked.case_name.empty()) linked.case_name = image.name;
  for (const DicomSeries& series : read_catalogue(one.image).series)
    if (series.series_uid == image.series_uid) return identify(series, linked);
}

std::vector<LinkedCase> linkage_of_list(const CaseList& list) {
  std::vector<LinkedCase> linked;
  for (const Case& one : list.cases) {
    linked.push_back({one.name, relative(one.image, one), relative(one.mask, one), "", "", ""});
    std::error_code ignored;
    if (!fs::is_directory(one.image, ignored)) continue;
    try {
      identify_by_headers(one, linked.back());
    } catch (const Error&) {
      // the run reports it
    }
  }
  return linked;
}

}  // namespace

std::vector<LinkedCase> linkage_of(const CaseList& list, const fs::path& input,
                                   const CatalogueOptions& options) {
  std::error_code ignored;
  return fs::is_directory(input, ignored) ? linkage_of_folder(list, input, options)
                                          : linkage_of_list(list);
}

void write_linkage_csv(const std::vector<LinkedCase>& cases, std::ostream& out) {
  out << "case,path,mask,PatientID,StudyInstanceUID,SeriesInstanceUID\n";
  for (const LinkedCase& one : cases) {
    std::vector<std::string> cells;
    for (const std::string* text :
         {&one.case_name, &one.path, &one.mask, &one.patient_id, &one.study_uid, &one.series_uid})
      cells.push_back(csv_cell(*text));
    out << join(cells, ",") << '\n';
  }
}

}  // namespace radiomics
