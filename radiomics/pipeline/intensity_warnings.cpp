#include "radiomics/pipeline/intensity_warnings.h"

#include <algorithm>
#include <variant>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// What the warnings look at.
struct Intensities {
  double lowest, highest;
  std::ptrdiff_t grey_levels;  ///< that occur
  std::string_view modality;

  bool equal() const { return lowest == highest; }
  bool may_be_ct() const { return modality.empty() || modality == "CT"; }
  std::string text() const {
    return "the intensities from " + rounded_text(lowest, 6) + " to " + rounded_text(highest, 6);
  }
};

std::string text_of(const FixedBinSize& bins) {
  return "texture.bins of " + to_text(bins.width) + " from " + to_text(bins.first_edge);
}

/// How bins do not suit the intensities, or nothing.
std::string misfit(const FixedBinSize& bins, const Intensities& found) {
  if (!found.may_be_ct() && bins.first_edge < 0)
    return " suit the HU of CT, and this image is " + std::string(found.modality);
  if (found.grey_levels <= 2) return " are too wide";
  return found.grey_levels > many_grey_levels ? " are too narrow" : "";
}

void warn_of_bins(const FixedBinSize& bins, const Intensities& found,
                  std::vector<std::string>& warnings) {
  const std::string reason = misfit(bins, found);
  if (reason.empty()) return;
  const std::string levels =
      to_text(found.grey_levels) + " grey level" + (found.grey_levels == 1 ? "" : "s");
  warnings.push_back(text_of(bins) + reason + ": " + found.text() + " are " + levels +
                     " (choose others, such as {number: 32})");
}

void warn_of_whole_units(const Intensities& found, const Settings& settings,
                         std::vector<std::string>& warnings) {
  if (found.modality == "CT" || found.highest - found.lowest >= small_range) return;
  std::vector<std::string> coarse;
  if (settings.prepare.resample.round_intensities)
    coarse.emplace_back("resample.round_intensities: true (choose false)");
  if (std::holds_alternative<NoBins>(settings.summary.ivh_bins))
    coarse.emplace_back("ivh.bins: none (choose {number: 1000})");
  if (!coarse.empty())
    warnings.push_back(found.text() + " are too close for steps of 1, which suit the HU of CT: " +
                       join(coarse, ", "));
}

void warn_of_low_intensities(const RegionSummary& summary, std::vector<std::string>& warnings) {
  if (const auto voxels = summary.levels.below_first_edge; voxels > 0)
    warnings.push_back(to_text(voxels) + " of " + to_text(summary.sample.sorted.size()) +
                       " voxels lie below the first bin and were counted as grey level 1");
}

}  // namespace

std::vector<std::string> intensity_warnings(const RegionSummary& summary, const Settings& settings,
                                            std::string_view modality) {
  std::vector<std::string> warnings;
  const auto& counts = summary.histogram.counts;
  const Intensities found{summary.sample.sorted.front(), summary.sample.sorted.back(),
                          std::ranges::count_if(counts, [](auto count) { return count > 0; }),
                          modality};
  const Bins& bins = settings.summary.texture_bins;
  if (!found.equal() && !std::holds_alternative<NoBins>(bins)) {
    if (const auto* of_one_width = std::get_if<FixedBinSize>(&bins))
      warn_of_bins(*of_one_width, found, warnings);
    warn_of_whole_units(found, settings, warnings);
  }
  warn_of_low_intensities(summary, warnings);
  return warnings;
}

}  // namespace radiomics
