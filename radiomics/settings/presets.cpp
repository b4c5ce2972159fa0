// The IBSI configurations: IBSI reference manual, chapter 5 "Reference data sets",
// "Configurations".

#include "radiomics/settings/presets.h"

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

constexpr Vector3 two_mm{2, 2, 2}, two_mm_in_plane{2, 2, 0};

/// docs/defaults.md gives the reasons.
Settings for_ct() {
  return {.prepare = {.resample = {.spacing_mm = two_mm, .round_intensities = true}},
          .summary = {.texture_bins = FixedBinSize{.width = 25, .first_edge = -1000}}};
}

Settings ibsi1_digital() { return {.prepare = {}, .summary = {.texture_bins = NoBins{}}}; }

Settings ibsi1_a() {
  return {.prepare = {.resegment = {.lowest = -500, .highest = 400}},
          .summary = {.texture_bins = FixedBinSize{.width = 25, .first_edge = -500}}};
}

Settings ibsi1_b() {
  return {.prepare = {.resample = {.spacing_mm = two_mm_in_plane, .round_intensities = true},
                      .resegment = {.lowest = -500, .highest = 400}},
          .summary = {.texture_bins = FixedBinNumber{32}}};
}

Settings ibsi1_c() {
  return {.prepare = {.resample = {.spacing_mm = two_mm, .round_intensities = true},
                      .resegment = {.lowest = -1000, .highest = 400}},
          .summary = {.texture_bins = FixedBinSize{.width = 25, .first_edge = -1000},
                      .ivh_bins = FixedBinSize{.width = 2.5, .first_edge = -1000}}};
}

Settings ibsi1_d() {
  return {.prepare = {.resample = {.spacing_mm = two_mm, .round_intensities = true},
                      .resegment = {.sigma = 3}},
          .summary = {.texture_bins = FixedBinNumber{32}}};
}

Settings ibsi1_e() {
  return {.prepare = {.resample = {.spacing_mm = two_mm,
                                   .round_intensities = true,
                                   .image = Interpolation::cubic},
                      .resegment = {.lowest = -1000, .highest = 400, .sigma = 3}},
          .summary = {.texture_bins = FixedBinNumber{32}, .ivh_bins = FixedBinNumber{1000}}};
}

}  // namespace

std::span<const Preset> all_presets() {
  static const std::vector<Preset> presets{
      {"default", "for CT: voxels of 2 mm, whole HU, bins of 25 from -1000", for_ct()},
      {"native", "grid and intensities as scanned, bins of 25 from -1000", {}},
      {"ibsi1-digital", "the digital phantom of IBSI 1", ibsi1_digital()},
      {"ibsi1-a", "IBSI 1, configuration A: as scanned, -500 to 400 HU, bins of 25", ibsi1_a()},
      {"ibsi1-b", "IBSI 1, configuration B: 2 mm in the plane, -500 to 400 HU, 32 bins", ibsi1_b()},
      {"ibsi1-c", "IBSI 1, configuration C: 2 mm, -1000 to 400 HU, bins of 25", ibsi1_c()},
      {"ibsi1-d", "IBSI 1, configuration D: 2 mm, within 3 standard deviations, 32 bins",
       ibsi1_d()},
      {"ibsi1-e",
       "IBSI 1, configuration E: 2 mm by cubic splines, -1000 to 400 HU and within 3 standard "
       "deviations, 32 bins",
       ibsi1_e()},
  };
  return presets;
}

const Settings& preset(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Preset& known : all_presets()) {
    if (known.name == name) return known.settings;
    names.push_back(known.name);
  }
  throw Error(ErrorKind::invalid_settings,
              "there is no preset '" + one_line(name) + "'; choose one of " + join(names, ", "));
}

}  // namespace radiomics
