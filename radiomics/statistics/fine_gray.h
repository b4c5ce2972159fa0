#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/competing_risks_data.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

struct FineGrayOptions {
  int cause = 1;  ///< whose incidence is modelled; the other one competes
  int max_iterations = 50;
};

/// A fitted model of the subdistribution hazard. Vectors over terms have one entry per column of
/// the covariates, NaN where it is not estimable; so are those rows and columns of the matrices.
struct FineGrayFit {
  std::vector<double> coefficients;
  std::vector<double> std_errors;  ///< robust
  std::vector<TermStatus> status;
  Matrix vcov;         ///< robust, terms x terms
  Matrix information;  ///< of the weighted partial likelihood, terms x terms
  double log_likelihood_null = undefined;
  double log_likelihood = undefined;
  Test likelihood_ratio{};  ///< of a pseudo-likelihood: roughly chi-squared; df: not aliased terms
  Test wald{};              ///< with the robust variance; NaN where a term is infinite
  std::size_t n = 0;
  int events = 0;
  int competing_events = 0;
  int iterations = 0;
  bool converged = false;

  // The cumulative subdistribution hazard where all covariates are 0.
  std::vector<double> baseline_time;  ///< distinct times of events, ascending
  std::vector<double> baseline_jump;
  double last_time = 0;  ///< the end of follow-up
};

/// Fits how covariates change the incidence of one cause, by the proportional hazards model of Fine
/// and Gray. Patients with the competing event stay at risk with a weight that falls as those under
/// observation are censored: G(t-) / G(T-), where G is the Kaplan-Meier estimate of staying
/// uncensored, with the event codes swapped, so that patients with an event stay at risk of being
/// censored at the same time (crr of R's cmprsk). Ties by Breslow.
///
/// The standard errors are robust and count that G is estimated.
/// No event: coefficients NaN, converged false. Never throws for numbers.
/// `data` with its ties merged; `covariates` one row per patient, no NaN.
/// Cost: a sort, then O(rows x columns^2) per iteration: sums over the risk sets are carried along.
/// \source Fine and Gray 1999, doi:10.1080/01621459.1999.10474144
FineGrayFit fit_fine_gray(const CompetingRisksData& data, const Matrix& covariates,
                          const FineGrayOptions& options = {});

/// The cumulative incidence at a time of a patient with these covariates, one per term; aliased
/// terms count as 0. NaN beyond the end of follow-up, or if a term is infinite.
double predicted_incidence(const FineGrayFit& fit, std::span<const double> covariates, double time);

}  // namespace radiomics
