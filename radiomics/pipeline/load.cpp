#include "radiomics/pipeline/load.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/io/dicom_catalogue.h"

namespace radiomics {
namespace {

void require_belong_together(const Case& input, const ImageSource& image, const MaskSource& mask) {
  const auto& series = mask.series_uids;
  require(image.series_uid.empty() || series.empty() ||
              std::ranges::count(series, image.series_uid) > 0,
          ErrorKind::reference_mismatch,
          input.mask + ": refers to another image series than " + input.image +
              "; give the series that it was drawn on");
  require(image.frame_of_reference_uid.empty() || mask.frame_of_reference_uid.empty() ||
              image.frame_of_reference_uid == mask.frame_of_reference_uid,
          ErrorKind::reference_mismatch,
          input.mask + ": has another frame of reference than " + input.image +
              "; give the image that it was drawn on");
}

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

}  // namespace

OpenedCase open_case(const Case& input) {
  OpenedCase opened;
  opened.mask = input.open_mask();
  opened.image = input.open_image(opened.mask);
  opened.name = input.name.empty() ? opened.image.name : input.name;
  require_belong_together(input, opened.image, opened.mask);
  opened.rois = selected(input, opened.mask.names);
  return opened;
}

LoadedRegion load_region(const OpenedCase& opened, const std::string& roi,
                         const PrepareOptions& options) {
  const Geometry& grid = opened.image.geometry;
  RegionMask drawn = opened.mask.mask(roi, grid);
  LoadedRegion region;
  region.image = opened.image.read(needed_box(grid, drawn.mask.box, options));
  region.mask = std::move(drawn.mask);
  append(region.warnings, opened.image.warnings);
  append(region.warnings, opened.mask.warnings);
  append(region.warnings, drawn.warnings);
  return region;
}

}  // namespace radiomics
