#include "radiomics/pipeline/memory_gate.h"

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/preprocess/resample.h"

namespace radiomics {
namespace {

std::uintmax_t voxels_of(const Index3& size) {
  return std::uintmax_t(size[0]) * std::uintmax_t(size[1]) * std::uintmax_t(size[2]);
}

/// The pixels that the source keeps once it has read a box.
std::uintmax_t kept_bytes(const ImageSource& image, const Box& box) {
  constexpr std::uintmax_t stored_pixel = 2, voxel_of_file = sizeof(double);
  const bool is_series = !image.instance_uids.empty();
  if (!is_series) return voxels_of(image.geometry.size) * voxel_of_file;
  const Index3& size = image.geometry.size;
  return voxels_of({size[0], size[1], box.size()[2]}) * stored_pixel;
}

std::string megabytes(std::uintmax_t bytes) {
  return to_text((bytes + 999'999) / 1'000'000) + " MB";
}

}  // namespace

std::uintmax_t memory_need(const ImageSource& image, const Box& mask_box,
                           const PrepareOptions& options) {
  // Measured with all families: docs/performance.md. A double and a mask per voxel that is read.
  constexpr std::uintmax_t fixed = 16'000'000, per_voxel_read = 10, per_voxel_measured = 140;
  const Box read = needed_box(image.geometry, mask_box, options);
  const Geometry grid = resampled_grid(image.geometry, options.resample.spacing_mm);
  const Box measured = resampled_box(image.geometry, mask_box, grid);
  return fixed + kept_bytes(image, read) + voxels_of(read.size()) * per_voxel_read +
         voxels_of(measured.size()) * per_voxel_measured;
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
