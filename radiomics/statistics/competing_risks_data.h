#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// Right-censored follow-up that can end in one of two ways: with the event of interest, or with a
/// competing event after which it can no longer happen (all competing events share one code). Both
/// vectors have one entry per patient; times are finite and not negative.
struct CompetingRisksData {
  std::vector<double> time;
  std::vector<std::uint8_t> cause;  ///< 0 censored, 1 event of interest, 2 competing event

  std::size_t size() const { return time.size(); }
  int events(int of_cause) const;  ///< how many patients have that code
};

/// Those of the patients whose index is listed.
CompetingRisksData subset(const CompetingRisksData& data, std::span<const std::size_t> patients);

/// The same data with times that differ by rounding only made equal, as with_ties_merged() of
/// SurvivalData does.
CompetingRisksData with_ties_merged(const CompetingRisksData& data);

/// The data of a cause-specific analysis: `cause` is the event, the other one censors.
SurvivalData cause_specific(const CompetingRisksData& data, int cause);

/// The time to whichever event comes first.
SurvivalData any_event(const CompetingRisksData& data);

}  // namespace radiomics
