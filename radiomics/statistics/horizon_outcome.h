#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "radiomics/statistics/competing_risks_data.h"
#include "radiomics/statistics/survival_data.h"

namespace radiomics {

/// Who had the event by a horizon: follow-up made an outcome of yes or no.
struct HorizonOutcome {
  double horizon = 0;
  int excluded = 0;  ///< censored before the horizon: nobody knows

  // One entry per patient whose outcome is known.
  std::vector<std::size_t> patients;  ///< their numbers, ascending
  std::vector<std::uint8_t> event;    ///< 1 had the event by then, 0 not
  /// The alternative to leaving the excluded ones out without a trace: the inverse of the
  /// probability of still being uncensored just before the outcome was known. They sum to the
  /// number of all patients.
  std::vector<double> weights;
};

/// An event at exactly the horizon is an event; a patient censored exactly there is event-free, one
/// censored before it is excluded. Times within tie_tolerance() of the horizon are at it.
/// `data` with its ties merged. Cost: one sort.
/// \source weights: Robins and Rotnitzky 1992; Graf et al. 1999,
///         doi:10.1002/(SICI)1097-0258(19990915/30)18:17/18<2529::AID-SIM274>3.0.CO;2-5
HorizonOutcome horizon_outcome(const SurvivalData& data, double horizon);

/// The outcome is the event of that cause (1 or 2). A patient in whom the other one came first is
/// event-free: the event of the cause cannot have happened by the horizon, which is what the
/// cumulative incidence counts.
HorizonOutcome horizon_outcome(const CompetingRisksData& data, double horizon, int cause = 1);

}  // namespace radiomics
