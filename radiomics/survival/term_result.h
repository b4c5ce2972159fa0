#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "radiomics/cohort/model_frame.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/tables/json_writer.h"

namespace radiomics {

/// The effect of a numeric variable per so many of its units.
struct ScaledEffect {
  double unit = undefined;
  double estimate = undefined;  ///< log ratio
  double std_error = undefined;
  Estimate ratio{};
};

/// A term of a model as reports and result.json show it.
struct TermResult {
  ModelTerm term{};
  double estimate = undefined;  ///< log ratio per unit
  double std_error = undefined;
  double statistic = undefined;
  double p_value = undefined;
  Estimate ratio{};                       ///< exponentiated, without standard error
  std::optional<ScaledEffect> per_sd{};   ///< sample standard deviation; none for levels
  std::optional<ScaledEffect> per_iqr{};  ///< interquartile range, type 7
  double mean = undefined;
  double vif = undefined;
  TermStatus status = TermStatus::ok;
  std::optional<double> naive_std_error{};   ///< of the model, where the other one is robust
  std::optional<double> df{};                ///< of the t distribution, of pooled terms
  std::optional<double> fraction_missing{};  ///< of pooled terms
};

/// The numbers of a fit; vectors have one entry per term.
struct TermNumbers {
  std::span<const double> coefficients;
  std::span<const double> std_errors;
  std::span<const TermStatus> status;
  std::span<const double> means{};  ///< may be empty
  const Matrix* vcov = nullptr;     ///< for the variance inflation; may be absent
};

/// Terms with Wald statistics and intervals at `conf_level`. `values` has the rows that were used,
/// for the standard deviations and quartiles.
std::vector<TermResult> term_results(const std::vector<ModelTerm>& terms, const Matrix& values,
                                     const TermNumbers& numbers, double conf_level);

/// The terms of a Cox model on the covariates of a frame.
std::vector<TermResult> term_results(const ModelFrame& frame, const CoxFit& fit, double conf_level);

std::string_view to_string(TermStatus status);  ///< "ok", "infinite", "aliased"

/// The members of a term. \param ratio_name  "hazard_ratio" or "odds_ratio"
void write_term_members(JsonWriter& json, const TermResult& term,
                        std::string_view ratio_name = "hazard_ratio");

/// An array of terms.
void write_terms(JsonWriter& json, const std::vector<TermResult>& terms,
                 std::string_view ratio_name = "hazard_ratio");

/// The warnings that terms call for: infinite_coefficient, constant, aliased.
/// `values` as above; `remedy` is offered for infinite ones ("--firth gives ...").
std::vector<AnalysisWarning> term_warnings(const std::string& endpoint,
                                           const std::vector<TermResult>& terms,
                                           const Matrix& values, const std::string& remedy = "");

}  // namespace radiomics
