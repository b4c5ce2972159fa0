// Label files as masks: which regions there are, and how their voxels come onto the image's grid.

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/mask_runs.h"
#include "radiomics/core/text.h"
#include "radiomics/io/grid_placement.h"
#include "radiomics/io/image_io.h"
#include "radiomics/io/label_volume.h"
#include "radiomics/io/mask_resampling.h"
#include "radiomics/io/region_names.h"
#include "radiomics/io/seg_nrrd.h"
#include "radiomics/io/short_text.h"

namespace radiomics {
namespace {

/// A label file whose regions have names.
struct NamedLabels {
  explicit NamedLabels(const std::filesystem::path& file) : volume(file) {}

  LabelVolume volume;
  bool is_slicer = false;
  std::vector<std::string> names;
  std::vector<LabelKey> keys;  ///< of each name

  const std::string& file() const { return volume.file().name(); }
};

// 3D Slicer saves a segmentation without a voxel as a single one, whose place means nothing.
bool has_no_voxels(const NamedLabels& labels) {
  return labels.is_slicer && labels.volume.geometry().voxel_count() == 1;
}

void name_by_value(NamedLabels& labels) {
  const int layers = labels.volume.file().layers();
  require(layers == 1, ErrorKind::unsupported_data,
          labels.file() + ": has " + to_text(layers) + " values per voxel; give a mask with one");
  for (const auto& [key, box] : labels.volume.boxes()) {
    labels.names.push_back(to_text(key.label));
    labels.keys.push_back(key);
  }
  require(!labels.keys.empty(), ErrorKind::empty_region,
          labels.file() + ": the mask is empty, all voxels are 0; draw a region first");
}

void name_by_segment(NamedLabels& labels, const std::map<std::string, std::string>& pairs) {
  const int layers =
      has_no_voxels(labels) ? std::numeric_limits<int>::max() : labels.volume.file().layers();
  for (SlicerSegment& segment : slicer_segments(pairs, layers, labels.file())) {
    labels.names.push_back(std::move(segment.name));
    labels.keys.push_back(segment.key);
  }
  require(!labels.keys.empty(), ErrorKind::empty_region,
          labels.file() + ": has no segments; draw a region first");
}

std::shared_ptr<const NamedLabels> read_labels(const std::filesystem::path& file) {
  const auto labels = std::make_shared<NamedLabels>(file);
  const auto pairs = labels->volume.file().key_values();
  labels->is_slicer = is_slicer_segmentation(pairs);
  if (labels->is_slicer)
    name_by_segment(*labels, pairs);
  else
    name_by_value(*labels);
  return labels;
}

/// What is to be said about the file.
std::vector<std::string> warnings_of(const NamedLabels& labels) {
  std::vector<std::string> warnings;
  for (const std::string& warning : labels.volume.file().warnings())
    warnings.push_back("the mask " + warning);
  if (labels.volume.rounded())
    warnings.emplace_back("voxel values were rounded to the nearest whole number");
  const auto nameless = std::ranges::count_if(labels.volume.boxes(), [&](const auto& found) {
    return std::ranges::count(labels.keys, found.first) == 0;
  });
  if (nameless > 0 && !has_no_voxels(labels))
    warnings.push_back("values that belong to no segment are left out: " + to_text(nameless));
  return warnings;
}

// ---- onto the image's grid ----

/// The voxels of a region on the grid of the file.
MaskWindow drawn(const NamedLabels& labels, const std::string& name) {
  const LabelKey key = labels.keys[only_index_of(name, labels.names, labels.file())];
  require(labels.volume.boxes().contains(key) && !has_no_voxels(labels), ErrorKind::empty_region,
          labels.file() + ": region '" + one_line(name) + "' has no voxel; choose another region");
  return labels.volume.mask(key);
}

/// Where the file's voxels are on the image's grid, or nothing: see open_label_file().
std::optional<GridPlacement> placement_of(const NamedLabels& labels, const Geometry& grid) {
  constexpr GridPlacement itself{{0, 0, 0}, {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}};
  if (difference(labels.volume.geometry(), grid).empty()) return itself;
  const auto placement = place_grid(labels.volume.geometry(), grid);
  const bool covers = placement && placement->box(whole(labels.volume.geometry())) == whole(grid);
  return covers || labels.is_slicer ? placement : std::nullopt;
}

void require_voxels(const MovedMask& moved, const NamedLabels& labels, const std::string& name) {
  require(!moved.mask.box.empty(), ErrorKind::empty_region,
          labels.file() + ": region '" + one_line(name) + "' has no voxel inside the image and " +
              to_text(moved.outside) + " outside; choose another region");
}

std::vector<std::string> cut_off(const MovedMask& moved) {
  if (moved.outside == 0) return {};
  return {"voxels outside the image are cut off: " + to_text(moved.outside)};
}

RegionMask placed(const NamedLabels& labels, const std::string& name,
                  const GridPlacement& placement, const Geometry& grid) {
  MovedMask moved = place_mask(drawn(labels, name), placement, grid);
  require_voxels(moved, labels, name);
  return {std::move(moved.mask), cut_off(moved)};
}

std::string described(const Geometry& grid) {
  return join(grid.size, "x") + " voxels of " + short_text(grid.spacing_mm, "x") + " mm";
}

std::string described(const MaskWindow& mask) {
  const std::size_t voxels = voxels_inside(mask.volume);
  const double volume_ml = double(voxels) * mask.grid.voxel_volume_mm3() / 1e3;
  return to_text(voxels) + " voxels (" + rounded_text(volume_ml, 4) + " ml)";
}

RegionMask resampled(const NamedLabels& labels, const std::string& name, const Geometry& grid) {
  const MaskWindow before = drawn(labels, name);
  MovedMask moved = resample_mask(before, grid);
  require_voxels(moved, labels, name);
  RegionMask result{std::move(moved.mask), cut_off(moved)};
  result.warnings.push_back("the mask was resampled by nearest neighbour, from a grid of " +
                            described(before.grid) + " to the image's of " + described(grid) +
                            ": from " + described(before) + " to " + described(result.mask));
  return result;
}

}  // namespace

MaskSource open_label_file(const std::filesystem::path& file) {
  const std::shared_ptr<const NamedLabels> labels = read_labels(file);
  MaskSource source;
  source.kind = "labels";
  source.names = labels->names;
  source.warnings = warnings_of(*labels);
  warn_of_replaced_characters(source);
  source.mask = [labels](const std::string& name, const Geometry& grid) {
    const auto placement = placement_of(*labels, grid);
    require(placement.has_value() || has_no_voxels(*labels), ErrorKind::geometry_mismatch,
            labels->file() + ": is not on the grid of the image: " +
                difference(labels->volume.geometry(), grid) +
                "; give the mask of this image, or --resample-mask to bring it onto the grid");
    return placed(*labels, name, placement.value_or(GridPlacement{}), grid);
  };
  source.resampled = [labels](const std::string& name, const Geometry& grid) {
    const auto placement = placement_of(*labels, grid);
    return placement ? placed(*labels, name, *placement, grid) : resampled(*labels, name, grid);
  };
  return source;
}

}  // namespace radiomics
