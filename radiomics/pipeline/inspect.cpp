#include "radiomics/pipeline/inspect.h"

#include <algorithm>
#include <system_error>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_series.h"
#include "radiomics/io/image_io.h"
#include "radiomics/io/open.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/match.h"

namespace radiomics {
namespace {

std::string relative_path(const std::filesystem::path& file, const std::filesystem::path& root) {
  return without_folder(file.string(), root.string());
}

Inspection::Image image_of(const DicomSeries& series, const std::filesystem::path& root) {
  Inspection::Image image;
  image.name = series_name(series.series_uid);
  image.path = relative_path(series.slices.front().file, root);
  image.modality = series.modality;
  image.files = series.slices.size();
  try {
    const ImageSource source = open_series(series);
    image.geometry = source.geometry;
    image.warnings = source.warnings;
  } catch (const Error& error) {
    image.problem = without_folder(error.what(), root.string());
  }
  return image;
}

Inspection inspect_folder(const std::filesystem::path& root) {
  const DicomCatalogue catalogue = read_catalogue(root);
  Inspection result;
  for (const DicomSeries& series : catalogue.series)
    result.images.push_back(image_of(series, root));
  for (const DicomMaskObject& mask : catalogue.masks) {
    const MatchedSeries match = match_series(mask, catalogue);
    result.masks.push_back({relative_path(mask.file, root), mask.modality,
                            match.series ? series_name(match.series->series_uid) : "",
                            mask.region_names, match.problem});
  }
  for (const LeftOutFile& file : catalogue.left_out) ++result.left_out[file.reason];
  return result;
}

// A CT has hundreds of values, a label image a few.
constexpr std::size_t most_labels = 64;

/// An image file that may be a label image; a mask object where it is no image at all.
Inspection inspect_file(const std::filesystem::path& file) {
  Inspection result;
  if (const MaskSource mask = is_dicom_file(file) ? open_mask(file) : MaskSource{}; mask.mask) {
    result.masks.push_back({file.filename().string(), mask.kind, "", mask.names, ""});
    return result;
  }
  const ImageSource image = open_image(file);
  const std::string name = stem_of(file);
  result.images.push_back(
      {name, file.filename().string(), image.modality, 1, image.geometry, "", {}});
  try {
    const MaskSource mask = open_label_file(file);
    if (mask.names.size() <= most_labels)
      result.masks.push_back({file.filename().string(), mask.kind, name, mask.names, ""});
  } catch (const Error&) {
    // no labels: it is an image only
  }
  return result;
}

}  // namespace

Inspection inspect(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) ? inspect_folder(path) : inspect_file(path);
}

}  // namespace radiomics
