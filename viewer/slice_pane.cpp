// The pane's coordinates are millimetres in the plane of the picture: x to the right and y upwards
// from its top left corner, z towards the viewer to keep lines in front of the picture.

#include "viewer/slice_pane.h"

#include <algorithm>
#include <string>

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCoordinate.h>
#include <vtkImageData.h>
#include <vtkImageProperty.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>

#include "radiomics/core/text.h"
#include "radiomics/qc/captions.h"
#include "viewer/palette.h"

namespace viewer {
namespace {

using radiomics::PicturePoint;
using radiomics::SliceView;

/// A line on a dark, wider one, so that it shows on any grey.
struct ShadowedLines {
  vtkNew<vtkPolyData> lines;
  vtkNew<vtkPolyDataMapper> mapper;
  vtkNew<vtkActor> shadow, bright;

  void add_to(vtkRenderer& renderer, double width, const Colour& colour) {
    mapper->SetInputData(lines);
    for (vtkActor* actor : {shadow.Get(), bright.Get()}) {
      actor->SetMapper(mapper);
      actor->GetProperty()->LightingOff();
      renderer.AddActor(actor);
    }
    shadow->GetProperty()->SetColor(0, 0, 0);
    shadow->GetProperty()->SetOpacity(0.65);
    shadow->GetProperty()->SetLineWidth(float(1.9 * width));
    shadow->SetPosition(0, 0, 0.1);
    bright->GetProperty()->SetColor(colour.red, colour.green, colour.blue);
    bright->GetProperty()->SetLineWidth(float(width));
    bright->SetPosition(0, 0, 0.2);
  }
};

/// Text at a place of the pane, from 0 to 1 along both axes, on its inner side of that place.
struct Label {
  vtkNew<vtkTextActor> actor;

  void add_to(vtkRenderer& renderer, double x, double y, int font_size, bool bold) {
    actor->GetPositionCoordinate()->SetCoordinateSystemToNormalizedViewport();
    actor->SetPosition(x, y);
    vtkTextProperty& property = *actor->GetTextProperty();
    property.SetFontFamilyToArial();
    property.SetFontSize(font_size);
    property.SetBold(bold);
    property.ShadowOn();
    property.SetColor(text_colour.red, text_colour.green, text_colour.blue);
    property.SetJustification(x < 0.4   ? VTK_TEXT_LEFT
                              : x > 0.6 ? VTK_TEXT_RIGHT
                                        : VTK_TEXT_CENTERED);
    property.SetVerticalJustification(y < 0.4   ? VTK_TEXT_BOTTOM
                                      : y > 0.6 ? VTK_TEXT_TOP
                                                : VTK_TEXT_CENTERED);
    renderer.AddViewProp(actor);
  }
  void set(const std::string& text) { actor->SetInput(text.c_str()); }
};

/// VTK's images start at the bottom.
void fill(vtkImageData& image, const SliceView& view) {
  image.SetDimensions(view.columns, view.rows, 1);
  image.SetSpacing(view.pixel_width_mm, view.pixel_height_mm, 1);
  image.SetOrigin(0.5 * view.pixel_width_mm, (0.5 - view.rows) * view.pixel_height_mm, 0);
  image.AllocateScalars(VTK_UNSIGNED_CHAR, 1);
  for (int row = 0; row < view.rows; ++row)
    std::copy_n(view.grey.begin() + std::ptrdiff_t(row) * view.columns, view.columns,
                static_cast<unsigned char*>(image.GetScalarPointer(0, view.rows - 1 - row, 0)));
  image.Modified();
}

void fill(vtkPolyData& lines, const SliceView& view) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  for (const radiomics::Outline& outline : view.outlines) {
    const vtkIdType first = points->GetNumberOfPoints();
    for (const auto& [x, y] : outline)
      points->InsertNextPoint(x * view.pixel_width_mm, -y * view.pixel_height_mm, 0);
    cells->InsertNextCell(int(outline.size()) + 1);
    for (std::size_t i = 0; i <= outline.size(); ++i)
      cells->InsertCellPoint(first + vtkIdType(i % outline.size()));
  }
  lines.SetPoints(points);
  lines.SetLines(cells);
}

/// A horizontal bar with ends; `right` and `y` are where it ends.
void fill_scale_bar(vtkPolyData& lines, double length, double right, double y, double end) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  const auto segment = [&](double x1, double y1, double x2, double y2) {
    cells->InsertNextCell(2);
    cells->InsertCellPoint(points->InsertNextPoint(x1, y1, 0));
    cells->InsertCellPoint(points->InsertNextPoint(x2, y2, 0));
  };
  segment(right - length, y, right, y);
  for (const double x : {right - length, right}) segment(x, y - end, x, y + end);
  lines.SetPoints(points);
  lines.SetLines(cells);
}

}  // namespace

