// The model in sentences.

#include <algorithm>
#include <cmath>
#include <iterator>

#include "radiomics/core/text.h"
#include "radiomics/survival/cox_output.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

constexpr double ph_level = 0.05;

std::string discrimination(const CoxModelResult& result) {
  if (!result.imputations.empty()) return "";
  std::string text = " Concordance " + probability_with_limits(result.concordance.estimate, 3);
  if (result.bootstrap && std::isfinite(result.bootstrap->corrected))
    text += ", " + fixed_text(result.bootstrap->corrected, 3) +
            " after correction for optimism (bootstrap)";
  return text + ".";
}

std::string against_none(const CoxModelResult& result) {
  const std::string phrase = "likelihood ratio " + p_phrase(result.likelihood_ratio.p_value);
  if (!(result.likelihood_ratio.p_value < 1)) return "";
  return result.likelihood_ratio.p_value < ph_level
             ? " The model says more than chance (" + phrase + ")."
             : " There is no evidence that the model says more than chance (" + phrase + ").";
}

/// The variable whose hazards are least proportional, with its p-value.
std::string clearest(const CoxModelResult& result) {
  const auto& tests = result.proportional_hazards[0].test.per_variable;
  std::size_t best = tests.size();
  for (std::size_t v = 0; v < tests.size(); ++v)
    if (!std::isnan(tests[v].p_value) &&
        (best == tests.size() || tests[v].p_value < tests[best].p_value))
      best = v;
  if (best == tests.size() || tests.size() == 1) return "";
  return ", clearest for " + one_line(result.variables[best]) + ", " +
         p_phrase(tests[best].p_value);
}

std::string hazards(const CoxModelResult& result) {
  if (result.firth) return " Proportional hazards are not tested with --firth.";
  if (!result.imputations.empty())
    return " Proportional hazards are not tested on pooled tables; test one of them by itself.";
  const double p = result.global_ph().p_value;
  if (std::isnan(p)) return " Proportional hazards could not be tested.";
  if (p >= ph_level)
    return " Nothing speaks against proportional hazards (global test " + p_phrase(p) + ").";
  return " Hazards are not proportional (global test " + p_phrase(p) + clearest(result) +
         "): a hazard ratio is an average over the follow-up. Stratify by a variable that has "
         "levels (--strata), or compare restricted means (radiomics survival km --tau).";
}

std::string infinite_terms(const CoxModelResult& result) {
  std::vector<std::string> names;
  for (const auto& term : result.terms)
    if (term.status == TermStatus::infinite) names.push_back(one_line(term.term.name));
  return names.empty() ? ""
                       : " The hazard ratio of " + join(names, ", ") +
                             " is infinite and not estimable: the events separate it. --firth "
                             "gives a finite one.";
}

/// What was penalised, and what the cross-validation chose.
std::string path_text(const CoxModelResult& result) {
  const auto& path = result.penalised->path;
  const auto& cv = result.penalised->cv;
  std::string text = result.endpoint + ": " + counted(result.n, "patient") + ", " +
                     counted(std::size_t(result.events), "event") + ", " +
                     counted(result.penalised->terms.size(), "term") + " on a path of " +
                     counted(path.lambda.size(), "penalty value") + ".";
  if (!cv) return text + " No penalty was chosen; --cv-folds does.";
  const auto best = std::ranges::find(cv->lambda, cv->lambda_best) - cv->lambda.begin();
  if (best == std::ssize(cv->lambda)) return text + " The cross-validation has no best penalty.";
  const int kept = result.penalised->cv_df[std::size_t(best)];
  text += " Cross-validation chooses the penalty " + rounded_text(cv->lambda_best, 3) + ", with " +
          counted(std::size_t(kept), "term") + " in the model";
  return text + (kept == 0 ? ": nothing predicts better than chance." : ".");
}

}  // namespace

std::string cox_text(const CoxModelResult& result, const CoxModelOptions&) {
  if (result.penalised) return path_text(result);
  std::string text = result.endpoint + ": " + counted(result.n, "patient") + ", " +
                     counted(std::size_t(result.events), "event") + ", " +
                     counted(result.terms.size(), "parameter");
  if (!std::isnan(result.events_per_parameter))
    text += " (" + rounded_text(result.events_per_parameter, 3) + " events each)";
  if (!result.imputations.empty())
    text += "; pooled over " + to_text(result.imputations.size()) + " imputed tables";
  return text + "." + against_none(result) + discrimination(result) + infinite_terms(result) +
         hazards(result);
}

std::string cox_formula(const EndpointSpec& endpoint, const CoxModelOptions& options) {
  std::vector<std::string> parts;
  for (const auto& variable : options.variables()) {
    const std::string name = one_line(variable.name);
    parts.push_back(variable.knots > 0 ? "rcs(" + name + ", " + to_text(variable.knots) + ")"
                                       : name);
  }
  for (const auto& name : options.common.strata) parts.push_back("strata(" + one_line(name) + ")");
  if (!options.cluster.empty()) parts.push_back("cluster(" + one_line(options.cluster) + ")");
  return "Surv(" + one_line(endpoint.time) + ", " + one_line(endpoint.event) + ") ~ " +
         join(parts, " + ");
}

}  // namespace radiomics
