#include "radiomics/statistics/restricted_cubic_spline.h"
namespace radiomics {
std::vector<double> default_knots(std::span<const double>, int) { return {}; }
Matrix restricted_cubic_spline(std::span<const double>, std::span<const double>) { return {}; }
}
