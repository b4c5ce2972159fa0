#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/cox_likelihood.h"

namespace radiomics {

/// The data of a Cox model in the order of its risk sets, and its sums at given coefficients: what
/// baseline hazard, residuals and tests of a fit are made of. Only estimable terms take part.
/// Exact ties are treated as Breslow's.
struct CoxState {
  CoxRiskSets sets;
  Ties ties = Ties::efron;
  std::vector<std::size_t> terms;            ///< the columns of the model that are not aliased
  std::vector<double> coefficients, centre;  ///< of these terms; centre: their means
  std::vector<double> x;                     ///< rows x terms, row after row, by position, centred
  std::vector<double> risk;                  ///< exp(linear predictor at centred x), by position
  std::vector<RiskSum> sums;                 ///< per time of death
  std::vector<HazardStep> steps;             ///< likewise
  double predictor_at_centre = 0;            ///< what x = 0 here means on the model's scale
};

/// False if a coefficient is infinite: the state is of no use then.
bool is_finite(const CoxFit& fit);

/// `data` is what `fit` was fitted to.
CoxState cox_state(const CoxFit& fit, const CoxData& data);

/// Means of the centred covariates over those at risk, one row per time of death, one column per
/// term; over the deaths of one time (Efron) as the sum over l of mean x weight, the weight being
struct RiskMeans {
  Matrix average;    ///< 1 / deaths
  Matrix survivors;  ///< 1 / denominator
  Matrix dying;      ///< (1 - fraction) / denominator
};
RiskMeans risk_means(const CoxState& state);

/// The covariances of the terms of the state.
Matrix covariances(const CoxState& state, const Matrix& vcov);

}  // namespace radiomics
