#include "radiomics/settings/settings.h"

#include <optional>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

std::string text(const std::optional<double>& value) { return value ? to_text(*value) : "none"; }

struct BinsText {
  std::string operator()(const FixedBinSize& bins) const {
    return "fixed_bin_size " + to_text(bins.width) + " from " + to_text(bins.first_edge);
  }
  std::string operator()(const FixedBinNumber& bins) const {
    return "fixed_bin_number " + to_text(bins.count);
  }
};

std::vector<std::string> codes(const std::vector<Aggregation>& aggregations) {
  std::vector<std::string> result;
  for (const Aggregation aggregation : aggregations) result.emplace_back(ibsi_code(aggregation));
  return result;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> describe(const Settings& settings) {
  const auto& [resample, resegment, margin_mm] = settings.prepare;
  return {
      {"resample.spacing_mm", join(resample.spacing_mm, " ")},
      {"resample.round_intensities", resample.round_intensities ? "true" : "false"},
      {"resample.mask_threshold", to_text(resample.mask_threshold)},
      {"resegment.lowest", text(resegment.lowest)},
      {"resegment.highest", text(resegment.highest)},
      {"resegment.sigma", text(resegment.sigma)},
      {"margin_mm", to_text(margin_mm)},
      {"texture.bins", std::visit(BinsText{}, settings.summary.texture_bins)},
      {"texture.aggregations", join(codes(settings.summary.aggregations), " ")},
  };
}

}  // namespace radiomics
