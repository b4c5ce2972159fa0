#include "radiomics/qc/slice_view.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace radiomics {
namespace {

constexpr std::string_view positive_letters = "LPS", negative_letters = "RAI";

/// The component of an axis of the grid along an axis of the patient (0 L, 1 P, 2 S).
double cosine(const Geometry& grid, int patient_axis, int grid_axis) {
  return grid.direction[3 * patient_axis + grid_axis];
}

/// For each axis of the patient the axis of the grid that stands for it.
Index3 nearest_axes(const Geometry& grid) {
  Index3 order{0, 1, 2}, best = order;
  double best_sum = -1;
  do {
    double sum = 0;
    for (int patient = 0; patient < 3; ++patient)
      sum += std::abs(cosine(grid, patient, order[patient]));
    if (sum <= best_sum) continue;
    best_sum = sum;
    best = order;
  } while (std::ranges::next_permutation(order).found);
  return best;
}

/// Where a way along the grid leads to: the letter of its own axis of the patient, then those of
/// the others that it is oblique to.
std::string letters(const Geometry& grid, const GridDirection& way, int own_axis) {
  static const double oblique = std::sin(15 * std::numbers::pi / 180);
  const auto component = [&](int patient) { return way.step * cosine(grid, patient, way.axis); };
  Index3 order{own_axis, (own_axis + 1) % 3, (own_axis + 2) % 3};
  if (std::abs(component(order[2])) > std::abs(component(order[1]))) std::swap(order[1], order[2]);
  std::string text;
  for (const int patient : order)
    if (patient == own_axis || std::abs(component(patient)) > oblique)
      text += (component(patient) >= 0 ? positive_letters : negative_letters)[patient];
  return text;
}

GridDirection opposite(const GridDirection& way) { return {way.axis, -way.step}; }

/// The axes of the patient (0 L, 1 P, 2 S) of a plane, and whether the picture's top is at their
/// positive end.
struct Layout {
  int across;
  int down;
  int through;
  bool top_is_positive;
};

Layout layout(Plane plane) {
  switch (plane) {
    case Plane::axial:
      return {0, 1, 2, false};
    case Plane::coronal:
      return {0, 2, 1, true};
    case Plane::sagittal:
      return {1, 2, 0, true};
  }
  return {};
}

bool contains(const Box& box, const Index3& voxel) {
  for (int axis = 0; axis < 3; ++axis)
    if (voxel[axis] < box.first[axis] || voxel[axis] > box.last[axis]) return false;
  return true;
}

template <class T>
T value_at(const Window<T>& window, const Index3& voxel) {
  const Index3& first = window.box.first;
  return window.volume(voxel[0] - first[0], voxel[1] - first[1], voxel[2] - first[2]);
}

/// The voxel at which the top left pixel of a picture of a box lies.
Index3 top_left(const Box& box, const PlaneAxes& axes) {
  Index3 voxel = box.first;
  for (const GridDirection& way : {axes.across, axes.down})
    if (way.step < 0) voxel[way.axis] = box.last[way.axis];
  return voxel;
}

void fill_pixels(const ImageWindow& image, const MaskWindow& mask, const GreyWindow& window,
                 SliceView& view) {
  const int across = view.axes.across.axis, down = view.axes.down.axis;
  const Index3 start = top_left(view.box, view.axes);
  std::vector<std::uint8_t> inside;
  view.grey.reserve(std::size_t(view.columns) * std::size_t(view.rows));
  inside.reserve(view.grey.capacity());
  for (int row = 0; row < view.rows; ++row)
    for (int column = 0; column < view.columns; ++column) {
      Index3 voxel = start;
      voxel[across] += view.axes.across.step * column;
      voxel[down] += view.axes.down.step * row;
      view.grey.push_back(grey_value(value_at(image, voxel), window));
      inside.push_back(contains(mask.box, voxel) ? value_at(mask, voxel) : std::uint8_t(0));
    }
  view.outlines = outlines(inside, view.columns);
}

}  // namespace

std::string_view to_string(Plane plane) {
  switch (plane) {
    case Plane::axial:
      return "axial";
    case Plane::coronal:
      return "coronal";
    case Plane::sagittal:
      return "sagittal";
  }
  return "";
}

