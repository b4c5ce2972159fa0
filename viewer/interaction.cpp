#include "viewer/interaction.h"

#include <string_view>
#include <utility>

#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkRenderWindowInteractor.h>
#include <vtkRenderer.h>

namespace viewer {
namespace {

// NOLINTBEGIN(readability-identifier-naming): the names of what is overridden are VTK's
class Style : public vtkInteractorStyleTrackballCamera {
 public:
  static Style* New() { VTK_STANDARD_NEW_BODY(Style); }

  Interaction interaction;

  void OnMouseWheelForward() override {
    if (!wheel(1)) vtkInteractorStyleTrackballCamera::OnMouseWheelForward();
  }
  void OnMouseWheelBackward() override {
    if (!wheel(-1)) vtkInteractorStyleTrackballCamera::OnMouseWheelBackward();
  }
  void OnLeftButtonDown() override {
    if (interaction.turns(pane())) vtkInteractorStyleTrackballCamera::OnLeftButtonDown();
  }
  void OnMiddleButtonDown() override {
    if (interaction.turns(pane())) vtkInteractorStyleTrackballCamera::OnMiddleButtonDown();
  }
  void OnRightButtonDown() override {
    if (interaction.turns(pane())) vtkInteractorStyleTrackballCamera::OnRightButtonDown();
  }
  void OnChar() override {}
  void OnKeyPress() override {
    const std::string_view key = Interactor->GetKeySym();
    if (key == "q" || key == "Q" || key == "Escape") Interactor->ExitCallback();
  }

 private:
  /// The pane under the pointer.
  vtkRenderer* pane() {
    const int* at = Interactor->GetEventPosition();
    return Interactor->FindPokedRenderer(at[0], at[1]);
  }
  bool wheel(int steps) { return interaction.on_wheel(pane(), steps); }
};
// NOLINTEND(readability-identifier-naming)

}  // namespace

void set_interaction(vtkRenderWindowInteractor& interactor, Interaction interaction) {
  vtkNew<Style> style;
  style->interaction = std::move(interaction);
  interactor.SetInteractorStyle(style);
}

}  // namespace viewer
