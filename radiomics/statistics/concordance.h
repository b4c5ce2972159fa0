#pragma once

#include <optional>
#include <span>
#include <vector>

#include "radiomics/statistics/inference.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// How a comparable pair counts.
enum class PairWeights {
  harrell,  ///< all alike
  uno,      ///< 1 / G(t-)^2 at the time t of the event; G: Kaplan-Meier of censoring, deaths first
};

struct ConcordanceOptions {
  PairWeights weights = PairWeights::harrell;
  std::optional<double> tau{};  ///< events later than this do not count
  double conf_level = 0.95;
  bool influence = true;  ///< false: no standard error, faster
};

/// The probability that of two patients the one with the higher risk has the event first.
struct Concordance {
  Estimate estimate;  ///< standard error by the infinitesimal jackknife
  // Pairs, with the weight of their event: 1 for harrell.
  double concordant = 0;
  double discordant = 0;
  double tied_risk = 0;
  double tied_time = 0;  ///< two events at one time, risks differ: not comparable
  double tied_both = 0;  ///< two events at one time, one risk: not comparable
  /// What C changes by, to first order, per unit of a patient's weight; they sum to 0. One entry
  /// per patient; empty if not asked for.
  std::vector<double> influence{};
};

/// Harrell's or Uno's C of `risk` (higher = earlier event; no NaN). A pair is comparable if the
/// earlier time is an event; an event tied with a censoring is comparable, two tied events are not;
/// tied risk counts one half. NaN without a comparable pair. `strata`, numbered from 0: pairs, and
/// G, within a stratum only.
///
/// With a(i) the weight of the comparable pairs of patient i, c(i) that of the concordant ones
/// (ties one half) and N the weight of all, the influence is (c(i) - C a(i)) / N and the standard
/// error the root of its sum of squares; G counts as known. R: concordance(), `timewt` "n" or
/// "n/G2", `ymax` for tau. Cost: O(n log n).
/// \source Harrell 1982, doi:10.1001/jama.1982.03320430047030; Uno 2011, doi:10.1002/sim.4154;
///         standard error: Therneau and Watson, the concordance vignette of R's survival
Concordance concordance(const SurvivalData& data, std::span<const double> risk,
                        const ConcordanceOptions& options = {}, std::span<const int> strata = {});

/// C of `second` minus C of `first` on the same patients, both with their influence; standard error
/// by the joint influence. Between two nested models fitted to these patients it is unreliable
/// where the larger adds nothing: the likelihood ratio test decides there.
/// \source Demler, Pencina, D'Agostino 2012, doi:10.1002/sim.5328
Estimate concordance_difference(const Concordance& first, const Concordance& second,
                                double conf_level);

/// The root of the sum of squares of the influence; with `clusters`, numbered from 0, of its sums
/// per cluster (several rows of one patient or centre).
double influence_std_error(std::span<const double> influence, std::span<const int> clusters = {});

}  // namespace radiomics
