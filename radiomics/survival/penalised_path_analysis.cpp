#include "radiomics/survival/penalised_path_analysis.h"

#include <algorithm>
#include <cmath>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/figures/path_figure.h"
#include "radiomics/statistics/cross_validation.h"
#include "radiomics/statistics/sample_moments.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

void check(const Cohort& cohort, const ModelFrame& frame, const PenalisedPathOptions& options) {
  require(frame.strata.empty(), ErrorKind::invalid_argument,
          "a penalised model has no strata; enter them as covariates");
  require(options.penalty.ties != Ties::exact, ErrorKind::invalid_argument,
          "a penalised model has no exact ties; choose --ties breslow or efron");
  require(frame.events() > 0, ErrorKind::no_events,
          frame.endpoint + ": no events: no model can be fitted");
  refuse_zero_times(cohort, frame);
}

std::vector<double> factors_of(const ModelFrame& frame, const PenalisedPathOptions& options) {
  if (options.penalty_factors.empty()) return {};
  std::vector<double> factors(frame.terms.size(), 1.0);
  for (const auto& [name, factor] : options.penalty_factors) {
    bool found = false;
    for (std::size_t j = 0; j < factors.size(); ++j)
      if (frame.terms[j].variable == name || frame.terms[j].name == name) {
        factors[j] = factor;
        found = true;
      }
    require(found, ErrorKind::column_not_found,
            "--penalty-factor: '" + one_line(name) + "' is none of the covariates");
  }
  return factors;
}

std::vector<int> given_folds(const Cohort& cohort, const ModelFrame& frame,
                             const std::string& name) {
  const Column cells = column(cohort, name);
  const Grouping all = group_by(cells, {}, cohort.cells);
  std::vector<int> folds, used;
  for (const auto patient : frame.patients) {
    require(all.group[patient] >= 0, ErrorKind::invalid_argument,
            cells.place(patient) + ": no fold; give one to every patient of the analysis");
    folds.push_back(all.group[patient]);
  }
  used = folds;
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  for (int& fold : folds) fold = int(std::ranges::lower_bound(used, fold) - used.begin());
  require(used.size() > 1, ErrorKind::invalid_argument,
          cells.file + ": only one fold in '" + one_line(name) + "'; give two or more");
  return folds;
}

std::vector<int> folds_of(const Cohort& cohort, const ModelFrame& frame,
                          const PenalisedPathOptions& options) {
  if (!options.cv_column.empty()) return given_folds(cohort, frame, options.cv_column);
  const int count = std::min(options.cv_folds, frame.events());
  return count < 2 ? std::vector<int>{}
                   : event_stratified_folds(frame.outcome.event, count, options.seed);
}

void warn_of_end(PenalisedPathResult& result) {
  if (result.path.end != PathEnd::not_converged) return;
  result.warnings.push_back(endpoint_warning(
      WarningCode::no_convergence, result.endpoint,
      "the path ends after " + counted(result.path.lambda.size(), "penalty value") +
          ": at smaller ones the coefficients run off"));
}

std::vector<PenaltyMark> marks(const PenalisedPathResult& result) {
  std::vector<PenaltyMark> lines;
  if (!result.cv) return lines;
  for (const auto& [label, lambda] :
       {std::pair{"best", result.cv->lambda_best}, std::pair{"1 se", result.cv->lambda_1se}})
    if (!std::isnan(lambda)) lines.push_back({.label = label, .lambda = lambda});
  return lines;
}

}  // namespace

void set_cv_folds(const std::string& text, PenalisedPathOptions& options) {
  const auto count = to_integer(text);
  if (!count) {
    options.cv_column = text;
    return;
  }
  require(*count >= 2, ErrorKind::invalid_argument,
          "--cv-folds " + text + ": two folds or more, or the name of a column");
  options.cv_folds = *count;
}

PenalisedPathResult analyse_penalised_path(const Cohort& cohort, const ModelFrame& frame,
                                           const PenalisedPathOptions& options, int threads) {
  check(cohort, frame, options);
  PenalisedPathResult result{.endpoint = frame.endpoint, .terms = frame.terms};
  for (std::size_t j = 0; j < frame.covariates.columns; ++j)
    result.sd.push_back(population_sd(frame.covariates.column(j)));
  PenalisedCoxOptions penalty = options.penalty;
  penalty.penalty_factors = factors_of(frame, options);
  result.path = fit_penalised_cox(frame.outcome, frame.covariates, penalty);
  require(!result.path.lambda.empty(), ErrorKind::no_convergence,
          frame.endpoint +
              ": no solution even at the largest penalty: columns without penalty "
              "separate the events; leave them out");
  warn_of_end(result);
  const auto folds = folds_of(cohort, frame, options);
  if (folds.empty()) return result;
  penalty.lambdas.clear();
  const auto usual = options.penalty.lambdas.empty()
                         ? result.path
                         : fit_penalised_cox(frame.outcome, frame.covariates, penalty);
  result.cv = cross_validate_penalised_cox(frame.outcome, frame.covariates, usual.lambda, folds,
                                           penalty, threads);
  result.cv_df = usual.df;
  return result;
}

