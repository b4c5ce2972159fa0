// Features of the grey level co-occurrence matrix (IBSI LFYI).
// Formulas: IBSI reference manual, section 3.6. The matrix is symmetric, so that most features
// follow from its marginal distribution and from those of sums and differences of its levels.
// Grey levels have no unit, hence none has a feature.

#include "radiomics/texture/glcm.h"

#include <algorithm>
#include <cmath>

#include "radiomics/features/families.h"

namespace radiomics {
namespace {

double square(double x) { return x * x; }

double probability(const Glcm& m, const Glcm::Entry& entry) {
  return double(entry.count) / double(m.pair_count);
}

double joint_maximum(const Glcm& m) {
  return probability(m, *std::ranges::max_element(m.entries, {}, &Glcm::Entry::count));
}

double joint_average(const Glcm& m) { return m.level_mean; }

double joint_variance(const Glcm& m) { return variance(m.levels); }

double joint_entropy(const Glcm& m) { return m.joint_entropy; }

double difference_average(const Glcm& m) { return mean(m.differences); }

double difference_variance(const Glcm& m) { return variance(m.differences); }

double difference_entropy(const Glcm& m) { return entropy(m.differences); }

double sum_average(const Glcm& m) { return mean(m.sums); }

double sum_variance(const Glcm& m) { return variance(m.sums); }

double sum_entropy(const Glcm& m) { return entropy(m.sums); }

double angular_second_moment(const Glcm& m) {
  double sum = 0;
  for (const auto& entry : m.entries)
    sum += (entry.i == entry.j ? 1 : 2) * square(probability(m, entry));
  return sum;
}

double contrast(const Glcm& m) { return expectation(m.differences, square); }

// By definition the same as the difference average.
double dissimilarity(const Glcm& m) { return mean(m.differences); }

double inverse_difference(const Glcm& m) {
  return expectation(m.differences, [](double k) { return 1 / (1 + k); });
}

double normalised_inverse_difference(const Glcm& m) {
  return expectation(m.differences, [&](double k) { return 1 / (1 + k / m.level_count); });
}

double inverse_difference_moment(const Glcm& m) {
  return expectation(m.differences, [](double k) { return 1 / (1 + k * k); });
}

double normalised_inverse_difference_moment(const Glcm& m) {
  return expectation(m.differences, [&](double k) { return 1 / (1 + square(k / m.level_count)); });
}

// Equal levels, whose term would be infinite, are left out.
double inverse_variance(const Glcm& m) {
  return expectation(m.differences, [](double k) { return k > 0 ? 1 / (k * k) : 0; });
}

template <int power>
double cluster(const Glcm& m) {
  return expectation(m.sums, [&](double k) { return std::pow(k - 2 * m.level_mean, power); });
}

double cluster_tendency(const Glcm& m) {
  return expectation(m.sums, [&](double k) { return square(k - 2 * m.level_mean); });
}

double cluster_shade(const Glcm& m) { return cluster<3>(m); }

double cluster_prominence(const Glcm& m) { return cluster<4>(m); }

// The variances of the sum and of the difference of two levels are 2 variance (1 +- correlation).
// Of a single level it is undefined: 0 / 0.
double correlation(const Glcm& m) {
  const double sums = cluster_tendency(m), differences = contrast(m);
  return (sums - differences) / (sums + differences);
}

// ij is a quarter of (i + j)^2 - (i - j)^2.
double autocorrelation(const Glcm& m) {
  return (expectation(m.sums, square) - expectation(m.differences, square)) / 4;
}

/// HXY1 and HXY2 are both the entropy of independent levels, which is twice that of one; this is
/// how much the joint entropy is below it. Rounding does not make it negative.
double shared_information(const Glcm& m) {
  return std::max(0.0, 2 * m.level_entropy - m.joint_entropy);
}

// Of a single level it is undefined: 0 / 0.
double information_correlation_1(const Glcm& m) { return -shared_information(m) / m.level_entropy; }

double information_correlation_2(const Glcm& m) {
  return std::sqrt(1 - std::exp(-2 * shared_information(m)));
}

}  // namespace

FeatureFamily glcm_family() {
  return make_texture_family(
      "glcm", "LFYI", "Grey level co-occurrence matrix", AggregationKind::directional,
      &RegionSummary::glcm,
      {
          {{"joint_maximum", "GYBY", "MaximumProbability", "1", "Share of the commonest pair"},
           joint_maximum},
          {{"joint_average", "60VM", "JointAverage", "1", "Mean level of the pairs"},
           joint_average},
          {{"joint_variance", "UR99", "SumSquares", "1", "Variance of the levels of the pairs"},
           joint_variance},
          {{"joint_entropy", "TU9B", "JointEntropy", "1", "Disorder of the pairs, in bits"},
           joint_entropy},
          {{"difference_average", "TF7R", "DifferenceAverage", "1",
            "Mean distance of the levels of a pair"},
           difference_average},
          {{"difference_variance", "D3YU", "DifferenceVariance", "1",
            "Variance of the distance of the levels of a pair"},
           difference_variance},
          {{"difference_entropy", "NTRS", "DifferenceEntropy", "1",
            "Disorder of the distance of the levels of a pair, in bits"},
           difference_entropy},
          {{"sum_average", "ZGXS", "SumAverage", "1", "Mean sum of the levels of a pair"},
           sum_average},
          {{"sum_variance", "OEEB", "SumVariance", "1", "Variance of the sum of the levels"},
           sum_variance},
          {{"sum_entropy", "P6QZ", "SumEntropy", "1", "Disorder of the sum of the levels, in bits"},
           sum_entropy},
          {{"angular_second_moment", "8ZQL", "JointEnergy", "1", "Uniformity of the pairs"},
           angular_second_moment},
          {{"contrast", "ACUI", "Contrast", "1", "Mean squared distance of the levels of a pair"},
           contrast},
          {{"dissimilarity", "8S9J", "Dissimilarity", "1",
            "Mean distance of the levels of a pair; the same as the difference average"},
           dissimilarity},
          {{"inverse_difference", "IB1Z", "Id", "1", "Closeness of the levels of a pair"},
           inverse_difference},
          {{"normalised_inverse_difference", "NDRX", "Idn", "1",
            "Closeness of the levels of a pair, relative to the number of levels"},
           normalised_inverse_difference},
          {{"inverse_difference_moment", "WF0Z", "Idm", "1",
            "Closeness of the levels of a pair, by their squared distance"},
           inverse_difference_moment},
          {{"normalised_inverse_difference_moment", "1QCO", "Idmn", "1",
            "Closeness of the levels of a pair, by their squared distance relative to the number "
            "of levels"},
           normalised_inverse_difference_moment},
          {{"inverse_variance", "E8JP", "InverseVariance", "1",
            "Mean inverse squared distance of unequal levels"},
           inverse_variance},
          {{"correlation", "NI2N", "Correlation", "1",
            "Linear correlation of the levels of a pair"},
           correlation},
          {{"autocorrelation", "QWB0", "Autocorrelation", "1",
            "Mean product of the levels of a pair"},
           autocorrelation},
          {{"cluster_tendency", "DG8W", "ClusterTendency", "1",
            "Mean squared distance of the sum of the levels from its mean"},
           cluster_tendency},
          {{"cluster_shade", "7NFM", "ClusterShade", "1", "Asymmetry of the sum of the levels"},
           cluster_shade},
          {{"cluster_prominence", "AE86", "ClusterProminence", "1",
            "Fourth central moment of the sum of the levels"},
           cluster_prominence},
          {{"information_correlation_1", "R8DG", "Imc1", "1",
            "Information that the levels of a pair share, relative to that of one; negative"},
           information_correlation_1},
          {{"information_correlation_2", "JN9H", "Imc2", "1",
            "Information that the levels of a pair share, scaled to lie between 0 and 1"},
           information_correlation_2},
      });
}

}  // namespace radiomics
