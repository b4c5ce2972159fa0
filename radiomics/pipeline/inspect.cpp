#include "radiomics/pipeline/inspect.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "radiomics/core/error.h"
#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_series.h"
#include "radiomics/io/image_io.h"
#include "radiomics/io/open.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/match.h"
#include "radiomics/pipeline/transfer_syntax_names.h"

namespace radiomics {
namespace {

namespace fs = std::filesystem;

std::string relative_path(const fs::path& file, const fs::path& root) {
  return without_folder(file.string(), root.string());
}

std::string name_of_study(const std::string& study_uid) {
  return study_uid.empty() ? "" : "t" + sha256(study_uid).substr(0, 12);
}

// ---- patients ----

const std::string& patient_id_of(const DicomSeries& series) { return series.patient_id; }
const std::string& patient_id_of(const DicomMaskObject& mask) { return mask.references.patient_id; }

/// Which objects are one patient's. Never leaves this file: it holds the PatientID.
template <class Object>
std::string patient_key(const Object& object, const fs::path& file) {
  if (!patient_id_of(object).empty()) return "patient " + patient_id_of(object);
  if (!object.study_uid.empty()) return "study " + object.study_uid;
  return "file " + file.string();
}

/// Patients by numbers in the order of their first files.
class Patients {
 public:
  explicit Patients(const DicomCatalogue& catalogue) {
    std::map<fs::path, std::string> keys;
    for (const DicomSeries& series : catalogue.series)
      keys[series.slices.front().file] = patient_key(series, series.slices.front().file);
    for (const DicomMaskObject& mask : catalogue.masks)
      keys[mask.file] = patient_key(mask, mask.file);
    for (const auto& [file, key] : keys)
      if (names_.try_emplace(key, "patient " + to_text(names_.size() + 1)).second)
        patients_.push_back({names_[key], key.starts_with("patient ")});
  }

  template <class Object>
  std::string name_of(const Object& object, const fs::path& file) const {
    return names_.at(patient_key(object, file));
  }
  const std::vector<Inspection::Patient>& all() const { return patients_; }

