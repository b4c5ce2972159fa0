#include "viewer/scene.h"

#include <fstream>
#include <utility>
#include <vector>

#include <vtkCoordinate.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkRenderWindow.h>
#include <vtkRenderWindowInteractor.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>
#include <vtkWindowToImageFilter.h>

#include "radiomics/core/error.h"
#include "viewer/interaction.h"
#include "viewer/palette.h"
#include "viewer/slice_pane.h"
#include "viewer/surface_pane.h"

namespace viewer {
namespace {

constexpr double title_height = 40, gap = 3;  // pixels

/// One of the four panes: column 0 or 1 from the left, row 0 or 1 from the top.
Viewport pane_viewport(const WindowSize& size, int column, int row) {
  const double top = 1 - title_height / size.height;
  const double x_gap = gap / size.width, y_gap = gap / size.height;
  return {0.5 * column + (column ? x_gap : 0), 0.5 * top * (1 - row) + (row ? 0 : y_gap),
          0.5 * (column + 1) - (column ? 0 : x_gap), 0.5 * top * (2 - row) - (row ? y_gap : 0)};
}

}  // namespace

struct Scene::Parts {
  const Study& study;
  ViewState state;
  vtkNew<vtkRenderWindow> window;
  vtkNew<vtkRenderer> frame;
  vtkNew<vtkTextActor> title;
  std::vector<SlicePane> slices;     ///< in the order of all_planes
  std::vector<SurfacePane> surface;  ///< one

  void add_frame() {
    frame->SetBackground(background_colour.red, background_colour.green, background_colour.blue);
    frame->InteractiveOff();
    title->GetPositionCoordinate()->SetCoordinateSystemToNormalizedViewport();
    title->SetPosition(0.008, 0.992);
    title->GetTextProperty()->SetVerticalJustificationToTop();
    title->GetTextProperty()->SetFontSize(19);
    title->GetTextProperty()->SetColor(text_colour.red, text_colour.green, text_colour.blue);
    frame->AddViewProp(title);
    window->AddRenderer(frame);
  }

  void update(std::size_t plane) {
    slices[plane].show(view_of(study, state, radiomics::all_planes[plane]),
                       study.field.centre_index);
  }

  /// True if the pane is one of slices.
  bool scroll_pane(const vtkRenderer* pane, int steps) {
    for (std::size_t plane = 0; plane < slices.size(); ++plane) {
      if (slices[plane].renderer() != pane) continue;
      scroll(state, radiomics::all_planes[plane], steps);
      update(plane);
      window->Render();
      return true;
    }
    return false;
  }
};

Scene::Scene(const Study& study, const ViewState& state, const WindowSize& size, bool on_screen)
    : parts_(new Parts{study, state, {}, {}, {}, {}, {}}) {
  Parts& parts = *parts_;
  vtkRenderWindow& window = *parts.window;
  window.SetOffScreenRendering(!on_screen);
  window.SetSize(size.width, size.height);
  window.SetWindowName("radiomics-viewer");
  window.SetMultiSamples(4);
  parts.add_frame();
  parts.title->SetInput(title(study, state).c_str());
  for (const auto& [column, row] : {std::pair{0, 0}, {1, 0}, {0, 1}})
    parts.slices.emplace_back(window, pane_viewport(size, column, row), study.field.side_mm);
  parts.surface.emplace_back(window, pane_viewport(size, 1, 1),
                             radiomics::surface_mesh(study.mask.volume),
                             study.mask.volume.geometry());
  for (std::size_t plane = 0; plane < parts.slices.size(); ++plane) parts.update(plane);
}

Scene::~Scene() = default;

void Scene::write_screenshot(const std::filesystem::path& file) {
  parts_->window->Render();
  vtkNew<vtkWindowToImageFilter> picture;
  picture->SetInput(parts_->window);
  picture->ReadFrontBufferOff();
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputConnection(picture->GetOutputPort());
  writer->WriteToMemoryOn();
  writer->Write();
  vtkUnsignedCharArray& png = *writer->GetResult();
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(png.GetPointer(0)), png.GetNumberOfValues());
  stream.close();
  radiomics::require(bool(stream), radiomics::ErrorKind::unwritable_output,
                     file.string() + ": cannot be written; check the folder and the free space");
}

void Scene::run() {
  vtkNew<vtkRenderWindowInteractor> interactor;
  interactor->SetRenderWindow(parts_->window);
  set_interaction(
      *interactor,
      {[this](vtkRenderer* pane, int steps) { return parts_->scroll_pane(pane, steps); },
       [this](vtkRenderer* pane) { return pane == parts_->surface[0].renderer(); }});
  parts_->window->Render();
  interactor->Start();
}

}  // namespace viewer
