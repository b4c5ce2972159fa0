#pragma once

#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"

namespace radiomics {

/// What remains valid when the rows of one cluster (a patient, an institution) are not independent.
/// NaN for terms that are not estimable; all NaN where a coefficient is infinite.
struct CoxRobust {
  Matrix vcov;  ///< sum over clusters of the outer product of their summed dfbeta
  std::vector<double> std_errors;
  Test wald;
  Test score;
};

/// `cluster`: numbered from 0, one per row; empty: every row is one.
/// \source Lin and Wei 1989, doi:10.1080/01621459.1989.10478874
CoxRobust cox_robust(const CoxFit& fit, const CoxData& data, std::span<const int> cluster = {});

}  // namespace radiomics
