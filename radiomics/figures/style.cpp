#include "radiomics/figures/style.h"

#include <cmath>

namespace radiomics {

std::string_view series_colour(std::size_t i) { return palette[i % palette.size()]; }

std::string_view series_dashes(std::size_t i) {
  constexpr std::array<std::string_view, 3> dashes{"", "7 3", "2 3"};
  return dashes[i / palette.size() % dashes.size()];
}

double tick_step(double end, int count) {
  if (!(end > 0)) return 1;
  const double rough = end / count;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (rough <= factor * power * (1 + 1e-9)) return factor * power;  // 1e-9: rounding of the power
  return 10 * power;
}

std::vector<double> ticks_to(double end, double step) {
  std::vector<double> ticks;
  const int count = int(std::floor(end / step * (1 + 1e-9)));
  for (int i = 0; i <= count; ++i) ticks.push_back(i * step);
  return ticks;
}

}  // namespace radiomics
