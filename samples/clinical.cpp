#include "samples/clinical.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "radiomics/core/text.h"
#include "samples/random.h"

namespace radiomics::samples {
namespace {

struct StageRow {
  std::string_view t;
  std::string_view stages[4];  ///< of N0, N1, N2, N3
};

constexpr StageRow stage_table[] = {
    {"T1a", {"IA", "IIA", "IIIA", "IIIB"}},  {"T1b", {"IA", "IIA", "IIIA", "IIIB"}},
    {"T2a", {"IB", "IIA", "IIIA", "IIIB"}},  {"T2b", {"IIA", "IIB", "IIIA", "IIIB"}},
    {"T3", {"IIB", "IIIA", "IIIA", "IIIB"}}, {"T4", {"IIIA", "IIIA", "IIIB", "IIIB"}}};

struct Weibull {
  double shape, scale_months, decay_mm;
};

constexpr Weibull survival{1.6, 29, 28}, recurrence{1.6, 26, 24};

enum Draw : std::uint64_t { death, relapse, last_contact };

/// One midpoint of n equal parts of (0, 1) for every patient.
std::vector<double> quantiles(int count, Draw draw) {
  constexpr std::uint64_t seed = 311;  // see the header
  std::vector<double> result;
  for (const int part : permutation(count, hashed(seed, draw)))
    result.push_back((part + 0.5) / count);
  return result;
}

double time_months(const Weibull& law, double diameter_mm, double quantile) {
  return law.scale_months * std::exp(-(diameter_mm - 50) / law.decay_mm) *
         std::pow(-std::log(quantile), 1 / law.shape);
}

// Libraries may differ in the last digit of a logarithm, not in a tenth of a month.
double rounded(double months) { return std::max(std::floor(months * 10 + 0.5) / 10, 0.1); }

}  // namespace

std::string overall_stage(const Staging& staging) {
  constexpr std::string_view nodes[] = {"N0", "N1", "N2", "N3"};
  const auto row = std::ranges::find(stage_table, staging.t, &StageRow::t);
  const auto node = std::ranges::find(nodes, staging.n);
  if (row == std::end(stage_table) || node == std::end(nodes)) return "";
  if (staging.m == "M1a" || staging.m == "M1b") return "IV";
  return staging.m == "M0" ? std::string(row->stages[node - nodes]) : "";
}

std::string stage_group(const std::string& overall) {
  if (overall == "IIIB" || overall == "IV") return "IIIB-IV";
  return overall == "IIIA" || overall.empty() ? overall : "I-II";
}

std::vector<Outcome> outcomes(const std::vector<Patient>& patients) {
  const int count = int(patients.size());
  const auto deaths = quantiles(count, death), relapses = quantiles(count, relapse),
             contacts = quantiles(count, last_contact);
  std::vector<Outcome> result;
  for (int i = 0; i < count; ++i) {
    const double diameter_mm = 2 * primary_tumour(patients[i]).semi_axes_mm[0];
    const double dies = rounded(time_months(survival, diameter_mm, deaths[i]));
    const double relapses_at = rounded(time_months(recurrence, diameter_mm, relapses[i]));
    const double followed = rounded(24 + 36 * contacts[i]);
    const double end = std::min(dies, followed);
    result.push_back({end, dies <= followed, std::min(relapses_at, end), relapses_at <= end});
  }
  return result;
}

std::string clinical_csv(const std::vector<Patient>& patients) {
  std::string text =
      "case,age,sex,T,N,M,overall_stage,stage_group,limited_disease,"
      "os_months,os_event,lr_months,lr_event\n";
  const std::vector<Outcome> table = outcomes(patients);
  for (std::size_t i = 0; i < patients.size(); ++i) {
    const Patient& patient = patients[i];
    const Staging& staging = patient.staging;
    const std::string overall = overall_stage(staging);
    text +=
        join(std::vector<std::string>{patient.case_name, to_text(patient.identity.age),
                                      patient.identity.sex, staging.t, staging.n, staging.m,
                                      overall, stage_group(overall), staging.limited ? "yes" : "no",
                                      to_text(table[i].os_months), to_text(int(table[i].os_event)),
                                      to_text(table[i].lr_months), to_text(int(table[i].lr_event))},
             ",") +
        "\n";
  }
  return text;
}

}  // namespace radiomics::samples
