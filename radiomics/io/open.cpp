#include "radiomics/io/open.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <vector>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_items.h"
#include "radiomics/io/dicom_seg.h"
#include "radiomics/io/dicom_series.h"
#include "radiomics/io/image_io.h"
#include "radiomics/io/rtstruct.h"
#include "radiomics/io/series_parts.h"

namespace radiomics {
namespace {

bool is_folder(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

/// "s0123456789ab (CT, 40 images), s0123456789ac.1 (CT, echo 1, 20 images), ...", for messages:
/// UIDs must not appear in them.
std::string listed(const std::vector<const DicomSeries*>& series) {
  constexpr std::size_t most = 20;
  std::vector<std::string> texts;
  for (const DicomSeries* one : series) {
    if (texts.size() == most) {
      texts.push_back("and " + to_text(series.size() - most) + " more");
      break;
    }
    texts.push_back(series_name(*one) + " (" + one->modality + ", " +
                    (one->part.empty() ? "" : one->part + ", ") + to_text(one->slices.size()) +
                    " images)");
  }
  return join(texts, ", ");
}

using SeriesList = std::vector<const DicomSeries*>;

SeriesList meant(const SeriesList& series, const SeriesChoice& choice) {
  SeriesList result;
  std::ranges::copy_if(series, std::back_inserter(result), [&](const DicomSeries* one) {
    if (choice.wanted.empty()) return std::ranges::count(choice.referenced, one->series_uid) > 0;
    return choice.wanted == one->series_uid || choice.wanted == series_name(one->series_uid) ||
           choice.wanted == series_name(*one);
  });
  return result;
}

const DicomSeries& chosen(const DicomCatalogue& catalogue, const SeriesChoice& choice,
                          const std::string& folder) {
  SeriesList all;
  for (const DicomSeries& one : catalogue.series) all.push_back(&one);
  const SeriesList found = meant(all, choice);
  if (found.size() == 1) return *found.front();
  require(!found.empty() || choice.wanted.empty(), ErrorKind::missing_image,
          folder + ": the wanted series is not there; there is " + listed(all));
  const SeriesList& candidates = found.empty() ? all : found;
  if (const DicomSeries* shown = series_with_images(candidates, choice.referenced_instances))
    return *shown;
  // A single series that the mask does not refer to is opened; who compares them reports it.
  require(all.size() == 1, ErrorKind::ambiguous_input,
          folder + ": holds several series or parts of one, " + listed(candidates) +
              "; choose one with --series");
  return *all.front();
}

// Read once: the contours of a structure set are a part of its header.
MaskSource open_mask_object(const std::filesystem::path& file) {
  const std::string name = file.string();
  std::string problem;
  const auto object = DicomFile::read(file, DicomPart::all, problem);
  require(object.has_value(), ErrorKind::unreadable_file,
          name + ": is no RTSTRUCT or DICOM SEG but a DICOM file that " + problem +
              "; give a mask, or export it again");
  const std::string modality = object->modality();
  require(modality == "RTSTRUCT" || modality == "SEG", ErrorKind::unreadable_file,
          name + ": is no RTSTRUCT or DICOM SEG but a DICOM object of modality '" + modality +
              "'; give a mask");
  MaskSource source =
      modality == "SEG" ? open_dicom_seg(*object, name) : open_rtstruct(*object, name);
  source.kind = modality;
  return source;
}

}  // namespace

bool is_dicom_file(const std::filesystem::path& file) {
  std::error_code ignored;  // what cannot be looked at is no DICOM file
  return std::filesystem::is_regular_file(file, ignored) && looks_like_dicom(file);
}

ImageSource open_image(const std::filesystem::path& path, const SeriesChoice& choice) {
  if (!is_folder(path)) {
    require(!is_dicom_file(path), ErrorKind::unsupported_data,
            path.string() + ": is a single DICOM file; give the folder of its series");
    return open_image_file(path);
  }
  const DicomCatalogue catalogue = read_catalogue(path);
  require(!catalogue.series.empty(), ErrorKind::unreadable_file,
          path.string() + ": there is no DICOM image in this folder; check the path");
  return open_series(chosen(catalogue, choice, path.string()));
}

MaskSource open_mask(const std::filesystem::path& path) {
  if (!is_folder(path)) return is_dicom_file(path) ? open_mask_object(path) : open_label_file(path);
  const DicomCatalogue catalogue = read_catalogue(path);
  require(!catalogue.masks.empty(), ErrorKind::unreadable_file,
          path.string() + ": is no RTSTRUCT or DICOM SEG folder; give the mask's file");
  require(catalogue.masks.size() == 1, ErrorKind::ambiguous_input,
          path.string() + ": holds " + to_text(catalogue.masks.size()) +
              " RTSTRUCT or SEG objects; give the file of one of them");
  return open_mask(catalogue.masks.front());
}

MaskSource open_mask(const DicomMaskObject& object) { return open_mask_object(object.file); }

}  // namespace radiomics
