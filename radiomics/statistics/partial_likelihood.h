#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// The partial likelihood as a function of the linear predictor, for methods that visit it many
/// times on the same patients. Vectors over patients are in the order of order(): by time, deaths
/// before censorings, so that a risk set is a tail of them. Breslow's or Efron's ties.
class PartialLikelihood {
 public:
  PartialLikelihood(const SurvivalData& data, Ties ties);

  const std::vector<std::size_t>& order() const { return order_; }
  std::size_t size() const { return order_.size(); }

  /// The supremum over all linear predictors: -sum d log d (Breslow), -sum log d! (Efron), d the
  /// deaths at a time.
  double saturated() const;

  /// What is known at one linear predictor.
  struct Point {
    double log_likelihood = 0;     ///< -infinity where the linear predictor spreads too far
    std::vector<double> weight;    ///< exp of the linear predictor, up to a factor
    std::vector<double> tail;      ///< sums of the weights from here on; one entry more, 0
    std::vector<double> residual;  ///< martingale residuals: the derivative by the predictor
  };

  /// Cost: O(n).
  Point at(std::span<const double> linear_predictor) const;

  /// A decomposition of the second derivative: -l''(b) = Z'Z for coefficients b of columns X, where
  /// every column of Z depends on that column of X only.
  class Curvature {
   public:
    std::size_t rows() const { return root_.size() + ties_.size() + within_.size(); }
    /// Writes the column of Z that belongs to `column` (one entry per patient). Cost: O(n).
    void transform(std::span<const double> column, std::span<double> result) const;

   private:
    friend class PartialLikelihood;
    struct TiedDeaths {
      std::size_t first = 0, count = 0;
      double between_root = 0;
    };
    std::vector<double> weight_;
    std::vector<double> per_tail_;  ///< 1 / the sum of the weights that come after
    std::vector<double> root_;
    std::vector<TiedDeaths> ties_;       ///< Efron only
    std::vector<double> within_{};       ///< one entry per death of ties_ but the first
    std::vector<double> within_tail_{};  ///< 1 / weights of the later deaths of the same time
  };

  /// The curvature at that point, times `scale`. Cost: O(n).
  Curvature curvature(const Point& point, double scale) const;

 private:
  struct DeathTime {
    std::size_t first = 0;  ///< who is at risk: from here on; those who die come first
    std::size_t deaths = 0;
  };

  /// Sums over the deaths of a time, which leave one after the other under Efron's rule.
  struct Shares {
    double log_risk = 0;  ///< sum of log E
    double others = 0;    ///< sum of 1 / E
    double deaths = 0;    ///< sum of u / E, u the fraction of the deaths still at risk
    double between = 0;   ///< sum of u / E^2
  };
  Shares shares(const DeathTime& time, const std::vector<double>& tail) const;

  std::vector<std::size_t> order_;
  std::vector<DeathTime> times_;
  Ties ties_ = Ties::breslow;
};

}  // namespace radiomics
