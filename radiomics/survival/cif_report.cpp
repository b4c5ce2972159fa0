// The report of the competing risks: how many, with which uncertainty, and what the numbers are
// not. No patient is named.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/survival/cif_output.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

constexpr int few_at_risk = 10;
constexpr double notable_difference = 0.05;  ///< of model and estimate without a model

std::string with_limits(const IncidenceAtHorizon& horizon, std::size_t cause) {
  if (horizon.beyond_follow_up) return "beyond follow-up";
  return radiomics::with_limits(horizon.incidence[cause], 3);
}

std::string gray_phrase(const CifTest& gray, const CifOptions& options) {
  return (options.common.strata.empty() ? "Gray's test " : "stratified Gray's test ") +
         p_phrase(gray.test.p_value);
}

std::string rate_phrase(const IncidenceAtHorizon& horizon, const CifOptions& options) {
  const std::string when = horizon_phrase(horizon.time, options.common.time_unit);
  if (horizon.beyond_follow_up) return "nothing is known at " + when + " (beyond follow-up)";
  const Estimate& one = horizon.incidence[0];
  std::string text = percent(one.estimate, 1) + " at " + when;
  if (std::isnan(one.conf_low)) return text;
  return text + " (" + percent(options.common.conf_level) + " CI " + percent(one.conf_low, 1) +
         " to " + percent(one.conf_high, 1) + ")";
}

/// "LR: 105 patients, 46 with the event, 37 with the competing event first. Its incidence is
/// 27.0 % at 1 year (95 % CI 19.5 % to 37.4 %), ..."
std::string summary_of(const CifResult& result, const CifOptions& options) {
  if (result.error) return result.endpoint + ": refused, see below.";
  std::string text = result.endpoint + ": " + counted(result.n, "patient") + ", " +
                     to_text(result.events[0]) + " with the event, " + to_text(result.events[1]) +
                     " with the competing event first.";
  std::vector<std::string> rates;
  for (const auto& horizon : result.whole.horizons) rates.push_back(rate_phrase(horizon, options));
  if (!rates.empty()) text += " Incidence of the event: " + join(rates, "; ") + ".";
  if (!result.gray.empty())
    text += " By " + options.by + ": " + gray_phrase(result.gray[0], options) + " for the event, " +
            p_phrase(result.gray[1].test.p_value) + " for the competing event.";
  return text;
}

std::vector<const CifGroup*> shown_groups(const CifResult& result) {
  std::vector<const CifGroup*> groups;
  if (result.groups.size() > 1) groups.push_back(&result.whole);
  for (const auto& group : result.groups) groups.push_back(&group);
  return groups;
}

ReportTable horizons_table(const CifResult& result, const CifOptions& options) {
  const std::string limits = " (" + percent(options.common.conf_level) + " limits)";
  ReportTable table = table_of({"Group", cif_time_label(options), "Patients", "At risk",
                                "Event" + limits, "Competing event" + limits, "Free of both"});
  table.caption = result.endpoint + ": cumulative incidence by Aalen and Johansen.";
  bool few = false;
  for (const auto* group : shown_groups(result))
    for (const auto& horizon : group->horizons) {
      const bool mark = horizon.n_risk < few_at_risk;
      few = few || mark;
      table.rows.push_back(
          {group->label, rounded_text(horizon.time, 6), to_text(group->data.size()),
           to_text(horizon.n_risk) + (mark ? " *" : ""), with_limits(horizon, 0),
           with_limits(horizon, 1),
           horizon.beyond_follow_up ? "" : fixed_text(horizon.event_free.estimate, 3)});
    }
  if (few)
    table.footnotes.push_back("* fewer than " + to_text(few_at_risk) +
                              " at risk: the estimate is unstable.");
  return table;
}

ReportTable naive_table(const CifResult& result, const CifOptions& options) {
  ReportTable table = table_of(
      {"Group", cif_time_label(options), "Incidence", "1 - KM if the other event is censored"});
  table.caption = result.endpoint + ": for comparison only, a biased estimate.";
  for (const auto* group : shown_groups(result))
    for (std::size_t h = 0; h < group->horizons.size(); ++h) {
      const auto& horizon = group->horizons[h];
      if (horizon.beyond_follow_up) continue;
      table.rows.push_back({group->label, rounded_text(horizon.time, 6),
                            fixed_text(horizon.incidence[0].estimate, 3),
                            std::isnan(group->naive[h]) ? "" : fixed_text(group->naive[h], 3)});
    }
  table.footnotes.push_back(
      "1 - KM if the other event is censored (biased): it treats a patient with the competing "
      "event as one who may still have the event later, and so exceeds the share of patients who "
      "ever have it. It is not an incidence and stands in no figure.");
  return table;
}

ReportTable gray_table(const CifResult& result, const CifOptions& options) {
  ReportTable table = table_of({"Incidence of", "Chi-square", "df", "p"});
  table.caption = result.endpoint + ": Gray's test by " + options.by + ".";
  for (const auto& gray : result.gray)
    table.rows.push_back({gray.cause == 1 ? "the event" : "the competing event",
                          fixed_text(gray.test.statistic, 2), to_text(gray.test.df),
                          p_cell(gray.test.p_value)});
  if (!options.common.strata.empty())
    table.footnotes.push_back("Stratified by " + join(options.common.strata, ", ") + ".");
  return table;
}

