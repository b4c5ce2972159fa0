#pragma once

#include <functional>

class vtkRenderer;
class vtkRenderWindowInteractor;

namespace viewer {

/// What the user's hand does. VTK's own styles bind letters that are ours.
struct Interaction {
  /// The wheel was turned by some steps over a pane; forwards is positive. Returns false where the
  /// pane has no slices: then the wheel zooms.
  std::function<bool(vtkRenderer*, int steps)> on_wheel;
  /// Whether the mouse turns what a pane shows.
  std::function<bool(vtkRenderer*)> turns;
};

/// Lets an interactor do that, and nothing else but close on Q and Escape.
void set_interaction(vtkRenderWindowInteractor& interactor, Interaction interaction);

}  // namespace viewer
