#pragma once

#include "radiomics/shape/mesh.h"

namespace radiomics {

/// The lengths of the sides of a box, in no particular order.
struct BoxSides {
  double a_mm = 0, b_mm = 0, c_mm = 0;

  double volume_mm3() const { return a_mm * b_mm * c_mm; }
  double area_mm2() const { return 2 * (a_mm * b_mm + b_mm * c_mm + c_mm * a_mm); }
};

/// The smallest box, in any orientation, that encloses a convex hull and has one face on a face of
/// the hull: for every face, the smallest rectangle around the shadow of the hull on it.
///
/// The smallest box of all can be a little smaller still: two of its faces contain an edge of the
/// hull each, and for some bodies (a regular tetrahedron) none contains a face. IBSI leaves the
/// method open and publishes no value. All 0 for an empty hull.
///
/// Cost: the square of the number of faces; only faces whose shadow is small are looked at further.
/// \source IBSI ZH1A and IQYR; O'Rourke 1985, doi:10.1007/BF00991005, on the smallest of all
BoxSides smallest_box_on_a_face(const Mesh& hull);

}  // namespace radiomics
