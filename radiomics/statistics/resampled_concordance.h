#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/statistics/rank_counts.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// Harrell's C of many samples drawn from the same patients: times are sorted once, a sample says
/// how often it holds each patient. Copies of a patient with the event are tied in time, so not
/// comparable with each other; C is that of concordance() on the rows written out.
/// May be used by several threads at once.
class ResampledConcordance {
 public:
  /// `strata`, numbered from 0: pairs within a stratum only.
  explicit ResampledConcordance(const SurvivalData& data, std::span<const int> strata = {});

  /// `risk` ranks the risks of all patients; `counts` one entry per patient. NaN without a
  /// comparable pair. Cost: O(n log n), without a sort.
  double operator()(const DenseRanks& risk, std::span<const int> counts) const;

 private:
  struct TimeGroup {
    std::uint32_t begin, events_end, end;  ///< in order_
    bool last_of_stratum;
  };
  std::vector<std::uint32_t> order_;  ///< patients by stratum and time, events first
  std::vector<TimeGroup> groups_;
};

/// How often each of `patients` patients is drawn.
std::vector<int> counts_of(std::span<const std::size_t> sample, std::size_t patients);

}  // namespace radiomics