 private:
  std::map<std::string, std::string> names_;
  std::vector<Inspection::Patient> patients_;
};

// ---- images ----

/// "JPEG 2000", or several joined by "and".
std::string encoding_of(const DicomSeries& series) {
  std::set<std::string> names;
  for (const DicomSlice& slice : series.slices)
    names.insert(transfer_syntax_name(*slice.transfer_syntax_uid));
  return join(names, " and ");
}

Inspection::Image image_of(const DicomSeries& series, const Patients& patients,
                           const fs::path& root) {
  const fs::path& first = series.slices.front().file;
  Inspection::Image image;
  image.name = series_name(series);
  image.path = relative_path(first, root);
  image.patient = patients.name_of(series, first);
  image.study = name_of_study(series.study_uid);
  image.modality = series.modality;
  image.encoding = encoding_of(series);
  image.part = series.part;
  std::set<fs::path> files;
  for (const DicomSlice& slice : series.slices) files.insert(slice.file);
  image.files = files.size();
  image.frames = image.files < series.slices.size() ? series.slices.size() : 0;
  image.pixels = {series.slices.front().columns, series.slices.front().rows};
  try {
    const ImageSource source = open_series(series);
    image.geometry = source.geometry;
    image.warnings = source.warnings;
  } catch (const Error& error) {
    image.problem = without_folder(error.what(), root.string());
  }
  return image;
}

bool is_called_like_an_image(const fs::path& file) {
  const std::string name = lower_case(file.filename().string());
  const auto ends = [&](std::string_view extension) { return name.ends_with(extension); };
  return ends(".nii") || ends(".nii.gz") || ends(".nrrd") || ends(".mha") || ends(".mhd");
}

Inspection::Image image_of(const fs::path& file, const fs::path& root) {
  Inspection::Image image;
  image.name = stem_of(file);
  image.path = relative_path(file, root);
  image.files = 1;
  try {
    image.geometry = open_image(file).geometry;
  } catch (const Error& error) {
    image.problem = without_folder(error.what(), root.string());
  }
  return image;
}

// ---- masks ----

std::string problem_of(const DicomRegionHeader& region, const DicomMaskObject& mask) {
  if (trimmed(region.name).empty()) return "has no name; give it one";
  if (region.only_points()) return "";
  // What is only a marker is no candidate: it does not make a name ambiguous. Said once.
  const auto same_name = [&](const DicomRegionHeader& other) {
    return other.name == region.name && !other.only_points();
  };
  const auto same = std::ranges::count_if(mask.regions, same_name);
  if (same > 1 && &region == &*std::ranges::find_if(mask.regions, same_name))
    return to_text(same) +
           " regions have this name, so that none can be chosen; give them different names";
  if (region.open_contours > 0)
    return to_text(region.open_contours) + " of its contours " +
           (region.open_contours == 1 ? "is" : "are") + " not closed; close them";
  return "";
}

Inspection::Region region_of(const DicomRegionHeader& header, const DicomMaskObject& mask) {
  return {.name = header.name,
          .contours = header.closed_contours + header.open_contours,
          .points = header.points,
          .frames = header.frames,
          .measurable = !header.empty && !header.only_points(),
          .problem = problem_of(header, mask)};
}

std::vector<Inspection::Reference> references_of(const DicomMaskObject& mask,
                                                 const DicomCatalogue& catalogue) {
  std::vector<Inspection::Reference> references;
  for (const ReferencedSeries& named : mask.references.series)
    references.push_back(
        {series_name(named.uid), std::ranges::any_of(catalogue.series, [&](auto& one) {
           return one.series_uid == named.uid;
         })});
  return references;
}

bool in_other_frame(const DicomMaskObject& mask, const DicomSeries& series) {
  return !mask.references.frame_of_reference_uids.empty() &&
         !series.frame_of_reference_uid.empty() &&
         !mask.references.names_frame(series.frame_of_reference_uid);
}

/// How many of the images that a mask was drawn on are among those of its series.
void count_images(const DicomMaskObject& object, const DicomSeries& series,
                  Inspection::Mask& mask) {
  const std::vector<std::string> named = object.references.instance_uids();
  std::set<std::string> here;
  for (const DicomSlice& slice : series.slices)
    if (std::ranges::binary_search(named, slice.sop_instance_uid))
      here.insert(slice.sop_instance_uid);
  mask.images_named = named.size();
  mask.images_here = here.size();
}

/// A mask object of a folder.
Inspection::Mask mask_of(const DicomMaskObject& object, const DicomCatalogue& catalogue,
                         const Patients& patients, const fs::path& root) {
  Inspection::Mask mask;
  mask.path = relative_path(object.file, root);
  mask.kind = object.modality;
  mask.patient = patients.name_of(object, object.file);
  mask.study = name_of_study(object.study_uid);
  mask.refers_to = references_of(object, catalogue);
  for (const DicomRegionHeader& region : object.regions)
    mask.regions.push_back(region_of(region, object));
  const MatchedSeries match = match_series(object, catalogue);
  mask.problem = object.problem.empty() ? match.problem : object.problem;
  if (!match.series || !match.problem.empty()) return mask;
  count_images(object, *match.series, mask);
  mask.image = std::size_t(match.series - catalogue.series.data());
  if (mask.problem.empty() && in_other_frame(object, *match.series))
    mask.problem =
        "has another frame of reference than the series that it refers to; give the image that it "
        "was drawn on";
  return mask;
}

// ---- files that are left out ----

/// What to do about files that a person would miss; "" for others, which are of no use here or
/// stand in the list by another path.
std::string remedy_for(const std::string& reason) {
  constexpr std::string_view harmless[] = {"hidden", "no DICOM file", "neither a file nor",
                                           "a DICOM object", "a link to a f"};
  if (std::ranges::any_of(harmless, [&](auto start) { return reason.starts_with(start); }))
    return "";
  if (reason.starts_with("a link")) return "repair or remove it";
  if (reason.starts_with("a folder")) return "check its permissions";
  return "export again";
}

Inspection::LeftOut group_of(const std::string& reason, std::vector<std::string> files) {
  const std::string remedy = remedy_for(reason);
  if (remedy.empty()) return {reason, false, std::move(files)};
  const bool says_it = reason.find("; ") != std::string::npos;
  return {says_it ? reason : reason + "; " + remedy, true, std::move(files)};
}

std::vector<Inspection::LeftOut> left_out_of(const std::vector<LeftOutFile>& files,
                                             const fs::path& root) {
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const LeftOutFile& one : files) {
    std::error_code error;
    const bool empty = fs::is_regular_file(one.file, error) && fs::file_size(one.file, error) == 0;
    by_reason[empty && !error ? "empty, without a single byte" : one.reason].push_back(
        relative_path(one.file, root));
  }
  std::vector<Inspection::LeftOut> groups;
  for (auto& [reason, paths] : by_reason) groups.push_back(group_of(reason, std::move(paths)));
  return groups;
}

// ---- folders and files ----

Inspection inspect_catalogue(const DicomCatalogue& catalogue, const fs::path& root) {
  const Patients patients(catalogue);
  Inspection result;
  result.patients = patients.all();
  for (const DicomSeries& series : catalogue.series)
    result.images.push_back(image_of(series, patients, root));
  for (const DicomMaskObject& mask : catalogue.masks)
    result.masks.push_back(mask_of(mask, catalogue, patients, root));
  return result;
}

Inspection inspect_folder(const fs::path& root, const CatalogueOptions& options) {
  const DicomCatalogue catalogue = read_catalogue(root, options);
  Inspection result = inspect_catalogue(catalogue, root);
  result.cache_problem = catalogue.reading.cache_problem;
  std::vector<LeftOutFile> left_out;
  for (const LeftOutFile& one : catalogue.left_out)
    if (is_called_like_an_image(one.file) && one.reason == "no DICOM file")
      result.images.push_back(image_of(one.file, root));
    else
      left_out.push_back(one);
  result.left_out = left_out_of(left_out, root);
  return result;
}

/// A mask object, or one slice. What it refers to is not looked for.
Inspection inspect_dicom_file(const fs::path& file) {
  const DicomCatalogue catalogue = read_catalogue(file);
  require(catalogue.left_out.empty(), ErrorKind::unreadable_file,
          file.string() + ": is " +
              (catalogue.left_out.empty() ? "" : catalogue.left_out.front().reason) +
              "; export it again, or give another file");
  Inspection result = inspect_catalogue(catalogue, file.parent_path());
  for (std::size_t i = 0; i < result.masks.size(); ++i)
    result.masks[i].problem = catalogue.masks[i].problem;
  return result;
}

/// The regions of a label image; none if the file is an image only.
std::optional<MaskSource> labels_in(const fs::path& file) {
  constexpr std::size_t most_labels = 64;  // a CT has hundreds of values, a label image a few
  try {
    MaskSource labels = open_label_file(file);
    if (labels.names.size() <= most_labels) return labels;
  } catch (const Error&) {
    // no labels
  }
  return {};
}

/// An image, a label image, or both. Segmentations in layers are no image.
Inspection inspect_image_file(const fs::path& file) {
  Inspection result;
  const std::optional<MaskSource> labels = labels_in(file);
  if (!labels) open_image(file);  // what is nothing at all is an error here, not a line of the list
  Inspection::Image image = image_of(file, file.parent_path());
  const bool is_image = image.problem.empty() || !labels;
  if (is_image) result.images.push_back(std::move(image));
  if (!labels) return result;
  Inspection::Mask& mask = result.masks.emplace_back();
  mask.path = file.filename().string();
  mask.kind = labels->kind;
  if (is_image) mask.image = 0;
  for (const std::string& name : labels->names) mask.regions.emplace_back().name = name;
  return result;
}

}  // namespace

Inspection inspect(const fs::path& path, const CatalogueOptions& options) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return inspect_folder(path, options);
  return is_dicom_file(path) ? inspect_dicom_file(path) : inspect_image_file(path);
}

}  // namespace radiomics
