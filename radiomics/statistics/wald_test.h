#pragma once

#include <cstddef>
#include <span>

#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// Whether some coefficients are all 0, given their covariance matrix. Terms that are not
/// estimable (NaN) are left out; df is the rank of what remains.
/// \source Wald 1943, doi:10.1090/S0002-9947-1943-0012401-3
Test wald_test(std::span<const double> coefficients, const Matrix& vcov,
               std::span<const std::size_t> terms);

}  // namespace radiomics
