#include "viewer/display.h"

#include <cstdlib>
#include <string>

#include <dlfcn.h>

#include "radiomics/core/error.h"

namespace viewer {
namespace {

/// Whether the X server that DISPLAY names can be reached; true where X is not what VTK draws with.
/// The functions are those of the X library that VTK has loaded.
bool can_open_display() {
  using Open = void* (*)(const char*);
  using Close = int (*)(void*);
  const auto open = reinterpret_cast<Open>(dlsym(RTLD_DEFAULT, "XOpenDisplay"));
  const auto close = reinterpret_cast<Close>(dlsym(RTLD_DEFAULT, "XCloseDisplay"));
  if (!open || !close) return true;
  void* display = open(nullptr);
  if (display) close(display);
  return display != nullptr;
}

}  // namespace

void require_display() {
  const char* name = std::getenv("DISPLAY");
  radiomics::require(can_open_display(), radiomics::ErrorKind::no_display,
                     (name && *name ? "the X server " + std::string(name) + " cannot be reached"
                                    : std::string("there is no X server (DISPLAY is not set)")) +
                         "; without a screen, run under xvfb-run -a");
}

}  // namespace viewer
