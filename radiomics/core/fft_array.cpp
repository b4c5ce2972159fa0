#include "radiomics/core/fft_array.h"

#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace radiomics {
namespace {

constexpr std::size_t cache_line = 64, huge_page = std::size_t(1) << 21;

/// The first address of the alignment in memory of size + alignment bytes.
void* aligned(void* memory, std::size_t alignment, std::size_t size) {
  std::size_t space = size + alignment;
  void* place = memory;
  return std::align(alignment, size, place, space);
}

}  // namespace

// Getting many megabytes page by page takes as long as transforming what is written there: huge
// pages are asked for, and std::calloc() does not write zeros where the system has just done so.
FftArray::FftArray(std::size_t size) : size_(size) {
  const std::size_t bytes = size * sizeof(std::complex<double>);
  const std::size_t alignment = bytes < 2 * huge_page ? cache_line : huge_page;
  memory_.reset(std::calloc(1, bytes + alignment));
  if (!memory_) throw std::bad_alloc();
  void* place = aligned(memory_.get(), alignment, bytes);
#ifdef MADV_HUGEPAGE
  if (alignment == huge_page) madvise(place, bytes, MADV_HUGEPAGE);
#endif
  values_ = static_cast<std::complex<double>*>(place);
}

}  // namespace radiomics
