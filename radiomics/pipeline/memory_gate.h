#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "radiomics/core/geometry.h"
#include "radiomics/io/image_source.h"
#include "radiomics/preprocess/prepare.h"

namespace radiomics {

/// About how many bytes it takes at most to read and measure a region whose voxels lie in a box of
/// the image: what the image keeps of its slices, the windows that are cut out, and what features
/// are computed from. Grows linearly with the box.
std::uintmax_t memory_need(const ImageSource& image, const Box& mask_box,
                           const PrepareOptions& options);

/// The same where a larger part of the image is read than the region needs.
std::uintmax_t memory_need(const ImageSource& image, const Box& mask_box, const Box& read,
                           const PrepareOptions& options);

/// Lets work begin only while the memory that all of it needs stays below a limit.
class MemoryGate {
 public:
  /// \param limit_bytes  0: no limit
  explicit MemoryGate(std::uintmax_t limit_bytes) : limit_(limit_bytes) {}

  /// What was let in; leaves when it is destroyed.
  class Pass {
   public:
    Pass(MemoryGate& gate, std::uintmax_t bytes) : gate_(&gate), bytes_(bytes) {}
    Pass(Pass&& other) noexcept : gate_(other.gate_), bytes_(other.bytes_) {
      other.gate_ = nullptr;
    }
    Pass& operator=(Pass&&) = delete;
    ~Pass();

   private:
    MemoryGate* gate_;
    std::uintmax_t bytes_;
  };

  /// Waits until it fits beside what is inside; smaller work may overtake it.
  /// \throws Error memory_limit if it would not fit alone: both numbers and what to do
  Pass enter(std::uintmax_t bytes);

 private:
  std::uintmax_t limit_;
  std::uintmax_t inside_ = 0;
  std::mutex mutex_;
  std::condition_variable something_left_;
};

}  // namespace radiomics
