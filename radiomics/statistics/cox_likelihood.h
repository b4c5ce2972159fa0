#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/cox_risk_sets.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// The partial log-likelihood with its gradient and its negative Hessian.
struct CoxDerivatives {
  double log_likelihood = 0;
  std::vector<double> gradient;
  Matrix information;
};

/// Mean and standard deviation of a column, rows taken as often as `counts` says (by row; empty:
/// once). Where they differ by rounding only the deviation is 0.
struct ColumnScale {
  double mean = 0;
  double deviation = 0;
};
ColumnScale column_scale(std::span<const double> column, std::span<const int> counts);

/// The sums of exp(linear predictor) at one time of death.
struct RiskSum {
  double all = 0;     ///< S0: of those at risk
  double dying = 0;   ///< D0: of those who die
  double deaths = 0;  ///< their number

  /// The denominator of the l-th of the deaths: under Efron's rule those who die are at risk in
  /// part only, S0 - l / deaths D0.
  double denominator(double l, Ties ties) const { return all - fraction(l, ties) * dying; }
  double fraction(double l, Ties ties) const { return ties == Ties::efron ? l / deaths : 0.0; }
};

/// One per time of death. `risk`: exp(linear predictor) x count, by position; `count`: by position.
std::vector<RiskSum> risk_sums(const CoxRiskSets& sets, std::span<const double> risk,
                               std::span<const double> count);

/// The step of the cumulative hazard at one time of death.
struct HazardStep {
  double survivors = 0;  ///< for those who live on
  double dying = 0;      ///< for those who die then: less under Efron's rule
};
std::vector<HazardStep> hazard_steps(std::span<const RiskSum> sums, Ties ties);

/// Per position the cumulative hazard to the own time, times `risk`: how many events are expected.
std::vector<double> expected_events(const CoxRiskSets& sets, std::span<const HazardStep> steps,
                                    std::span<const double> risk);

/// Sum over the times of death of `weight` (not negative; empty: 1) x the variance of the
/// covariates among those at risk, per death. `x`: rows x columns, row after row, by position.
Matrix weighted_information(const CoxRiskSets& sets, std::span<const double> x,
                            std::span<const double> risk, std::span<const RiskSum> sums, Ties ties,
                            std::span<const double> weight = {});

/// The partial likelihood of one data set as a function of the coefficients. Rows are held in the
/// order of the risk sets; columns are centred and divided by their standard deviation, so that the
/// coefficients here are those of the model times `scale`.
class CoxLikelihood {
 public:
  /// `sets` outlives this object.
  CoxLikelihood(const CoxRiskSets& sets, const Matrix& covariates, const CoxRowTerms& rows,
                Ties ties);

  std::size_t columns() const { return means_.size(); }
  const std::vector<double>& means() const { return means_; }
  const std::vector<double>& deviations() const { return deviations_; }  ///< constant: 0
  double rows() const { return rows_; }                                  ///< counts summed up
  double events() const { return events_; }                              ///< likewise

  /// Cost: O(rows x columns^2); exact ties: times the number of deaths at one time.
  CoxDerivatives derivatives(std::span<const double> coefficients) const;

 private:
  std::vector<double> centred_predictor(std::span<const double> coefficients) const;
  CoxDerivatives tied_derivatives(std::span<const double> predictor) const;

  const CoxRiskSets& sets_;
  Ties ties_;
  std::vector<double> means_, deviations_;
  std::vector<double> x_;               ///< rows x columns, row after row, by position
  std::vector<double> offset_, count_;  ///< by position
  double rows_ = 0, events_ = 0;
};

}  // namespace radiomics
