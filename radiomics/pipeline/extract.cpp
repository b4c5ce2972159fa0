#include "radiomics/pipeline/extract.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/mask_runs.h"
#include "radiomics/core/parallel_for.h"
#include "radiomics/core/random_stream.h"
#include "radiomics/core/sha256.h"
#include "radiomics/core/text.h"
#include "radiomics/features/families.h"
#include "radiomics/pipeline/failures.h"
#include "radiomics/pipeline/intensity_warnings.h"
#include "radiomics/pipeline/load.h"

namespace radiomics {
namespace {

/// Columns that are computed together: a family with one of its aggregations.
struct Block {
  const FeatureFamily& family;
  Aggregation aggregation;
};

std::vector<Block> blocks_of(const SummaryOptions& options) {
  std::vector<Block> blocks;
  for (const FeatureFamily& family : all_families())
    for (const auto aggregation : aggregations_of(family.aggregation, options.aggregations))
      blocks.push_back({family, aggregation});
  return blocks;
}

std::vector<double> values_of(const RegionSummary& summary, const SummaryOptions& options) {
  std::vector<double> values;
  for (const auto& [family, aggregation] : blocks_of(options)) {
    const auto part = family.compute(summary, aggregation);
    values.insert(values.end(), part.begin(), part.end());
  }
  return values;
}

/// SHA-256 of the voxels of a window and of where they lie.
template <class T>
std::string voxels_sha256(const Window<T>& part) {
  const Geometry& grid = part.volume.geometry();
  Sha256 hash;
  hash.add(join(grid.size, " ")).add(";").add(join(grid.spacing_mm, " ")).add(";");
  hash.add(join(grid.origin_mm, " ")).add(";").add(join(grid.direction, " ")).add(";");
  return hash.add(std::as_bytes(part.volume.voxels())).hex();
}

/// What is known of it before it is prepared: what was read need not be kept for more.
Diagnostics diagnostics_of(const OpenedCase& opened, const LoadedRegion& loaded) {
  return {.modality = opened.image.modality,
          .image = opened.image.geometry,
          .image_sha256 = voxels_sha256(loaded.image),
          .image_box = loaded.image.box,
          .mask_sha256 = voxels_sha256(loaded.mask),
          .mask_box = loaded.mask.box,
          .resampled = {},
          .voxels_drawn = voxels_inside(loaded.mask.volume)};
}

/// Makes the image a negative control. What is drawn is decided by the voxels and the seed.
void replace_intensities(const ControlOfCase& wanted, const Diagnostics& diagnostics,
                         LoadedRegion& loaded) {
  using enum NegativeControl::Extent;
  const auto extent = wanted.control.extent;
  const std::string key = to_string(wanted.control) + ":" +
                          (extent != roi ? diagnostics.image_sha256 : "") +
                          (extent != full ? diagnostics.mask_sha256 : "");
  constexpr int base = 16, digits = 16;
  RandomStream random(wanted.seed, std::stoull(sha256(key).substr(0, digits), nullptr, base));
  apply_control(wanted.control, loaded.image, loaded.mask, random);
}

void describe(const Region& region, const RegionSummary& summary, Diagnostics& diagnostics) {
  diagnostics.resampled = region.grid;
  diagnostics.voxels_outline = voxels_inside(region.morphological);
  diagnostics.voxels_measured = summary.sample.sorted.size();
  diagnostics.grey_levels = summary.levels.level_count;
}

/// Runs the steps of one region and knows which of them failed.
class RegionRun {
 public:
  RegionRun(const Case& input, const OpenedCase& opened, const Settings& settings,
            const ExtractOptions& options)
      : input_(input),
        opened_(opened),
        settings_(settings),
        prepare_(settings.prepare),
        options_(options) {
    prepare_.margin_mm = std::max(prepare_.margin_mm, needed_margin_mm(settings.summary));
  }

