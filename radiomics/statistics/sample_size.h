#pragma once

namespace radiomics {

/// How many patients a model of so many parameters needs for its predictors to shrink by no more
/// than 1 - `shrinkage` in new patients: p / ((S - 1) log(1 - R2 / S)). `r2_cox_snell` is what the
/// model is expected to explain, at most largest_cox_snell(). NaN without parameters or unless
/// 0 < R2 < S < 1.
/// \source Riley et al. 2020, doi:10.1136/bmj.m441 (criterion of small overfitting); Riley et al.
///         2019, doi:10.1002/sim.7992
double sample_size_for_shrinkage(double parameters, double r2_cox_snell, double shrinkage = 0.9);

/// The largest R2 of Cox and Snell that a model can reach: 1 - exp(2 log-likelihood of none / n).
double largest_cox_snell(double log_likelihood_null, double patients);

}  // namespace radiomics
