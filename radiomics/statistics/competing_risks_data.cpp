#include "radiomics/statistics/competing_risks_data.h"

#include <algorithm>

namespace radiomics {

int CompetingRisksData::events(int of_cause) const {
  return int(std::ranges::count(cause, std::uint8_t(of_cause)));
}

CompetingRisksData subset(const CompetingRisksData& data, std::span<const std::size_t> patients) {
  CompetingRisksData part;
  for (const auto patient : patients) {
    part.time.push_back(data.time[patient]);
    part.cause.push_back(data.cause[patient]);
  }
  return part;
}

CompetingRisksData with_ties_merged(const CompetingRisksData& data) {
  return {with_ties_merged(any_event(data)).time, data.cause};
}

SurvivalData cause_specific(const CompetingRisksData& data, int cause) {
  SurvivalData result{data.time, {}};
  for (const auto code : data.cause) result.event.push_back(code == cause);
  return result;
}

SurvivalData any_event(const CompetingRisksData& data) {
  SurvivalData result{data.time, {}};
  for (const auto code : data.cause) result.event.push_back(code != 0);
  return result;
}

}  // namespace radiomics
