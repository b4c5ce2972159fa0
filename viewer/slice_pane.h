#pragma once

#include <array>
#include <memory>

#include "radiomics/qc/slice_view.h"

class vtkRenderer;
class vtkRenderWindow;

namespace viewer {

/// A part of a window: left, bottom, right, top, from 0 to 1.
using Viewport = std::array<double, 4>;

/// Draws one slice with its outline, letters and scale bar into a part of a window.
class SlicePane {
 public:
  /// \param side_mm  at least a square of this side is visible, around what show() centres on
  SlicePane(vtkRenderWindow& window, const Viewport& viewport, double side_mm);
  ~SlicePane();
  SlicePane(SlicePane&&) noexcept;

  /// Takes effect when the window is drawn the next time.
  /// \param centre_index  the point of the grid in the middle of the pane
  void show(const radiomics::SliceView& view, const radiomics::Vector3& centre_index);

  vtkRenderer* renderer() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace viewer
