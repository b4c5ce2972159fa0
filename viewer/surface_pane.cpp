#include "viewer/surface_pane.h"

#include <vtkActor.h>
#include <vtkAnnotatedCubeActor.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkLightKit.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "viewer/palette.h"

namespace viewer {
namespace {

/// The mesh along the patient's axes, so that "from the front" is from the front.
void fill(vtkPolyData& surface, const radiomics::Mesh& mesh, radiomics::Geometry grid) {
  grid.spacing_mm = {1, 1, 1};  // the vertices are in mm already
  vtkNew<vtkPoints> points;
  for (const radiomics::Vector3& vertex : mesh.vertices_mm)
    points->InsertNextPoint(radiomics::position_mm(grid, vertex).data());
  vtkNew<vtkCellArray> cells;
  for (const auto& triangle : mesh.triangles) {
    cells->InsertNextCell(3);
    for (const int corner : triangle) cells->InsertCellPoint(corner);
  }
  surface.SetPoints(points);
  surface.SetPolys(cells);
}

void label_faces(vtkAnnotatedCubeActor& cube) {
  cube.SetXPlusFaceText("L");
  cube.SetXMinusFaceText("R");
  cube.SetYPlusFaceText("P");
  cube.SetYMinusFaceText("A");
  cube.SetZPlusFaceText("S");
  cube.SetZMinusFaceText("I");
  cube.SetXFaceTextRotation(0);
  cube.SetYFaceTextRotation(0);
  cube.SetZFaceTextRotation(90);
  cube.SetFaceTextScale(0.6);
  cube.SetTextEdgesVisibility(0);
  cube.GetCubeProperty()->SetColor(0.32, 0.36, 0.42);
  for (vtkProperty* face :
       {cube.GetXPlusFaceProperty(), cube.GetXMinusFaceProperty(), cube.GetYPlusFaceProperty(),
        cube.GetYMinusFaceProperty(), cube.GetZPlusFaceProperty(), cube.GetZMinusFaceProperty()})
    face->SetColor(text_colour.red, text_colour.green, text_colour.blue);
}

}  // namespace

struct SurfacePane::Parts {
  vtkNew<vtkRenderer> renderer, cube_renderer;
  vtkNew<vtkPolyData> surface;
  vtkNew<vtkPolyDataNormals> normals;
  vtkNew<vtkPolyDataMapper> mapper;
  vtkNew<vtkActor> actor;
  vtkNew<vtkAnnotatedCubeActor> cube;
  vtkNew<vtkLightKit> lights;
  vtkNew<vtkCallbackCommand> before_drawing;

  void add_surface() {
    normals->SetInputData(surface);
    normals->SplittingOff();  // shading only: the points stay where they are
    normals->ConsistencyOff();
    mapper->SetInputConnection(normals->GetOutputPort());
    mapper->ScalarVisibilityOff();
    actor->SetMapper(mapper);
    vtkProperty& property = *actor->GetProperty();
    property.SetColor(region_colour.red, region_colour.green, region_colour.blue);
    property.SetAmbient(0.12);
    property.SetDiffuse(0.85);
    property.SetSpecular(0.15);
    property.SetSpecularPower(20);
    renderer->AddActor(actor);
    lights->AddLightsToRenderer(renderer);
  }

  /// From the front, somewhat from the left and above: a corner of the cube is then towards us.
  void look_from_the_front() {
    vtkCamera& camera = *renderer->GetActiveCamera();
    camera.SetFocalPoint(0, 0, 0);
    camera.SetPosition(0, -1, 0);
    camera.SetViewUp(0, 0, 1);
    camera.Azimuth(25);
    camera.Elevation(20);
    camera.OrthogonalizeViewUp();
    renderer->ResetCamera();
    camera.Zoom(1.2);
  }

  /// The cube turns with the surface.
  void follow() {
    vtkCamera& from = *renderer->GetActiveCamera();
    double direction[3], up[3];
    from.GetDirectionOfProjection(direction);
    from.GetViewUp(up);
    vtkCamera& camera = *cube_renderer->GetActiveCamera();
    camera.SetFocalPoint(0, 0, 0);
    camera.SetPosition(-direction[0], -direction[1], -direction[2]);
    camera.SetViewUp(up);
    cube_renderer->ResetCamera();
  }
};

SurfacePane::SurfacePane(vtkRenderWindow& window, const Viewport& viewport,
                         const radiomics::Mesh& mesh, const radiomics::Geometry& grid)
    : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  const auto [left, bottom, right, top] = viewport;
  parts.renderer->SetViewport(left, bottom, right, top);
  parts.renderer->SetBackground(pane_colour.red, pane_colour.green, pane_colour.blue);
  window.AddRenderer(parts.renderer);
  fill(*parts.surface, mesh, grid);
  parts.add_surface();
  parts.look_from_the_front();

  parts.cube_renderer->SetViewport(left, bottom, left + 0.2 * (right - left),
                                   bottom + 0.2 * (top - bottom));
  parts.cube_renderer->PreserveColorBufferOn();  // in front of the surface, without a background
  parts.cube_renderer->InteractiveOff();
  label_faces(*parts.cube);
  parts.cube_renderer->AddActor(parts.cube);
  window.AddRenderer(parts.cube_renderer);
  parts.before_drawing->SetClientData(&parts);
  parts.before_drawing->SetCallback(
      [](vtkObject*, unsigned long, void* self, void*) { static_cast<Parts*>(self)->follow(); });
  parts.renderer->AddObserver(vtkCommand::StartEvent, parts.before_drawing);
}

SurfacePane::~SurfacePane() = default;
SurfacePane::SurfacePane(SurfacePane&&) noexcept = default;

vtkRenderer* SurfacePane::renderer() const { return parts_->renderer; }

}  // namespace viewer
