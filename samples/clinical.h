#pragma once

#include <string>
#include <vector>

#include "samples/patients.h"

namespace radiomics::samples {

/// Stage group of the TNM classification of lung tumours, 7th edition ("IA" ... "IV"); "" for a
/// combination that it does not have.
/// \source Goldstraw et al. 2007, doi:10.1097/JTO.0b013e31812f3c1a, table 5
std::string overall_stage(const Staging& staging);

/// The stages in three groups of about a size: "I-II", "IIIA", "IIIB-IV".
std::string stage_group(const std::string& overall_stage);

/// What happened to a patient. Times are in months from the planning CT, rounded to 0.1.
struct Outcome {
  double os_months = 0;   ///< to death or last contact
  bool os_event = false;  ///< died
  double lr_months = 0;   ///< to local recurrence, death or last contact, whichever is first
  bool lr_event = false;  ///< local recurrence
};

/// Outcomes drawn from the diameters d (mm) of the primary tumours, and from nothing else:
///   survival    Weibull, shape 1.6, scale 29 months * exp(-(d - 50) / 28)
///   recurrence  Weibull, shape 1.6, scale 26 months * exp(-(d - 50) / 24)
///   last contact, where death has not come first: uniform on 24 ... 60 months
/// The three random quantiles of a patient are the midpoints of n equal parts of (0, 1), each part
/// used once, in three shuffled orders: a small cohort then follows the law that it was drawn from.
/// Stage, age, sex and the tumour's shape have no influence. Among 24 patients they may seem to by
/// chance: the seed is one of the few with which a Cox model of survival finds none of them
/// (README.md has the figures).
std::vector<Outcome> outcomes(const std::vector<Patient>& patients);

/// The clinical table as CSV, one row per patient:
/// case,age,sex,T,N,M,overall_stage,stage_group,limited_disease,os_months,os_event,lr_months,lr_event
std::string clinical_csv(const std::vector<Patient>& patients);

}  // namespace radiomics::samples
