#include "radiomics/survival/cox_fitting.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/error.h"
#include "radiomics/statistics/cox_robust.h"
#include "radiomics/statistics/wald_test.h"

namespace radiomics {
namespace {

void replace_estimates(CoxFit& fit, const FirthCoxFit& firth) {
  fit.coefficients = firth.coefficients;
  fit.std_errors = firth.std_errors;
  fit.vcov = firth.vcov;
  fit.ties = Ties::breslow;
  fit.df = 0;
  for (std::size_t j = 0; j < firth.coefficients.size(); ++j) {
    const bool aliased = std::isnan(firth.coefficients[j]);
    fit.status[j] = aliased ? TermStatus::aliased : TermStatus::ok;
    fit.df += !aliased;
  }
}

[[noreturn]] void refuse_convergence(const ModelFrame& frame) {
  throw Error(ErrorKind::no_convergence, frame.endpoint + ": the model of " +
                                             counted(frame.covariates.columns, "parameter") +
                                             " did not converge; use fewer covariates, or --firth");
}

/// Intervals and p-values of the penalised likelihood in place of Wald's.
void take_profiles(const FirthCoxFit& firth, std::vector<TermResult>& terms) {
  for (std::size_t j = 0; j < terms.size(); ++j) {
    TermResult& term = terms[j];
    const auto limits = [&](Estimate& ratio, double unit) {
      ratio.conf_low = std::exp(firth.conf_low[j] * unit);
      ratio.conf_high = std::exp(firth.conf_high[j] * unit);
    };
    term.p_value = firth.p_values[j];
    limits(term.ratio, 1);
    if (term.per_sd) limits(term.per_sd->ratio, term.per_sd->unit);
    if (term.per_iqr) limits(term.per_iqr->ratio, term.per_iqr->unit);
  }
}

void add_tests(const CoxData& data, const FittedCox& fitted, CoxModelResult& result) {
  const CoxFit& fit = fitted.fit;
  if (fitted.firth) {
    result.log_likelihood_null = fitted.firth->log_likelihood_null;
    result.log_likelihood = fitted.firth->log_likelihood;
    result.likelihood_ratio = fitted.firth->likelihood_ratio;
    std::vector<std::size_t> all(fit.coefficients.size());
    for (std::size_t j = 0; j < all.size(); ++j) all[j] = j;
    result.wald = wald_test(fit.coefficients, fit.vcov, all);
    return;
  }
  result.log_likelihood_null = fit.log_likelihood_null;
  result.log_likelihood = fit.log_likelihood;
  result.likelihood_ratio = fit.likelihood_ratio;
  result.wald = fit.wald;
  result.score = fit.score;
  result.measures = cox_fit_measures(fit);
  if (fitted.clusters.empty()) return;
  const CoxRobust robust = cox_robust(fit, data, fitted.clusters);
  result.wald = robust.wald;
  result.robust_score = robust.score;
}

}  // namespace

FittedCox fit_frame(ModelFrame& frame, const CoxData& data, const std::vector<int>& clusters,
                    const CoxModelOptions& options) {
  require_events(frame, frame.covariates.columns, options.common.force);
  FittedCox fitted{.clusters = clusters};
  const Ties ties = options.firth ? Ties::breslow : options.common.ties;
  fitted.fit = fit_cox(data, {.ties = ties});
  if (options.firth) {
    fitted.firth = fit_firth_cox(data, {.conf_level = options.common.conf_level});
    if (!fitted.firth->converged) refuse_convergence(frame);
    replace_estimates(fitted.fit, *fitted.firth);
  } else if (!fitted.fit.converged) {
    refuse_convergence(frame);
  }
  fitted.std_errors = fitted.fit.std_errors;
  fitted.vcov = fitted.fit.vcov;
  if (!clusters.empty()) {
    const CoxRobust robust = cox_robust(fitted.fit, data, clusters);
    fitted.std_errors = robust.std_errors;
    fitted.vcov = robust.vcov;
  }
  return fitted;
}

std::vector<TermResult> terms_of(const ModelFrame& frame, const FittedCox& fitted,
                                 double conf_level) {
  const CoxFit& fit = fitted.fit;
  auto terms = term_results(frame.terms, frame.covariates,
                            {.coefficients = fit.coefficients,
                             .std_errors = fitted.std_errors,
                             .status = fit.status,
                             .means = fit.means},
                            conf_level);
  const auto vif = variance_inflation(fit, fitted.vcov);
  for (std::size_t j = 0; j < terms.size(); ++j) {
    terms[j].vif = vif[j];
    if (!fitted.clusters.empty()) terms[j].naive_std_error = fit.std_errors[j];
  }
  if (fitted.firth) take_profiles(*fitted.firth, terms);
  return terms;
}

Concordance undefined_concordance() {
  Concordance result;
  result.concordant = result.discordant = undefined;
  result.tied_risk = result.tied_time = result.tied_both = undefined;
  return result;
}

Concordance concordance_of(const ModelFrame& frame, const FittedCox& fitted, double conf_level) {
  if (std::ranges::count(fitted.fit.status, TermStatus::infinite) > 0)
    return undefined_concordance();
  const auto risk = linear_predictor(fitted.fit, frame.covariates);
  Concordance result = concordance(frame.outcome, risk, {.conf_level = conf_level}, frame.strata);
  if (!fitted.clusters.empty())
    result.estimate =
        normal_estimate(result.estimate.estimate,
                        influence_std_error(result.influence, fitted.clusters), conf_level);
  return result;
}

void add_model(const ModelFrame& frame, const CoxData& data, const FittedCox& fitted,
               const CoxModelOptions& options, CoxModelResult& result) {
  result.ties = fitted.fit.ties;
  result.firth = options.firth;
  result.levels = frame.levels;
  result.terms = terms_of(frame, fitted, options.common.conf_level);
  result.vcov = fitted.vcov;
  if (fitted.fit.df > 0) result.events_per_parameter = double(result.events) / fitted.fit.df;
  add_tests(data, fitted, result);
  result.concordance = concordance_of(frame, fitted, options.common.conf_level);
  const auto warnings =
      term_warnings(frame.endpoint, result.terms, frame.covariates, "--firth gives a finite one");
  result.warnings.insert(result.warnings.end(), warnings.begin(), warnings.end());
}

}  // namespace radiomics
