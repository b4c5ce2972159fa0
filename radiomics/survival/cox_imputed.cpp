// Rubin's rules over tables that differ in what was imputed.

#include <cmath>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/rubin.h"
#include "radiomics/survival/cox_fitting.h"

namespace radiomics {
namespace {

/// The model on one of the tables.
struct OneTable {
  ModelFrame frame;
  FittedCox fitted;
  std::vector<TermResult> terms;
};

void require_same_outcome(const Cohort& first, const Cohort& other, const ModelFrame& ours,
                          const ModelFrame& theirs, const EndpointSpec& spec) {
  const std::string files = other.tables[0].file + ": ";
  require(ids_of(first, ours.patients) == ids_of(other, theirs.patients),
          ErrorKind::invalid_argument,
          files + counted(theirs.size(), "complete patient") + ", " + first.tables[0].file +
              " has " + to_text(ours.size()) +
              " or others; imputed tables hold the same patients in the same order");
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const bool same_time = ours.outcome.time[i] == theirs.outcome.time[i];
    if (same_time && ours.status[i] == theirs.status[i]) continue;
    const std::string& name = same_time ? spec.event : spec.time;
    const Column here = column(other, name), there = column(first, name);
    const std::size_t patient = theirs.patients[i], original = ours.patients[i];
    throw Error(ErrorKind::invalid_argument,
                here.place(patient) + ": '" + one_line(here.cells[patient]) + "', but '" +
                    one_line(there.cells[original]) + "' at " + there.place(original) +
                    "; imputed tables agree in the outcome");
  }
}

OneTable fit_table(const Cohort& cohort, const EndpointSpec& spec, const CoxModelOptions& options,
                   const std::vector<SplineKnots>& knots) {
  FrameRequest request = options.request();
  for (auto& variable : request.variables)
    for (const auto& spline : knots)
      if (variable.knots > 0 && variable.name == spline.variable) variable.knots_at = spline.knots;
  OneTable one{
      .frame = model_frame(cohort, spec, request, options.common), .fitted = {}, .terms = {}};
  const auto clusters = groups_in_frame(cohort, one.frame, options.cluster).group;
  one.fitted = fit_frame(one.frame, one.frame.cox_data(), clusters, options);
  one.terms = terms_of(one.frame, one.fitted, options.common.conf_level);
  return one;
}

Estimate ratio_of(const PooledEstimate& pooled, double unit, double conf_level) {
  const PooledInterval limits = interval(pooled, conf_level);
  return {.estimate = std::exp(pooled.estimate * unit),
          .conf_low = std::exp(limits.low * unit),
          .conf_high = std::exp(limits.high * unit)};
}

double mean_over(const std::vector<OneTable>& tables, std::size_t term,
                 double (*value)(const TermResult&)) {
  double sum = 0;
  for (const auto& table : tables) sum += value(table.terms[term]);
  return sum / double(tables.size());
}

TermResult pooled_term(const std::vector<OneTable>& tables, std::size_t j, double conf_level) {
  TermResult result{.term = tables[0].terms[j].term};
  std::vector<double> estimates, variances;
  for (const auto& table : tables) {
    const TermResult& term = table.terms[j];
    estimates.push_back(term.estimate);
    variances.push_back(term.std_error * term.std_error);
    if (term.status != TermStatus::ok) result.status = term.status;
  }
  const PooledEstimate pooled = pool(estimates, variances);
  result.estimate = pooled.estimate;
  result.std_error = pooled.std_error;
  result.statistic = pooled.estimate / pooled.std_error;
  result.p_value = pooled.p_value;
  result.df = pooled.df;
  result.fraction_missing = pooled.lambda;
  result.mean = mean_over(tables, j, [](const TermResult& term) { return term.mean; });
  result.ratio = ratio_of(pooled, 1, conf_level);
  const auto scaled = [&](double unit) {
    return ScaledEffect{.unit = unit,
                        .estimate = pooled.estimate * unit,
                        .std_error = pooled.std_error * unit,
                        .ratio = ratio_of(pooled, unit, conf_level)};
  };
  if (!tables[0].terms[j].per_sd) return result;
  result.per_sd =
      scaled(mean_over(tables, j, [](const TermResult& term) { return term.per_sd->unit; }));
  result.per_iqr =
      scaled(mean_over(tables, j, [](const TermResult& term) { return term.per_iqr->unit; }));
  return result;
}

/// Within plus (1 + 1 / tables) times between.
Matrix pooled_covariance(const std::vector<OneTable>& tables) {
  const std::size_t columns = tables[0].terms.size();
  const auto count = double(tables.size());
  Matrix result(columns, columns);
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t k = 0; k < columns; ++k) {
      double within = 0, mean_j = 0, mean_k = 0, between = 0;
      for (const auto& table : tables) {
        within += table.fitted.vcov(j, k) / count;
        mean_j += table.terms[j].estimate / count;
        mean_k += table.terms[k].estimate / count;
      }
      for (const auto& table : tables)
        between += (table.terms[j].estimate - mean_j) * (table.terms[k].estimate - mean_k);
      result(j, k) = within + (1 + 1 / count) * between / (count - 1);
    }
  return result;
}

}  // namespace

CoxModelResult pooled_cox(const std::vector<Cohort>& cohorts, const EndpointSpec& spec,
                          const CoxModelOptions& options) {
  std::vector<OneTable> tables;
  CoxModelResult result{.endpoint = spec.name};
  for (const auto& cohort : cohorts) {
    tables.push_back(
        fit_table(cohort, spec, options,
                  tables.empty() ? std::vector<SplineKnots>{} : tables[0].frame.splines));
    const OneTable& table = tables.back();
    require_same_outcome(cohorts[0], cohort, tables[0].frame, table.frame, spec);
    require(table.terms.size() == tables[0].terms.size(), ErrorKind::invalid_argument,
            cohort.tables[0].file + ": other levels than in " + cohorts[0].tables[0].file +
                "; name the levels with --factor");
    const double log_likelihood =
        table.fitted.firth ? table.fitted.firth->log_likelihood : table.fitted.fit.log_likelihood;
    result.imputations.push_back(
        {cohort.tables[0].file, log_likelihood,
         concordance_of(table.frame, table.fitted, options.common.conf_level)});
  }
  const ModelFrame& frame = tables[0].frame;
  result.n = frame.size();
  result.events = frame.events();
  result.n_missing = frame.n_missing;
  result.ties = tables[0].fitted.fit.ties;
  result.firth = options.firth;
  result.levels = frame.levels;
  result.warnings = frame.warnings;
  result.events_per_parameter = double(result.events) / double(frame.covariates.columns);
  for (std::size_t j = 0; j < frame.terms.size(); ++j)
    result.terms.push_back(pooled_term(tables, j, options.common.conf_level));
  result.vcov = pooled_covariance(tables);
  std::vector<const FittedCox*> fits;
  for (const auto& table : tables) fits.push_back(&table.fitted);
  result.splines = pooled_splines(frame, fits, result, options.common.conf_level);
  const auto warnings =
      term_warnings(spec.name, result.terms, frame.covariates, "--firth gives a finite one");
  result.warnings.insert(result.warnings.end(), warnings.begin(), warnings.end());
  result.concordance = undefined_concordance();
  return result;
}

}  // namespace radiomics