PlaneAxes plane_axes(const Geometry& grid, Plane plane) {
  const Layout patient = layout(plane);
  const Index3 nearest = nearest_axes(grid);
  const auto towards_positive = [&](int patient_axis) {
    const int axis = nearest[patient_axis];
    return GridDirection{axis, cosine(grid, patient_axis, axis) < 0 ? -1 : 1};
  };
  PlaneAxes axes;
  axes.across = towards_positive(patient.across);
  axes.down = towards_positive(patient.down);
  if (patient.top_is_positive) axes.down = opposite(axes.down);
  axes.through = towards_positive(patient.through);
  axes.letters = {letters(grid, opposite(axes.across), patient.across),
                  letters(grid, axes.across, patient.across),
                  letters(grid, opposite(axes.down), patient.down),
                  letters(grid, axes.down, patient.down)};
  return axes;
}

int slice_of_largest_area(const MaskWindow& mask, int axis) {
  const Index3 size = mask.volume.geometry().size;
  std::vector<int> area(static_cast<std::size_t>(size[axis]));
  Index3 at;
  for (at[2] = 0; at[2] < size[2]; ++at[2])
    for (at[1] = 0; at[1] < size[1]; ++at[1])
      for (at[0] = 0; at[0] < size[0]; ++at[0])
        if (mask.volume(at[0], at[1], at[2])) ++area[std::size_t(at[axis])];
  std::vector<int> largest;
  for (int slice = 0; slice < int(area.size()); ++slice)
    if (area[slice] == std::ranges::max(area)) largest.push_back(slice);
  return mask.box.first[axis] + largest[(largest.size() - 1) / 2];
}

std::vector<int> evenly_spaced(int first, int last, int most) {
  assert(first <= last && most > 0);
  const int count = std::min(most, last - first + 1);
  if (count == 1) return {first + (last - first) / 2};
  std::vector<int> numbers;
  for (int i = 0; i < count; ++i)
    numbers.push_back(first + int(std::lround(double(last - first) * i / (count - 1))));
  return numbers;
}

Field field_around(const Geometry& grid, const Box& region, double margin_mm) {
  Field field;
  for (int axis = 0; axis < 3; ++axis) {
    field.centre_index[axis] = 0.5 * (region.first[axis] + region.last[axis]);
    field.side_mm = std::max(field.side_mm, region.size()[axis] * grid.spacing_mm[axis]);
  }
  field.side_mm += 2 * margin_mm;
  for (int axis = 0; axis < 3; ++axis) {  // a voxel reaches half a step to either side
    const double reach = 0.5 * field.side_mm / grid.spacing_mm[axis];
    const double low = std::floor(field.centre_index[axis] - reach + 0.5);
    const double high = std::ceil(field.centre_index[axis] + reach - 0.5);
    field.box.first[axis] = int(std::max(low, 0.0));
    field.box.last[axis] = int(std::min(high, double(grid.size[axis] - 1)));
  }
  return field;
}

SliceView slice_view(const ImageWindow& image, const MaskWindow& mask, Plane plane, int slice,
                     const GreyWindow& window) {
  assert(image.grid.size == mask.grid.size);
  SliceView view;
  view.plane = plane;
  view.axes = plane_axes(image.grid, plane);
  const int across = view.axes.across.axis, down = view.axes.down.axis;
  const int through = view.axes.through.axis;
  view.slice = slice;
  view.box = image.box;
  assert(slice >= image.box.first[through] && slice <= image.box.last[through]);
  view.box.first[through] = view.box.last[through] = slice;
  view.columns = view.box.size()[across];
  view.rows = view.box.size()[down];
  view.pixel_width_mm = image.grid.spacing_mm[across];
  view.pixel_height_mm = image.grid.spacing_mm[down];
  Vector3 middle;
  for (int axis = 0; axis < 3; ++axis)
    middle[axis] = 0.5 * (view.box.first[axis] + view.box.last[axis]);
  view.position_mm = position_mm(image.grid, middle)[layout(plane).through];
  fill_pixels(image, mask, window, view);
  return view;
}

PicturePoint picture_point(const SliceView& view, const Vector3& index) {
  const Index3 start = top_left(view.box, view.axes);
  const auto along = [&](const GridDirection& way) {
    const int axis = way.axis;
    return 0.5 + way.step * (index[axis] - start[axis]);
  };
  return {along(view.axes.across), along(view.axes.down)};
}

double scale_bar_mm(double width_mm) {
  const double most = width_mm / 3;
  const double decade = std::pow(10, std::floor(std::log10(most)));
  for (const double factor : {5, 2})
    if (factor * decade <= most) return factor * decade;
  return decade;
}

}  // namespace radiomics