void write_penalised_path(JsonWriter& json, const PenalisedPathResult& result) {
  const auto& path = result.path;
  json.key("path")
      .begin_object()
      .member("lambda_max", path.lambda_max)
      .member("lambda", path.lambda)
      .member("df", path.df)
      .member("dev_ratio", path.dev_ratio)
      .member("log_likelihood", path.log_likelihood)
      .member("log_likelihood_null", path.log_likelihood_null)
      .member("kkt", path.kkt)
      .member("end", to_string(path.end));
  json.key("coefficients").begin_array();
  for (std::size_t k = 0; k < path.lambda.size(); ++k) {
    json.begin_object();
    for (std::size_t j = 0; j < result.terms.size(); ++j)
      if (path.coefficients(j, k) != 0) json.member(result.terms[j].name, path.coefficients(j, k));
    json.end_object();
  }
  json.end_array().end_object();
  if (!result.cv) return;
  json.key("cv")
      .begin_object()
      .member("lambda", result.cv->lambda)
      .member("cvpl", result.cv->cvpl)
      .member("std_error", result.cv->std_error)
      .member("lambda_best", result.cv->lambda_best)
      .member("lambda_1se", result.cv->lambda_1se)
      .end_object();
}

std::string penalised_path_csv(const PenalisedPathResult& result) {
  std::string text = "endpoint,lambda,df,dev_ratio,log_likelihood,kkt";
  for (const auto& term : result.terms) text += "," + csv_cell(term.name);
  text += "\n";
  const auto& path = result.path;
  for (std::size_t k = 0; k < path.lambda.size(); ++k) {
    const std::vector<double> fit{path.dev_ratio[k], path.log_likelihood[k], path.kkt[k]};
    text += csv_cell(result.endpoint) + "," + to_text(path.lambda[k]) + "," + to_text(path.df[k]) +
            "," + join(fit, ",") + "," + join(path.coefficients_at(k), ",") + "\n";
  }
  return text;
}

std::string penalised_cv_csv(const PenalisedPathResult& result) {
  if (!result.cv) return "";
  std::string text = "endpoint,lambda,cvpl,std_error\n";
  for (std::size_t k = 0; k < result.cv->lambda.size(); ++k) {
    const std::vector<double> row{result.cv->lambda[k], result.cv->cvpl[k],
                                  result.cv->std_error[k]};
    text += csv_cell(result.endpoint) + "," + join(row, ",") + "\n";
  }
  return text;
}

std::vector<OutputFile> penalised_path_figures(const PenalisedPathResult& result) {
  std::vector<OutputFile> files;
  const auto& path = result.path;
  if (path.lambda.size() > 1 && path.lambda.back() > 0) {
    PathFigure figure{.title = result.endpoint + ": coefficients along the penalty",
                      .description = "Coefficients of the penalised model against the penalty",
                      .y_label = "Coefficient per standard deviation",
                      .lambda = path.lambda,
                      .non_zero = path.df,
                      .marks = marks(result)};
    for (std::size_t j = 0; j < result.terms.size(); ++j) {
      PathTerm term{.label = one_line(result.terms[j].name)};
      for (std::size_t k = 0; k < path.lambda.size(); ++k)
        term.coefficient.push_back(path.coefficients(j, k) * result.sd[j]);
      figure.terms.push_back(std::move(term));
    }
    files.push_back({"path_" + result.endpoint + ".svg", to_svg(figure)});
  }
  if (!result.cv) return files;
  CrossValidationFigure figure{.title = result.endpoint + ": choice of the penalty",
                               .description = "Cross-validated likelihood against the penalty",
                               .footnote = "Bars: one standard error.",
                               .marks = marks(result)};
  for (std::size_t k = 0; k < result.cv->lambda.size(); ++k) {
    if (!std::isfinite(result.cv->cvpl[k])) break;
    figure.lambda.push_back(result.cv->lambda[k]);
    figure.non_zero.push_back(result.cv_df[k]);
    figure.value.push_back(result.cv->cvpl[k]);
    figure.std_error.push_back(std::isnan(result.cv->std_error[k]) ? 0 : result.cv->std_error[k]);
  }
  if (figure.lambda.size() > 1) files.push_back({"cv_" + result.endpoint + ".svg", to_svg(figure)});
  return files;
}

}  // namespace radiomics