void add_models(ReportTable& table, const std::string& event, const CauseModel& rate,
                const CauseModel* incidence) {
  for (std::size_t j = 0; j < rate.terms.size(); ++j) {
    std::vector<std::string> row{event, rate.terms[j].term.name,
                                 ratio_with_limits(rate.terms[j].ratio),
                                 p_cell(rate.terms[j].p_value, "–")};
    if (incidence) {
      row.push_back(ratio_with_limits(incidence->terms[j].ratio));
      row.push_back(p_cell(incidence->terms[j].p_value, "–"));
    }
    table.rows.push_back(row);
  }
}

ReportTable models_table(const CifResult& result, const CifOptions& options) {
  const CifModels& models = *result.models;
  const std::string limits = " (" + percent(options.common.conf_level) + " limits)";
  ReportTable table = table_of({"Of", "Term", "Cause-specific hazard ratio" + limits, "p",
                                "Subdistribution hazard ratio" + limits, "p"},
                               2);
  table.caption = result.endpoint + ": models of the rate and of the incidence, per unit.";
  add_models(table, "event", models.cause_specific[0], &models.fine_gray);
  add_models(table, "competing event", models.cause_specific[1],
             models.fine_gray_other ? &*models.fine_gray_other : nullptr);
  table.footnotes.push_back(
      "The cause-specific ratio speaks of the rate among those still free of both events: what "
      "drives the event. The subdistribution ratio (Fine and Gray) speaks of the incidence: how "
      "many will have it. They differ where a variable acts on the competing event as well.");
  if (models.n_missing > result.n_missing)
    table.footnotes.push_back(counted(models.n_missing, "patient") +
                              " left out of the models for missing values.");
  return table;
}

/// What a reader of the predictions must know; nothing if the models agree with the data.
void add_check_notes(const CifResult& result, const CifOptions& options, ReportSection& section) {
  for (const auto& check : result.models->checks) {
    const std::string when = horizon_phrase(check.time, options.common.time_unit);
    if (std::abs(check.mean_predicted - check.aalen_johansen) > notable_difference)
      section.blocks.push_back(
          Note{.text = "At " + when + " the Fine-Gray model predicts an incidence of " +
                       fixed_text(check.mean_predicted, 3) + " on average, where " +
                       fixed_text(check.aalen_johansen, 3) +
                       " is observed (Aalen-Johansen): its assumption of proportional "
                       "subdistribution hazards is doubtful.",
               .warning = true});
    if (check.largest_sum > 1)
      section.blocks.push_back(
          Note{.text = "At " + when + " the Fine-Gray incidences of both events sum to " +
                       rounded_text(check.largest_sum, 3) +
                       " in a patient. The two models are fitted apart and need not agree; only "
                       "the Aalen-Johansen estimates cannot exceed 1.",
               .warning = true});
  }
}

ReportSection endpoint_section(const CifResult& result, const CifOptions& options) {
  ReportSection section{.heading = result.endpoint};
  if (result.error) {
    section.blocks = {refusal_note(*result.error)};
    return section;
  }
  section.blocks = {paragraph(counted(result.n, "patient") + ", " +
                              counted(std::size_t(result.events[0]), "event") + ", " +
                              counted(std::size_t(result.events[1]), "competing event") + "; " +
                              to_text(result.n_missing) + " left out for missing values."),
                    paragraph(result.followed_until)};
  const auto figures = cif_figures(result, options);
  section.blocks.insert(section.blocks.end(), figures.begin(), figures.end());
  if (!options.common.horizons.empty()) section.blocks.push_back(horizons_table(result, options));
  if (!result.gray.empty()) section.blocks.push_back(gray_table(result, options));
  if (result.models) {
    section.blocks.push_back(models_table(result, options));
    add_check_notes(result, options, section);
  }
  if (!options.common.horizons.empty()) section.blocks.push_back(naive_table(result, options));
  return section;
}

std::string method_text(const CifOptions& options) {
  const bool delta = options.std_error == IncidenceError::delta;
  std::string text =
      "Cumulative incidence by Aalen and Johansen, events before censorings at the same time; " +
      std::string(delta ? "standard errors by the delta method"
                        : "standard errors by the infinitesimal jackknife") +
      ", " + percent(options.common.conf_level) + " confidence intervals on the " +
      std::string(to_string(options.conf_type())) +
      " scale. Gray's test compares the incidence between groups (rho 0). Nothing is extrapolated "
      "beyond the last time of follow-up. ";
  if (!options.common.strata.empty() && !options.common.covariates.empty())
    text += "Strata apply to Gray's test only, not to the models. ";
  if (!options.common.covariates.empty())
    text +=
        "Cause-specific Cox models with " + std::string(to_string(options.common.ties)) +
        " ties, in which the other event censors. Fine-Gray models weight patients with the other "
        "event by the Kaplan-Meier estimate of censoring, ties by Breslow, robust standard errors "
        "that count that the weights are estimated; their likelihood is a pseudo-likelihood.";
  return text;
}

}  // namespace

Report cif_report(const CifAnalysis& analysis, const CifOptions& options) {
  Report report{.title = "Cumulative incidence with competing risks", .footer = program_footer()};
  for (const auto& result : analysis.results) {
    report.summary.push_back(summary_of(result, options));
    report.sections.push_back(endpoint_section(result, options));
  }
  close_report(report, analysis.warnings(), analysis.cohort, options.common.endpoints,
               method_text(options));
  return report;
}

}  // namespace radiomics
