#pragma once

#include <string>
#include <vector>

#include "radiomics/qc/slice_view.h"

namespace radiomics {

/// The size of all sheets, in pixels.
inline constexpr int contact_sheet_width = 1600;
inline constexpr int contact_sheet_height = 850;

/// What a sheet is called. Names are shown as they are, but for bytes that are not UTF-8.
struct SheetTitle {
  std::string case_name;
  std::string roi;
  std::string modality;  ///< DICOM's word, or ""; decides on the grey window
};

/// Draws one region: the slice of its largest area in three planes, below them up to eight axial
/// slices from head to feet, all at one scale, with outline, orientation letters and scale bars.
/// Needs no display.
///
/// \param image  read for `field.box` or more
/// \param mask   a window of the same grid; not empty
/// \param field  what the pictures show; see field_around()
/// \return a PNG file; the same bytes for the same input on one machine
/// \throws Error unwritable_output if there is no memory for the picture
std::vector<unsigned char> contact_sheet(const ImageWindow& image, const MaskWindow& mask,
                                         const Field& field, const SheetTitle& title);

}  // namespace radiomics
