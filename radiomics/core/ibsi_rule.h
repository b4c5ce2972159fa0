#pragma once

namespace radiomics {

/// IBSI's rule of comparison, the only one for published feature values: the value, rounded to
/// three significant digits as it is published, lies within the tolerance. Never true of what is
/// undefined.
bool agrees_with_ibsi(double value, double published, double tolerance);

}  // namespace radiomics
