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
  image.name = series_name(series);
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

bool is_called_like_an_image(const std::filesystem::path& file) {
  const std::string name = lower_case(file.filename().string());
  const auto ends = [&](std::string_view extension) { return name.ends_with(extension); };
  return ends(".nii") || ends(".nii.gz") || ends(".nrrd") || ends(".mha") || ends(".mhd");
}

Inspection::Image image_of(const std::filesystem::path& file, const std::filesystem::path& root) {
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

Inspection inspect_folder(const std::filesystem::path& root) {
  const DicomCatalogue catalogue = read_catalogue(root);
  Inspection result;
  for (const DicomSeries& series : catalogue.series)
    result.images.push_back(image_of(series, root));
  for (const DicomMaskObject& mask : catalogue.masks) {
    const MatchedSeries match = match_series(mask, catalogue);
    result.masks.push_back({relative_path(mask.file, root), mask.modality,
                            match.series ? series_name(*match.series) : "",
                            mask.region_names, match.problem});
  }
  for (const auto& [file, reason] : catalogue.left_out)
    if (is_called_like_an_image(file))
      result.images.push_back(image_of(file, root));
    else
      ++result.left_out[reason];
  return result;
}

// A CT has hundreds of values, a label image a few.
constexpr std::size_t most_labels = 64;

/// A mask object, or an image file that may be a label image.
Inspection inspect_file(const std::filesystem::path& file) {
  Inspection result;
  if (const MaskSource mask = is_dicom_file(file) ? open_mask(file) : MaskSource{}; mask.mask) {
    result.masks.push_back({file.filename().string(), mask.kind, "", mask.names, ""});
    return result;
  }
  open_image(file);  // what is no image at all is an error here, not a line of the list
  result.images.push_back(image_of(file, file.parent_path()));
  try {
    const MaskSource mask = open_label_file(file);
    if (mask.names.size() <= most_labels)
      result.masks.push_back(
          {file.filename().string(), mask.kind, result.images.front().name, mask.names, ""});
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
