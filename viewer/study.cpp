#include "viewer/study.h"

#include "radiomics/qc/captions.h"

namespace viewer {
namespace {

constexpr double margin_mm = 25;

}  // namespace

Study make_study(radiomics::ImageSource image, radiomics::MaskWindow mask, std::string case_name,
                 std::string roi) {
  const auto field = radiomics::field_around(mask.grid, mask.box, margin_mm);
  return {std::move(image), std::move(mask), field, std::move(case_name), std::move(roi)};
}

ViewState initial_state(const Study& study) {
  const auto around = study.image.read(study.field.box);
  return initial_state(study.mask,
                       radiomics::default_window(study.image.modality, around, study.mask));
}

radiomics::SliceView view_of(const Study& study, const ViewState& state, radiomics::Plane plane) {
  const int slice = shown_slice(state, plane);
  radiomics::Box box = radiomics::whole(state.grid);
  const int axis = radiomics::plane_axes(state.grid, plane).through.axis;
  box.first[axis] = box.last[axis] = slice;
  return radiomics::slice_view(study.image.read(box), study.mask, plane, slice, state.window);
}

std::string title(const Study& study, const ViewState& state) {
  const std::string between = "  \u00b7  ";
  return radiomics::shown(study.case_name) + between + radiomics::shown(study.roi) + between +
         to_string(radiomics::region_size(study.mask)) + between + to_string(state.window);
}

}  // namespace viewer