struct SlicePane::Parts {
  double side_mm = 0;
  vtkNew<vtkRenderer> renderer;
  vtkNew<vtkImageData> image;
  vtkNew<vtkImageSliceMapper> image_mapper;
  vtkNew<vtkImageSlice> picture;
  ShadowedLines outline, scale_bar;
  std::array<Label, 4> letters;
  Label plane, position, scale;

  void add_picture() {
    image_mapper->SetInputData(image);
    image_mapper->BorderOn();  // to the edges of the outer pixels
    picture->SetMapper(image_mapper);
    picture->GetProperty()->SetInterpolationTypeToLinear();
    picture->GetProperty()->SetColorWindow(255);
    picture->GetProperty()->SetColorLevel(127.5);
    renderer->AddViewProp(picture);
  }

  void add_labels() {
    constexpr double places[4][2] = {{0.015, 0.5}, {0.985, 0.5}, {0.5, 0.985}, {0.5, 0.015}};
    for (std::size_t i = 0; i < letters.size(); ++i)
      letters[i].add_to(*renderer, places[i][0], places[i][1], 18, true);
    plane.add_to(*renderer, 0.015, 0.985, 15, false);
    position.add_to(*renderer, 0.015, 0.015, 15, false);
    scale.add_to(*renderer, 0.985, 0.05, 15, false);
  }

  /// Half of what the pane shows, in mm, along x and y.
  std::array<double, 2> reach() const {
    const int* size = renderer->GetSize();
    const double aspect = size[1] > 0 ? double(size[0]) / size[1] : 1;
    const double vertical = 0.5 * side_mm * std::max(1.0, 1 / aspect);
    return {vertical * aspect, vertical};
  }

  void look_at(double x, double y) {
    vtkCamera& camera = *renderer->GetActiveCamera();
    camera.ParallelProjectionOn();
    camera.SetFocalPoint(x, y, 0);
    camera.SetPosition(x, y, 100);
    camera.SetViewUp(0, 1, 0);
    camera.SetClippingRange(1, 200);
    camera.SetParallelScale(reach()[1]);
  }

  void place_scale_bar(double x, double y) {
    const auto [half_width, half_height] = reach();
    const double length = radiomics::scale_bar_mm(side_mm), inset = 0.03 * side_mm;
    fill_scale_bar(*scale_bar.lines, length, x + half_width - inset, y - half_height + inset,
                   0.01 * side_mm);
    scale.set(radiomics::to_text(length) + " mm");
  }
};

SlicePane::SlicePane(vtkRenderWindow& window, const Viewport& viewport, double side_mm)
    : parts_(std::make_unique<Parts>()) {
  parts_->side_mm = side_mm;
  vtkRenderer& renderer = *parts_->renderer;
  renderer.SetViewport(viewport[0], viewport[1], viewport[2], viewport[3]);
  renderer.SetBackground(pane_colour.red, pane_colour.green, pane_colour.blue);
  window.AddRenderer(&renderer);
  parts_->add_picture();
  parts_->outline.add_to(renderer, 2, region_colour);
  parts_->scale_bar.add_to(renderer, 2, text_colour);
  parts_->add_labels();
}

SlicePane::~SlicePane() = default;
SlicePane::SlicePane(SlicePane&&) noexcept = default;

void SlicePane::show(const SliceView& view, const radiomics::Vector3& centre_index) {
  fill(*parts_->image, view);
  fill(*parts_->outline.lines, view);
  for (std::size_t i = 0; i < view.axes.letters.size(); ++i)
    parts_->letters[i].set(view.axes.letters[i]);
  parts_->plane.set(std::string(to_string(view.plane)));
  parts_->position.set(position_text(view));
  const PicturePoint centre = picture_point(view, centre_index);
  const double x = centre.x * view.pixel_width_mm, y = -centre.y * view.pixel_height_mm;
  parts_->look_at(x, y);
  parts_->place_scale_bar(x, y);
}

vtkRenderer* SlicePane::renderer() const { return parts_->renderer; }

}  // namespace viewer