  FeatureTable::Row measure(const std::string& roi) {
    step_ = "read";
    RegionMask drawn = drawn_region(opened_, roi);
    const Box box = image_box(drawn.mask.box);
    step_ = "memory";
    const auto pass = enter_memory(drawn.mask.box, box);
    step_ = "read";
    LoadedRegion loaded = load_region(opened_, std::move(drawn), box);
    Diagnostics diagnostics = diagnostics_of(opened_, loaded);
    step_ = "prepare";
    if (input_.control) replace_intensities(*input_.control, diagnostics, loaded);
    const Region region = prepare(loaded.image, loaded.mask, prepare_);
    loaded.image = {};  // as large as the region, which needs the memory
    loaded.mask = {};
    step_ = "features";
    const RegionSummary summary = summarise(region, settings_.summary, options_.threads);
    describe(region, summary, diagnostics);
    std::ranges::move(intensity_warnings(summary, settings_, opened_.image.modality),
                      std::back_inserter(loaded.warnings));
    return {.case_name = opened_.name,
            .roi = roi,
            .carried = input_.carried,
            .warnings = std::move(loaded.warnings),
            .diagnostics = std::move(diagnostics),
            .values = values_of(summary, settings_.summary)};
  }

  Failure failure(const std::string& roi, const Error& error) const {
    const RegionOfCase region{input_, opened_.name, roi};
    return step_ == "read" ? failure_to_read(region, error)
                           : failure_to_measure(region, step_, error);
  }

 private:
  /// What is read of the image.
  Box image_box(const Box& mask_box) const {
    const Geometry& grid = opened_.image.geometry;
    return input_.control && needs_whole_image(input_.control->control)
               ? whole(grid)
               : needed_box(grid, mask_box, prepare_);
  }

  /// Waits until there is memory for the region; it is held as long as the pass.
  std::optional<MemoryGate::Pass> enter_memory(const Box& mask_box, const Box& read) const {
    if (!options_.memory) return {};
    constexpr std::uintmax_t drawn_bytes = 2 * sizeof(double);  // per voxel of a control
    const Index3 size = read.size();
    const std::uintmax_t drawn =
        input_.control ? std::uintmax_t(size[0]) * size[1] * size[2] * drawn_bytes : 0;
    return options_.memory->enter(memory_need(opened_.image, mask_box, read, prepare_) + drawn);
  }

  const Case& input_;
  const OpenedCase& opened_;
  const Settings& settings_;
  PrepareOptions prepare_;  ///< with the margin that the features need
  const ExtractOptions& options_;
  std::string step_;
};

/// Failures of one case say which of its controls they belong to.
void name_control(const Case& input, std::vector<Failure>& failures) {
  if (!input.control) return;
  for (Failure& failure : failures)
    failure.message = "control " + to_string(input.control->control) + ": " + failure.message;
}

struct Outcome {
  std::optional<FeatureTable::Row> row;
  std::optional<Failure> failure;
};

}  // namespace

std::vector<FeatureTable::Column> columns_of(const Settings& settings) {
  std::vector<FeatureTable::Column> columns;
  for (const auto& [family, aggregation] : blocks_of(settings.summary))
    for (const FeatureDefinition& definition : family.definitions)
      columns.push_back({"original", family.name, definition, aggregation});
  return columns;
}

Extraction extract(const Case& input, const Settings& settings, const ExtractOptions& options) {
  Extraction result;
  OpenedCase opened;
  OpenedFiles nothing;
  try {
    settings.check();
    opened = open_case(input, options.files ? *options.files : nothing);
    require(!opened.rois.empty(), ErrorKind::empty_region,
            input.mask + ": holds no region to measure; draw one first");
  } catch (const Error& error) {
    result.failures.push_back(failure_of_case(input, error));
    name_control(input, result.failures);
    return result;
  }
  std::vector<Outcome> outcomes(opened.rois.size());
  const int at_once = std::clamp(options.threads, 1, std::max(1, int(opened.rois.size())));
  ExtractOptions of_region = options;
  of_region.threads = std::max(options.threads / at_once, 1);
  parallel_for(opened.rois.size(), at_once, [&](std::size_t i) {
    RegionRun run(input, opened, settings, of_region);
    try {
      outcomes[i].row = run.measure(opened.rois[i]);
    } catch (const Error& error) {
      outcomes[i].failure = run.failure(opened.rois[i], error);
    }
  });
  for (Outcome& outcome : outcomes) {
    if (outcome.row) result.rows.push_back(std::move(*outcome.row));
    if (outcome.failure) result.failures.push_back(std::move(*outcome.failure));
  }
  name_control(input, result.failures);
  return result;
}

}  // namespace radiomics
