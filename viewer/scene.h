#pragma once

#include <array>
#include <filesystem>
#include <memory>

#include "viewer/study.h"

namespace viewer {

/// Width and height of a window, in pixels.
struct WindowSize {
  int width = 960;
  int height = 1000;
};

/// A window with axial, coronal and sagittal slice (from the top left) and the surface, below a
/// line of text. Needs a display; call require_display() first.
class Scene {
 public:
  /// \param study      outlives the scene
  /// \param on_screen  whether the window will be shown; else it is drawn in memory
  Scene(const Study& study, const ViewState& state, const WindowSize& size, bool on_screen);
  ~Scene();

  /// Draws the window into a PNG file.
  /// \throws Error unwritable_output
  void write_screenshot(const std::filesystem::path& file);

  /// Shows the window until the user closes it or presses Q or Escape. The wheel goes through the
  /// slices of the picture under it; the surface is turned by dragging.
  void run();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace viewer
