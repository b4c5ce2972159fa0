#pragma once

#include <gtest/gtest.h>

#include "radiomics/core/ibsi_rule.h"

namespace radiomics {

/// The only comparison with published IBSI values.
inline void expect_ibsi(double value, double published, double tolerance) {
  EXPECT_PRED3(agrees_with_ibsi, value, published, tolerance);
}

}  // namespace radiomics
