// What a screening says, in words: how many tests there were, what chance alone gives, and what is
// left after adjustment. A feature with a small p-value among many is not called anything.

#include <algorithm>

#include "radiomics/core/text.h"
#include "radiomics/survival/report_text.h"
#include "radiomics/survival/screen_output.h"

namespace radiomics {
namespace {

constexpr std::size_t most_named = 5;

std::size_t count_below(const ScreenResult& result, double level,
                        double (*p)(const ScreenedFeature&)) {
  return std::size_t(std::ranges::count_if(
      result.features, [&](const ScreenedFeature& feature) { return p(feature) <= level; }));
}

double raw(const ScreenedFeature& feature) { return feature.term.p_value; }
double adjusted(const ScreenedFeature& feature) { return feature.p_adjusted.bh; }

/// "original_shape_MeshVolume (p = 0.00964, adjusted p = 0.0497, volume surrogate)"
std::string described(const ScreenResult& result, std::size_t j, const ScreenAnalysis& analysis,
                      const ScreenOptions& options) {
  const auto& feature = result.features[j];
  std::string text =
      feature.name + " (" + p_phrase(raw(feature)) + ", adjusted " + p_phrase(adjusted(feature));
  if (feature.name == options.volume)
    text += ", the volume itself";
  else if (analysis.relations.is_surrogate(j))
    text += ", volume surrogate";
  return text + ")";
}

std::string first_ones(const ScreenResult& result, std::size_t count,
                       const ScreenAnalysis& analysis, const ScreenOptions& options) {
  std::vector<std::string> names;
  for (const auto j : by_p_value(result))
    if (names.size() < std::min(count, most_named))
      names.push_back(described(result, j, analysis, options));
  return join(names, ", ") +
         (count > most_named ? " and " + to_text(count - most_named) + " more" : "");
}

std::string tests_text(const ScreenResult& result, const ScreenOptions& options) {
  const double level = options.common.alpha_level;
  const auto& covariates = options.common.covariates;
  return result.endpoint + ": " + counted(result.tests, "feature") + " tested one by one" +
         (covariates.empty() ? "" : ", each adjusted for " + join(covariates, ", ")) + ", in " +
         counted(result.n, "patient") + " with " + counted(std::size_t(result.events), "event") +
         ". Of " + counted(result.tests, "test") + " about " +
         rounded_text(level * double(result.tests), 2) + " would fall below p = " + to_text(level) +
         " by chance alone; " + to_text(count_below(result, level, raw)) + " did.";
}

std::string family_text(const ScreenResult& result, const ScreenOptions& options) {
  return "After adjustment for " + counted(result.family, "test") +
         (options.family == TestFamily::all ? " of all endpoints" : "") +
         " (false discovery rate, Benjamini-Hochberg)";
}

std::string infinite_text(const ScreenResult& result) {
  const auto infinite = std::ranges::count_if(result.features, [](const ScreenedFeature& feature) {
    return feature.term.status == TermStatus::infinite;
  });
  if (infinite == 0) return "";
  return " " + counted(std::size_t(infinite), "feature") +
         " with an infinite coefficient had no such test: see the likelihood ratio test.";
}

std::string surrogates_text(const ScreenAnalysis& analysis, const ScreenOptions& options) {
  if (options.volume.empty())
    return " No volume was named, so that it is not known which features stand for the size of "
           "the tumour.";
  std::size_t surrogates = 0;
  for (std::size_t j = 0; j < analysis.features.names.size(); ++j)
    surrogates +=
        analysis.relations.is_surrogate(j) && analysis.features.names[j] != options.volume;
  if (surrogates == 0) return "";
  return " " + counted(surrogates, "feature") + " of " + to_text(analysis.features.names.size()) +
         (surrogates == 1 ? " is a" : " are") + " volume surrogate" + (surrogates == 1 ? "" : "s") +
         " (|rho| above " + to_text(surrogate_correlation) + " with " + options.volume +
         "): whatever they show, the size of the tumour may be the reason.";
}

}  // namespace

std::string screen_text(const ScreenResult& result, const ScreenAnalysis& analysis,
                        const ScreenOptions& options) {
  if (result.tests == 0)
    return result.endpoint + ": no feature could be tested." + infinite_text(result);
  const double level = options.common.alpha_level;
  const std::size_t left = count_below(result, level, adjusted);
  std::string text = tests_text(result, options) + " " + family_text(result, options);
  if (left > 0)
    text += " " + to_text(left) + (left == 1 ? " is" : " are") +
            " left: " + first_ones(result, left, analysis, options) +
            ". A screening suggests, it does not confirm: only other patients can.";
  else
    text += " none is left: there is no evidence that any single feature is associated with " +
            result.endpoint + ". The smallest: " + first_ones(result, 1, analysis, options) + ".";
  return text + infinite_text(result) + surrogates_text(analysis, options);
}

}  // namespace radiomics
