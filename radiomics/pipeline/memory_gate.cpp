#include "radiomics/pipeline/memory_gate.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/preprocess/resample.h"

namespace radiomics {
namespace {

std::uintmax_t voxels_of(const Index3& size) {
  return std::uintmax_t(size[0]) * std::uintmax_t(size[1]) * std::uintmax_t(size[2]);
}

/// What image and mask keep once a box has been read: the slices of a series as they are stored; of
/// a file all of it, and its labels.
std::uintmax_t kept_bytes(const ImageSource& image, const Box& box) {
  constexpr std::uintmax_t stored_pixel = 2, voxel_of_files = 4;
  const bool is_series = !image.instance_uids.empty();
  if (!is_series) return voxels_of(image.geometry.size) * voxel_of_files;
  const Index3& size = image.geometry.size;
  return voxels_of({size[0], size[1], box.size()[2]}) * stored_pixel;
}

/// What features are computed from: of a large box the transforms are made in parts.
std::uintmax_t feature_bytes(std::uintmax_t voxels) {
  constexpr std::uintmax_t small = 140, large = 70, parts = 40'000'000;
  return std::min(small * voxels, large * voxels + parts);
}

std::string megabytes(std::uintmax_t bytes) {
  return to_text((bytes + 999'999) / 1'000'000) + " MB";
}

}  // namespace

std::uintmax_t memory_need(const ImageSource& image, const Box& mask_box,
                           const PrepareOptions& options) {
  return memory_need(image, mask_box, needed_box(image.geometry, mask_box, options), options);
}

std::uintmax_t memory_need(const ImageSource& image, const Box& mask_box, const Box& read,
                           const PrepareOptions& options) {
  // Fitted to the peaks of whole runs, boxes of 0.5 to 5.8 million voxels: 1.0 to 1.3 of these.
  constexpr std::uintmax_t fixed = 24'000'000, as_scanned = 10, resampled = 22;
  const Geometry& grid = image.geometry;
  const Geometry measured_grid = resampled_grid(grid, options.resample.spacing_mm);
  const Box measured = resampled_box(grid, mask_box, measured_grid);
  const std::uintmax_t per_voxel_read = measured_grid.size == grid.size ? as_scanned : resampled;
  return fixed + kept_bytes(image, read) + voxels_of(read.size()) * per_voxel_read +
         feature_bytes(voxels_of(measured.size()));
}

MemoryGate::Pass::~Pass() {
  if (!gate_) return;
  {
    const std::lock_guard lock(gate_->mutex_);
    gate_->inside_ -= bytes_;
  }
  gate_->something_left_.notify_all();
}

MemoryGate::Pass MemoryGate::enter(std::uintmax_t bytes) {
  require(limit_ == 0 || bytes <= limit_, ErrorKind::memory_limit,
          "needs about " + megabytes(bytes) + " of memory, and there are " + megabytes(limit_) +
              "; raise --memory, or measure it on a larger machine");
  std::unique_lock lock(mutex_);
  something_left_.wait(lock, [&] { return limit_ == 0 || inside_ + bytes <= limit_; });
  inside_ += bytes;
  return {*this, bytes};
}

}  // namespace radiomics
