#pragma once

#include <cstdint>
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
  bool influence = true;  ///< false: no standard error, faster (for resampling)
};

/// The probability that of two patients the one with the higher risk has the event first.
struct Concordance {
  Estimate estimate;  ///< standard error by the infinitesimal jackknife
  // Counts of pairs; weighted for uno, but tied_time and tied_both.
  double concordant = 0;
  double discordant = 0;
  double tied_risk = 0;
  double tied_time = 0;             ///< two events at one time, risks differ: not comparable
  double tied_both = 0;             ///< two events at one time, one risk: not comparable
  std::vector<double> influence{};  ///< one entry per patient; empty if not asked for
};

/// Harrell's or Uno's C of `risk` (higher = earlier event). A pair is comparable if the earlier
/// time is an event; an event tied with a censoring is comparable, two tied events are not; tied
/// risk counts one half. NaN without a comparable pair. `strata`: pairs within a stratum only.
/// Cost: O(n log n).
/// \source Harrell 1982, doi:10.1001/jama.1982.03320430047030; Uno 2011, doi:10.1002/sim.4154;
///         standard error: Therneau and Watson, the concordance vignette of R's survival
Concordance concordance(const SurvivalData& data, std::span<const double> risk,
                        const ConcordanceOptions& options = {}, std::span<const int> strata = {});

/// C of `second` minus C of `first` on the same patients, standard error by their joint influence.
Estimate concordance_difference(const Concordance& first, const Concordance& second,
                                double conf_level);

}  // namespace radiomics
