#include "radiomics/pipeline/load.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {
namespace {

std::vector<std::string> selected(const Case& input, const std::vector<std::string>& names) {
  const auto& patterns = input.rois;
  for (const std::string& pattern : patterns)
    require(std::ranges::any_of(names, [&](auto& name) { return matches(name, pattern); }),
            ErrorKind::unknown_region,
            input.mask + ": no region is called '" + one_line(pattern) +
                "'; there are: " + one_line(join(names, ", ")));
  std::vector<std::string> result;
  for (const std::string& name : names) {
    const bool wanted = patterns.empty() || std::ranges::any_of(patterns, [&](auto& pattern) {
                          return matches(name, pattern);
                        });
    if (wanted && std::ranges::count(result, name) == 0) result.push_back(name);
  }
  return result;
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

const MaskSource& open_mask(const Case& input, OpenedFiles& last) {
  const std::string key = input.folder + '\n' + input.mask;
  if (last.mask_key == key) return last.mask;
  last.mask_key.clear();
  last.mask = input.open_mask();
  last.mask_key = key;
  return last.mask;
}

/// The images that a mask refers to choose among the series of a folder.
const ImageSource& open_image(const Case& input, const MaskSource& mask, OpenedFiles& last) {
  std::string key = input.folder + '\n' + input.image;
  for (const ReferencedSeries& series : mask.references.series) key += '\n' + series.uid;
  key += '\n' + join(mask.references.instance_uids(), "\n");
  if (last.image_key == key) return last.image;
  last.image_key.clear();
  last.image = input.open_image(mask);
  last.image_key = key;
  return last.image;
}

}  // namespace

OpenedCase open_case(const Case& input) {
  OpenedFiles nothing;
  return open_case(input, nothing);
}

OpenedCase open_case(const Case& input, OpenedFiles& last) {
  OpenedCase opened;
  opened.mask = open_mask(input, last);
  if (input.resample_mask && opened.mask.resampled) opened.mask.mask = opened.mask.resampled;
  opened.image = open_image(input, opened.mask, last);
  opened.name = input.name.empty() ? opened.image.name : input.name;
  opened.accepted = input.accepted;
  opened.warnings = opened.image.warnings;
  append(opened.warnings, opened.mask.warnings);
  append(opened.warnings,
         check_references(opened.image, opened.mask, {input.image, input.mask}, input.accepted));
  opened.mask_name = input.mask;
  opened.rois = selected(input, opened.mask.names);
  return opened;
}

RegionMask drawn_region(const OpenedCase& opened, const std::string& roi) {
  RegionMask region = opened.mask.mask(roi, opened.image.geometry);
  const std::string subject = opened.mask_name + ": region '" + roi + "'";
  append(region.warnings, check_references(opened.image, region, subject, opened.accepted));
  return region;
}

LoadedRegion load_region(const OpenedCase& opened, const std::string& roi,
                         const PrepareOptions& options) {
  return load_region(opened, drawn_region(opened, roi), options);
}

LoadedRegion load_region(const OpenedCase& opened, RegionMask drawn,
                         const PrepareOptions& options) {
  LoadedRegion region;
  region.image = opened.image.read(needed_box(opened.image.geometry, drawn.mask.box, options));
  region.mask = std::move(drawn.mask);
  region.warnings = opened.warnings;
  append(region.warnings, drawn.warnings);
  return region;
}

}  // namespace radiomics
