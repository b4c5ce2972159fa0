#include "radiomics/qc/grey_window.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

enum CtWindow { soft_tissue, lung, bone, brain };

std::vector<double> intensities_inside(const ImageWindow& image, const MaskWindow& mask) {
  std::vector<double> sample;
  const Index3 size = mask.volume.geometry().size;
  Index3 shift, limit = image.volume.geometry().size;
  for (int axis = 0; axis < 3; ++axis) shift[axis] = mask.box.first[axis] - image.box.first[axis];
  for (int z = std::max(0, -shift[2]); z < std::min(size[2], limit[2] - shift[2]); ++z)
    for (int y = std::max(0, -shift[1]); y < std::min(size[1], limit[1] - shift[1]); ++y)
      for (int x = std::max(0, -shift[0]); x < std::min(size[0], limit[0] - shift[0]); ++x)
        if (mask.volume(x, y, z))
          sample.push_back(image.volume(x + shift[0], y + shift[1], z + shift[2]));
  return sample;
}

void keep_finite(std::vector<double>& sample) {
  std::erase_if(sample, [](double value) { return !std::isfinite(value); });
}

/// By nearest rank; reorders the sample, which is not empty.
double quantile(std::vector<double>& sample, double probability) {
  const auto rank = std::ptrdiff_t(std::lround(probability * double(sample.size() - 1)));
  std::ranges::nth_element(sample, sample.begin() + rank);
  return sample[rank];
}

double black(const GreyWindow& window) { return window.level - window.width / 2; }
double white(const GreyWindow& window) { return window.level + window.width / 2; }

GreyWindow holding(const GreyWindow& a, const GreyWindow& b) {
  const double low = std::min(black(a), black(b)), high = std::max(white(a), white(b));
  return {a.name, high - low, low + (high - low) / 2};
}

bool is_ct(std::string_view modality, const ImageWindow& image) {
  if (!modality.empty()) return modality == "CT";
  return std::ranges::any_of(image.volume.voxels(), [](double value) { return value < -50; });
}

}  // namespace

std::span<const GreyWindow> ct_windows() {
  static const std::array<GreyWindow, 4> windows{{
      {"soft tissue", 400, 40},
      {"lung", 1500, -600},
      {"bone", 1800, 400},
      {"brain", 80, 40},
  }};
  return windows;
}

GreyWindow auto_window(std::vector<double> sample) {
  keep_finite(sample);
  if (sample.empty()) return {"auto", 1, 0};
  const double low = quantile(sample, 0.01), high = quantile(sample, 0.99);
  return {"auto", high > low ? high - low : 1, low + (high - low) / 2};
}

GreyWindow default_window(std::string_view modality, const ImageWindow& image,
                          const MaskWindow& mask) {
  std::vector<double> sample = intensities_inside(image, mask);
  if (!is_ct(modality, image)) {
    const auto voxels = image.volume.voxels();
    return holding(auto_window(std::move(sample)), auto_window({voxels.begin(), voxels.end()}));
  }
  keep_finite(sample);
  const bool in_lung = !sample.empty() && quantile(sample, 0.5) < -400;
  return ct_windows()[in_lung ? lung : soft_tissue];
}

std::uint8_t grey_value(double intensity, const GreyWindow& window) {
  const double share = (intensity - window.level) / window.width + 0.5;
  if (!(share > 0)) return 0;  // NaN too
  return std::uint8_t(std::lround(std::min(share, 1.0) * 255));
}

std::string to_string(const GreyWindow& window) {
  const auto rounded = [&](double value) {  // three digits of a PET's 2.345678 are enough
    return fixed_text(value, window.width < 10 ? 2 : 0);
  };
  return window.name + ' ' + rounded(window.width) + '/' + rounded(window.level);
}

}  // namespace radiomics
