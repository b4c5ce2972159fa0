#include "radiomics/survival/cif_models.h"

#include <algorithm>
#include <cmath>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/statistics/cumulative_incidence.h"
#include "radiomics/statistics/fine_gray.h"

namespace radiomics {
namespace {

void require_converged(bool converged, const ModelFrame& frame, const std::string& model) {
  require(converged, ErrorKind::no_convergence,
          frame.endpoint + ": the " + model +
              " did not converge; use fewer covariates or bring them to another scale");
}

CauseModel cause_specific_model(const ModelFrame& frame, const CompetingRisksData& data, int cause,
                                const AnalysisOptions& options, std::vector<double>& means) {
  const CoxFit fit =
      fit_cox({.outcome = cause_specific(data, cause), .covariates = frame.covariates},
              {.ties = options.ties});
  const int events = data.events(cause);
  if (events > 0)
    require_converged(fit.converged, frame, "cause-specific model of cause " + to_text(cause));
  if (cause == 1) means = fit.means;
  return {.cause = cause,
          .n = data.size(),
          .events = events,
          .terms = term_results(frame, fit, options.conf_level),
          .log_likelihood_null = fit.log_likelihood_null,
          .log_likelihood = fit.log_likelihood};
}

CauseModel fine_gray_model(const ModelFrame& frame, const FineGrayFit& fit, int cause,
                           const std::vector<double>& means, double conf_level) {
  require_converged(fit.converged, frame, "Fine-Gray model of cause " + to_text(cause));
  return {.cause = cause,
          .n = fit.n,
          .events = fit.events,
          .terms = term_results(frame.terms, frame.covariates,
                                {.coefficients = fit.coefficients,
                                 .std_errors = fit.std_errors,
                                 .status = fit.status,
                                 .means = means,
                                 .vcov = &fit.vcov},
                                conf_level),
          .log_likelihood_null = fit.log_likelihood_null,
          .log_likelihood = fit.log_likelihood};
}

std::vector<double> row_of(const Matrix& matrix, std::size_t row) {
  std::vector<double> values;
  for (std::size_t j = 0; j < matrix.columns; ++j) values.push_back(matrix(row, j));
  return values;
}

IncidencePrediction predict(const FineGrayFit& fit, const std::vector<double>& means,
                            const std::vector<double>& patient,
                            const std::vector<double>& horizons) {
  IncidencePrediction result;
  double sum = 0;
  for (std::size_t j = 0; j < patient.size(); ++j)
    if (fit.status[j] != TermStatus::aliased) sum += fit.coefficients[j] * (patient[j] - means[j]);
  result.risk = std::exp(sum);
  for (const double time : horizons)
    result.incidence.push_back(predicted_incidence(fit, patient, time));
  return result;
}

/// Larger of two; what is undefined does not count.
double larger(double a, double b) { return std::isnan(a) || b > a ? b : a; }

/// Compares with what needs no model: the mean over the patients, and the sum of both causes.
IncidenceCheck check_at(double time, const FineGrayFit& fit, const FineGrayFit* other,
                        const Matrix& patients, const Matrix& new_patients) {
  IncidenceCheck check{.time = time};
  double sum = 0;
  const auto both_causes = [&](const std::vector<double>& patient, double own) {
    if (other)
      check.largest_sum =
          larger(check.largest_sum, own + predicted_incidence(*other, patient, time));
  };
  for (std::size_t i = 0; i < patients.rows; ++i) {
    const auto patient = row_of(patients, i);
    const double own = predicted_incidence(fit, patient, time);
    sum += own;
    both_causes(patient, own);
  }
  for (std::size_t i = 0; i < new_patients.rows; ++i) {
    const auto patient = row_of(new_patients, i);
    both_causes(patient, predicted_incidence(fit, patient, time));
  }
  check.mean_predicted = sum / double(patients.rows);
  return check;
}

void add_warnings(ModelFrame& frame, const std::vector<TermResult>& terms, const std::string& of) {
  for (auto warning : term_warnings(frame.endpoint, terms, frame.covariates,
                                    "merge levels or leave the variable out")) {
    warning.message += " (" + of + ")";
    const auto same = [&](const AnalysisWarning& other) {
      return other.code == warning.code && other.column == warning.column;
    };
    if (std::ranges::none_of(frame.warnings, same)) frame.warnings.push_back(warning);
  }
}

/// The competing event may be too rare to be modelled; that does not spoil the event of interest.
void warn_of_competing_events(ModelFrame& frame, int events) {
  const auto parameters = frame.covariates.columns;
  if (parameters < 2 || std::size_t(events) > parameters) return;
  frame.warnings.push_back(endpoint_warning(WarningCode::too_many_parameters, frame.endpoint,
                                            counted(std::size_t(events), "competing event") +
                                                " for " + counted(parameters, "parameter") +
                                                ": the models of the competing event fit noise"));
}

}  // namespace

CompetingRisksData competing_risks(const ModelFrame& frame) {
  CompetingRisksData data{.time = frame.outcome.time, .cause = {}};
  for (const auto status : frame.status) data.cause.push_back(std::uint8_t(status));
  return data;
}

CifModels fit_cif_models(ModelFrame& frame, const Matrix& new_patients,
                         const AnalysisOptions& options) {
  require_events(frame, frame.covariates.columns, options.force);
  const CompetingRisksData data = competing_risks(frame);
  const bool other_occurs = data.events(2) > 0;
  CifModels models{.n_missing = frame.n_missing};
  std::vector<double> means;
  for (const int cause : {1, 2})
    models.cause_specific[std::size_t(cause - 1)] =
        cause_specific_model(frame, data, cause, options, means);
  const FineGrayFit fit = fit_fine_gray(data, frame.covariates);
  models.fine_gray = fine_gray_model(frame, fit, 1, means, options.conf_level);
  add_warnings(frame, models.cause_specific[0].terms, "models of the event");
  add_warnings(frame, models.fine_gray.terms, "Fine-Gray model of the event");
  std::optional<FineGrayFit> other;
  if (other_occurs) {
    warn_of_competing_events(frame, data.events(2));
    other = fit_fine_gray(data, frame.covariates, {.cause = 2});
    models.fine_gray_other = fine_gray_model(frame, *other, 2, means, options.conf_level);
    add_warnings(frame, models.cause_specific[1].terms, "models of the competing event");
    add_warnings(frame, models.fine_gray_other->terms, "Fine-Gray model of the competing event");
  }
  for (std::size_t i = 0; i < new_patients.rows; ++i)
    models.predictions.push_back(predict(fit, means, row_of(new_patients, i), options.horizons));
  const CumulativeIncidence curves = cumulative_incidence(data);
  for (const double time : options.horizons) {
    models.checks.push_back(
        check_at(time, fit, other ? &*other : nullptr, frame.covariates, new_patients));
    models.checks.back().aalen_johansen = at_horizon(curves, time).incidence[0].estimate;
  }
  return models;
}

}  // namespace radiomics
