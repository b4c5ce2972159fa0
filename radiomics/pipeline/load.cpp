#include "radiomics/pipeline/load.h"

#include <utility>

#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {
namespace {

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

/// Reads regions of the file, and looks at whether they lie on the image.
RegionSet::Read reader_of(const OpenedCase& opened, const Case& input) {
  return [image = opened.image, mask = opened.mask, subject = input.mask,
          accepted = input.accepted](const std::string& name) {
    RegionMask region = mask.mask(name, image.geometry);
    append(region.warnings,
           check_references(image, region, subject + ": region '" + name + "'", accepted));
    return region;
  };
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
  opened.warnings = opened.image.warnings;
  append(opened.warnings, opened.mask.warnings);
  append(opened.warnings,
         check_references(opened.image, opened.mask, {input.image, input.mask}, input.accepted));
  static const RegionRules no_rules;
  RegionPlan plan = plan_regions({input.rois, input.rules ? *input.rules : no_rules},
                                 opened.mask.names, input.mask);
  opened.rois = plan.measured;
  opened.regions = RegionSet(std::move(plan), reader_of(opened, input), input.mask);
  return opened;
}

RegionMask drawn_region(const OpenedCase& opened, const std::string& roi) {
  return opened.regions.region(roi);
}

LoadedRegion load_region(const OpenedCase& opened, const std::string& roi,
                         const PrepareOptions& options) {
  RegionMask drawn = drawn_region(opened, roi);
  const Box box = needed_box(opened.image.geometry, drawn.mask.box, options);
  return load_region(opened, std::move(drawn), box);
}

LoadedRegion load_region(const OpenedCase& opened, RegionMask drawn, const Box& image_box) {
  LoadedRegion region;
  region.image = opened.image.read(image_box);
  region.mask = std::move(drawn.mask);
  region.warnings = opened.warnings;
  append(region.warnings, drawn.warnings);
  return region;
}

}  // namespace radiomics
