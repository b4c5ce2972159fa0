#include "radiomics/statistics/sample_size.h"

#include <cmath>

#include "radiomics/statistics/inference.h"

namespace radiomics {

double sample_size_for_shrinkage(double parameters, double r2_cox_snell, double shrinkage) {
  if (!(parameters > 0) || !(shrinkage < 1) || !(r2_cox_snell > 0) || !(r2_cox_snell < shrinkage))
    return undefined;
  return parameters / ((shrinkage - 1) * std::log1p(-r2_cox_snell / shrinkage));
}

double largest_cox_snell(double log_likelihood_null, double patients) {
  return patients > 0 ? -std::expm1(2 * log_likelihood_null / patients) : undefined;
}

}  // namespace radiomics
