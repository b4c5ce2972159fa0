#pragma once

#include <memory>

#include "radiomics/core/geometry.h"
#include "radiomics/shape/mesh.h"
#include "viewer/slice_pane.h"

namespace viewer {

/// Draws the surface that is measured into a part of a window, seen from the front, with a cube
/// whose faces say where the patient's right, left, ... are.
class SurfacePane {
 public:
  /// \param grid  of the mask that the mesh was made from
  SurfacePane(vtkRenderWindow& window, const Viewport& viewport, const radiomics::Mesh& mesh,
              const radiomics::Geometry& grid);
  ~SurfacePane();
  SurfacePane(SurfacePane&&) noexcept;

  vtkRenderer* renderer() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace viewer
