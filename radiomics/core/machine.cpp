#include "radiomics/core/machine.h"

#include <algorithm>
#include <fstream>

#include <malloc.h>
#include <unistd.h>

namespace radiomics {
namespace {

/// The number that a file holds; `none` for "max" and for a file that is not there.
std::uintmax_t limit_in(const char* file, std::uintmax_t none) {
  std::uintmax_t bytes = 0;
  return std::ifstream(file) >> bytes ? bytes : none;
}

}  // namespace

std::uintmax_t available_memory_bytes() {
  const long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return 0;
  const auto machine = std::uintmax_t(pages) * std::uintmax_t(page_bytes);
  return std::min({machine, limit_in("/sys/fs/cgroup/memory.max", machine),
                   limit_in("/sys/fs/cgroup/memory/memory.limit_in_bytes", machine)});
}

void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that it takes: larger blocks go back at once
  mallopt(M_TRIM_THRESHOLD, 128 << 20);
#endif
}

bool standard_error_is_terminal() { return isatty(STDERR_FILENO) == 1; }

}  // namespace radiomics
