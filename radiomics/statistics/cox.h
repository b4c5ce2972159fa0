#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "radiomics/statistics/cox_risk_sets.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// How deaths at one time share the partial likelihood.
enum class Ties { efron, breslow, exact };

std::string_view to_string(Ties ties);  ///< "efron", "breslow", "exact"

/// What a Cox model is fitted to. Every vector has one entry per row of `covariates`, or is empty.
struct CoxData {
  SurvivalData outcome;          ///< ties merged
  Matrix covariates;             ///< no NaN; 0 columns: the null model
  std::vector<int> strata{};     ///< numbered from 0; empty: one stratum
  std::vector<double> offset{};  ///< added to the linear predictor; empty: 0

  std::size_t size() const { return outcome.size(); }
};

/// Those rows, in that order; one may be listed several times (a bootstrap sample).
CoxData rows_of(const CoxData& data, std::span<const std::size_t> rows);

/// Those columns of the covariates.
CoxData with_columns(const CoxData& data, std::span<const std::size_t> columns);

enum class TermStatus {
  ok,
  infinite,  ///< the likelihood rises for ever: the coefficient is not estimable, the LR test is.
             ///< Taken as such where |coefficient| > 10 or standard error > 100, in units of one
             ///< standard deviation of what no other column explains of the column: is_infinite()
  aliased,   ///< constant, or a linear combination of the columns before it
};

struct CoxOptions {
  Ties ties = Ties::efron;
  int max_iterations = 50;
};

/// A fitted Cox model. Vectors over terms have one entry per column of the covariates, NaN where it
/// is not estimable.
struct CoxFit {
  std::vector<double> coefficients;
  std::vector<double> std_errors;
  std::vector<TermStatus> status;
  Matrix vcov;                ///< terms x terms; NaN in the rows and columns of other terms
  std::vector<double> means;  ///< of the columns; 0 for columns that hold only -1, 0, 1
  double log_likelihood_null = undefined;
  double log_likelihood = undefined;
  Test likelihood_ratio, wald, score;  ///< df: terms that are not aliased; wald: NaN where one
                                       ///< is infinite
  std::size_t n = 0;
  int events = 0;
  int df = 0;  ///< terms that are not aliased
  int iterations = 0;
  bool converged = false;
  Ties ties = Ties::efron;
};

bool has_term(const CoxFit& fit, TermStatus status);

/// Maximises the partial likelihood by Newton's method with step halving, on centred and scaled
/// columns, to about 1e-12 standard errors. Where a term is infinite the log-likelihood is that of
/// the limit, and the other terms are those of the limit.
/// No events: every term is aliased, converged is false. Never throws for numbers.
/// Cost: a sort, then O(iterations x rows x columns^2).
/// \source Cox 1972; ties Efron 1977, doi:10.1080/01621459.1977.10480613, Breslow 1974; exact: the
///         discrete logistic likelihood of Cox 1972, by the recursion of Gail, Lubin and Rubinstein
///         1981, doi:10.1093/biomet/68.3.703
CoxFit fit_cox(const CoxData& data, const CoxOptions& options = {});

/// What rows have beside their covariates; empty: offset 0, count 1.
struct CoxRowTerms {
  std::span<const double> offset{};
  std::span<const int> counts{};  ///< as if the row were listed so often: a bootstrap sample
};

/// The same without sorting again: many models of one outcome, many resamples of one table. The
/// rows of `covariates` are those of the outcome from which the risk sets were made.
CoxFit fit_cox(const CoxRiskSets& sets, const Matrix& covariates, const CoxRowTerms& rows = {},
               const CoxOptions& options = {});

/// The partial log-likelihood at given coefficients (no NaN).
double cox_log_likelihood(const CoxData& data, std::span<const double> coefficients, Ties ties);

/// Covariates x coefficients (+ offset), one entry per row; terms that are not estimable count as
/// 0. Subtract linear_predictor_at_means() for R's centred one.
std::vector<double> linear_predictor(const CoxFit& fit, const Matrix& covariates,
                                     std::span<const double> offset = {});
double linear_predictor_at_means(const CoxFit& fit);

}  // namespace radiomics
