#pragma once

#include <string>

#include "radiomics/io/image_source.h"
#include "radiomics/io/mask_source.h"
#include "viewer/view_state.h"

namespace viewer {

/// An image and one region on its grid, opened.
struct Study {
  radiomics::ImageSource image;
  radiomics::MaskWindow mask;
  radiomics::Field field;  ///< what the pictures show at first
  std::string case_name;
  std::string roi;
};

/// A study with the field that suits its region.
Study make_study(radiomics::ImageSource image, radiomics::MaskWindow mask, std::string case_name,
                 std::string roi);

/// The state in which a study is opened: on the region, in the grey window that suits it.
/// \throws Error as the image's read()
ViewState initial_state(const Study& study);

/// The whole slice of a plane that the state points to. Reads that slice only.
/// \throws Error as the image's read()
radiomics::SliceView view_of(const Study& study, const ViewState& state, radiomics::Plane plane);

/// Case, region, size and grey window on one line.
std::string title(const Study& study, const ViewState& state);

}  // namespace viewer
