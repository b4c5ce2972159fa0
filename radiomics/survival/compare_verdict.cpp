// What the comparison says, in words. The likelihood ratio test of features that were named before
// decides; nothing else does.

#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/survival/compare_analysis.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

std::string test_phrase(const Test& test) {
  return "likelihood ratio " + fixed_text(test.statistic, 2) + ", df " + to_text(int(test.df)) +
         ", " + p_phrase(test.p_value);
}

const ComparedStep* step_between(const std::vector<ComparedStep>& steps, const std::string& from,
                                 const std::string& to) {
  for (const auto& step : steps)
    if (step.from == from && step.to == to) return &step;
  return nullptr;
}

std::string multiplicity_text(const ComparedStep& step, std::size_t tests, double level) {
  if (tests < 2) return "";
  const bool before = step.likelihood_ratio.p_value <= level;
  std::string text = " This is one of " + to_text(tests) +
                     " tests of this run; adjusted for them (Holm) " + p_phrase(step.p_holm);
  if (before && !(step.p_holm <= level))
    text += ": among so many tests a p-value like this is expected by chance";
  return text + ".";
}

std::string resampled_text(const CompareResult& result, const std::string& what,
                           const std::string& base) {
  const double change = step_between(result.steps, "M0", "M2")->corrected;
  const std::string head = what + " beside " + base +
                           ": the features were chosen by looking at these data, so that no "
                           "p-value is given. ";
  const std::string resampled =
      std::isnan(change) ? "Resamples were not asked for (--bootstrap); "
                         : "In resampling the concordance changes by " + fixed_text(change, 3) +
                               ", which repeats the fit but not the choice and so still flatters "
                               "(train repeats both); ";
  return head + resampled + "only data that had no part in the choice can tell more.";
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::no_evidence:
      return "no_evidence";
    case Verdict::volume_surrogate:
      return "volume_surrogate";
    case Verdict::added_value:
      return "added_value";
    case Verdict::resampled_only:
      return "resampled_only";
  }
  return "unknown";
}

Verdict verdict_of(const std::vector<ComparedStep>& steps, double level) {
  const auto significant = [&](const ComparedStep* step) {
    return step->likelihood_ratio.p_value <= level;  // false where undefined
  };
  if (!significant(step_between(steps, "M0", "M2"))) return Verdict::no_evidence;
  const ComparedStep* beyond_volume = step_between(steps, "M3", "M4");
  return beyond_volume == nullptr || significant(beyond_volume) ? Verdict::added_value
                                                                : Verdict::volume_surrogate;
}

std::string verdict_text(const CompareResult& result, const CompareOptions& options,
                         std::size_t tests) {
  const std::string imaging = one_line(join(options.imaging, " + "));
  const std::string base =
      options.base.empty() ? "the null model" : one_line(join(options.base, " + "));
  const std::string head = result.endpoint + ": ";
  if (result.verdict == Verdict::resampled_only)
    return head + resampled_text(result, imaging, base);
  const ComparedStep& step = *step_between(result.steps, "M0", "M2");
  const ComparedStep* beyond = step_between(result.steps, "M3", "M4");
  const std::string more = multiplicity_text(step, tests, options.common.alpha_level);
  const std::string first = " (" + test_phrase(step.likelihood_ratio) + ")";
  const std::string volume = beyond ? "log(" + one_line(options.volume) + ")" : "";
  switch (result.verdict) {
    case Verdict::no_evidence:
      return head + "no evidence that " + imaging + " tells more about prognosis than " + base +
             " alone" + first + "." + more;
    case Verdict::volume_surrogate:
      return head + imaging + " tells more than " + base + " alone" + first +
             ", but nothing more once " + volume + " is in the model (" +
             test_phrase(beyond->likelihood_ratio) + "): volume surrogate." + more;
    default:
      return head + imaging + " adds to " + base + first +
             (beyond ? ", and to " + base + " with " + volume + " (" +
                           test_phrase(beyond->likelihood_ratio) + ")."
                     : "; whether volume would do as well was not tested (--volume).") +
             more;
  }
}

}  // namespace radiomics
