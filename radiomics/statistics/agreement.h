#pragma once

#include <span>
#include <string_view>

#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/matrix.h"

namespace radiomics {

/// Which intraclass correlation of single measurements, in the notation of McGraw and Wong.
enum class IccType {
  one_way,      ///< ICC(1,1): each subject measured by other raters
  agreement,    ///< ICC(A,1): the same raters, whose differences count as error; R: ICC2
  consistency,  ///< ICC(C,1): the same raters, whose differences are forgiven; R: ICC3
};

std::string_view to_string(IccType type);  ///< "ICC(1,1)", "ICC(A,1)", "ICC(C,1)"

/// An intraclass correlation with the F test of no difference between subjects. NaN where
/// undefined.
struct IntraclassCorrelation {
  IccType type = IccType::agreement;
  double estimate = undefined;
  double conf_low = undefined;
  double conf_high = undefined;
  double statistic = undefined;
  double df1 = 0;
  double df2 = 0;
  double p_value = undefined;
};

/// How much of the variance of `ratings` (subjects x raters or sessions, no NaN) is between
/// subjects. May be negative. All undefined with fewer than two subjects or raters, or if all
/// ratings are equal; the limits of ICC(A,1) rest on Satterthwaite's approximation.
/// \source Shrout and Fleiss 1979, doi:10.1037/0033-2909.86.2.420; McGraw and Wong 1996,
///         doi:10.1037/1082-989X.1.1.30
IntraclassCorrelation intraclass_correlation(const Matrix& ratings, IccType type,
                                             double conf_level = 0.95);

/// Lin's concordance correlation of two raters, with moments divided by n: 1 if all pairs lie on
/// the line of identity. NaN if both raters give one and the same constant, or without patients.
/// \source Lin 1989, doi:10.2307/2532051, with the divisor of Lin 2000,
/// doi:10.1111/j.0006-341X.2000.00324.x
double concordance_correlation(std::span<const double> x, std::span<const double> y);

/// The root mean square over subjects of standard deviation / mean; 0.1 is 10 %. NaN if the mean of
/// a subject is 0, or with fewer than two subjects or raters.
/// \source Raunig et al. 2015, doi:10.1177/0962280214537344
double within_subject_cv(const Matrix& ratings);

}  // namespace radiomics
