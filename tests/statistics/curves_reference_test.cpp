// Agreement with R's survival package on real and awkward data: every case of km, logrank,
// reverse_km and the matching edge cases. Tolerance 1e-10 relative, as the data's README sets it.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/cohort/endpoint.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/statistics/log_rank.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"

namespace radiomics {
namespace {

/// The data of a case; only rows that are complete in time, event and the named columns.
struct CaseData {
  SurvivalData survival;
  std::vector<Grouping> columns;  ///< of the complete rows
};

CaseData read_case(const std::filesystem::path& folder, const json& one,
                   const std::vector<std::string>& names) {
  CohortOptions options;
  options.clinical = folder / "data" / one.at("data").get<std::string>();
  const Cohort cohort = read_cohort(options);
  const std::string time = one.at("spec").at("time"), event = one.at("spec").at("event");
  const Outcome outcome =
      read_outcome(cohort, parse_endpoint("E:time=" + time + ",event=" + event));
  CaseData result;
  std::vector<Grouping> groupings;
  for (const auto& name : names) {
    groupings.push_back(group_by(column(cohort, name), {}, cohort.cells));
    result.columns.push_back({groupings.back().labels, {}});
  }
  for (std::size_t i = 0; i < cohort.size(); ++i) {
    bool complete = !std::isnan(outcome.time[i]) && outcome.status[i] != Status::missing;
    for (const auto& grouping : groupings) complete = complete && grouping.group[i] >= 0;
    if (!complete) continue;
    result.survival.time.push_back(outcome.time[i]);
    result.survival.event.push_back(outcome.status[i] == Status::event);
    for (std::size_t c = 0; c < groupings.size(); ++c)
      result.columns[c].group.push_back(groupings[c].group[i]);
  }
  result.survival = with_ties_merged(result.survival);
  return result;
}

SurvivalData members(const CaseData& data, int group) {
  std::vector<std::size_t> patients;
  for (std::size_t i = 0; i < data.survival.size(); ++i)
    if (data.columns[0].group[i] == group) patients.push_back(i);
  return subset(data.survival, patients);
}

void expect_intervals_of_r(const SurvivalData& data, const json& expected, const json& spec,
                           const std::string& what) {
  for (const auto type : {ConfidenceType::plain, ConfidenceType::log, ConfidenceType::log_log})
    for (const int level : {95, 80}) {
      const std::string key = std::string(to_string(type)) + "_" + to_text(level);
      const json& reference = expected.at(key);
      const auto curve = kaplan_meier(data, {.conf_level = level / 100.0, .conf_type = type});
      std::size_t k = 0;
      for (const auto& [name, p] : {std::pair{"p25", 0.25}, {"median", 0.5}, {"p75", 0.75}}) {
        const auto ours = quantile(curve, p);
        expect_equal(ours.estimate, reference.at("quantile_time").at(name), what + key + name);
        expect_equal(ours.conf_low, reference.at("quantile_lower")[k], what + key + name + " low");
        expect_equal(ours.conf_high, reference.at("quantile_upper")[k],
                     what + key + name + " high");
        ++k;
      }
      const json& at = reference.at("at");
      for (std::size_t i = 0; i < at.at("times").size(); ++i) {
        const auto ours = at_horizon(curve, at.at("times")[i]);
        const std::string place = what + key + " at " + to_text(ours.time);
        EXPECT_EQ(ours.n_risk, at.at("n_risk")[i]) << place;
        if (ours.beyond_follow_up) continue;  // R carries the last value on; we do not, on purpose
        expect_equal(ours.estimate, at.at("surv")[i], place);
        expect_equal(ours.std_error, at.at("se_surv")[i], place);
        expect_equal(ours.conf_low, at.at("lower")[i], place);
        expect_equal(ours.conf_high, at.at("upper")[i], place);
      }
    }
  if (expected.contains("rmst")) {
    const auto ours = restricted_mean(kaplan_meier(data), spec.at("rmst_tau"));
    expect_equal(ours.estimate, expected.at("rmst").at("rmst"), what + " rmst");
    expect_equal(ours.std_error, expected.at("rmst").at("se"), what + " rmst se");
  }
}

void expect_curve_of_r(const SurvivalData& data, const json& table, const std::string& what) {
  const auto curve = kaplan_meier(data, {.conf_type = ConfidenceType::log_log});
  expect_all_equal(curve.table.time, table.at("time"), what + " time");
  expect_all_equal(curve.table.n_risk, table.at("n_risk"), what + " n_risk");
  expect_all_equal(curve.table.n_event, table.at("n_event"), what + " n_event");
  expect_all_equal(curve.table.n_censor, table.at("n_censor"), what + " n_censor");
  expect_all_equal(curve.estimate, table.at("surv"), what + " surv");
  expect_all_equal(curve.cumulative_hazard, table.at("cumhaz_nelson_aalen"), what + " cumhaz");
  expect_all_equal(curve.cumulative_hazard_std_error, table.at("se_cumhaz"), what + " se_cumhaz");
  for (std::size_t i = 0; i < curve.estimate.size(); ++i)
    expect_equal(curve.std_error[i] / curve.estimate[i], table.at("se_log_surv")[i], what + " se");
  for (const auto type : {ConfidenceType::plain, ConfidenceType::log, ConfidenceType::log_log}) {
    const auto limits = kaplan_meier(data, {.conf_type = type});
    std::string name(to_string(type));
    std::erase(name, '-');
    expect_all_equal(limits.conf_low, table.at("lower_" + name + "95"), what + name);
    expect_all_equal(limits.conf_high, table.at("upper_" + name + "95"), what + name);
  }
}

void expect_kaplan_meier_of_r(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "km.json", count)) {
    const json& spec = one.at("spec");
    const std::string id = one.at("id").get<std::string>() + " ";
    std::vector<std::string> by;
    if (spec.at("group").is_string()) by.push_back(spec.at("group"));
    const CaseData data = read_case(folder, one, by);
    const std::vector<std::string> labels =
        by.empty() ? std::vector<std::string>{""} : data.columns[0].labels;
    for (std::size_t g = 0; g < labels.size(); ++g) {
      const json& expected = by.empty() ? one.at("expect") : one.at("expect").at(labels[g]);
      const SurvivalData group = by.empty() ? data.survival : members(data, int(g));
      EXPECT_EQ(group.size(), expected.at("n")) << id;
      EXPECT_EQ(group.events(), expected.at("events")) << id;
      expect_intervals_of_r(group, expected, spec, id + labels[g] + " ");
      if (expected.contains("table"))
        expect_curve_of_r(group, expected.at("table"), id + labels[g]);
    }
  }
}

void expect_log_rank_of_r(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "logrank.json", count)) {
    const json& spec = one.at("spec");
    const std::string id = one.at("id");
    std::vector<std::string> names{spec.at("group")};
    if (spec.at("strata").is_string()) names.push_back(spec.at("strata"));
    const CaseData data = read_case(folder, one, names);
    const auto& labels = data.columns[0].labels;
    for (const double rho : {0.0, 1.0}) {
      const auto test =
          log_rank(data.survival, data.columns[0].group, int(labels.size()),
                   names.size() > 1 ? data.columns[1].group : std::vector<int>{}, rho);
      const json& expected = one.at("expect").at(rho == 0 ? "rho0" : "rho1");
      expect_equal(test.statistic, expected.at("chisq"), id + " chisq");
      expect_equal(test.p_value, expected.at("p"), id + " p");
      EXPECT_EQ(test.df, expected.at("df")) << id;
      for (std::size_t theirs = 0; theirs < labels.size(); ++theirs) {  // R keeps factor order
        const auto label = expected.at("groups")[theirs].get<std::string>();
        const auto g = std::size_t(std::ranges::find(labels, label) - labels.begin());
        ASSERT_LT(g, labels.size()) << id << label;
        EXPECT_EQ(test.n[g], expected.at("n")[theirs]) << id;
        expect_equal(test.observed[g], expected.at("observed")[theirs], id + " observed");
        expect_equal(test.expected[g], expected.at("expected")[theirs], id + " expected");
        expect_equal(test.variance[g * labels.size() + g], expected.at("var")[theirs][theirs],
                     id + " variance");
      }
    }
  }
}

void expect_reverse_kaplan_meier_of_r(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "reverse_km.json", count)) {
    const std::string id = one.at("id");
    const SurvivalData data = read_case(folder, one, {}).survival;
    const json& expected = one.at("expect");
    for (const auto type : {ConfidenceType::plain, ConfidenceType::log, ConfidenceType::log_log}) {
      const auto median =
          quantile(reverse_kaplan_meier(data, ReverseTies::deaths_stay, {.conf_type = type}), 0.5);
      const json& reference = expected.at("survfit_flipped_" + std::string(to_string(type)));
      expect_equal(median.estimate, reference.at("median"), id);
      expect_equal(median.conf_low, reference.at("lower"), id);
      expect_equal(median.conf_high, reference.at("upper"), id);
    }
    const auto first = reverse_kaplan_meier(data, ReverseTies::deaths_first);
    expect_all_equal(first.table.time, expected.at("prodlim_reverse_table").at("time"), id);
    expect_all_equal(first.estimate, expected.at("prodlim_reverse_table").at("surv"), id);
    expect_equal(quantile(first, 0.5).estimate, expected.at("prodlim_reverse_median"), id);
  }
}

TEST(SurvivalReference, KaplanMeierIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_kaplan_meier_of_r(path, 9);
  expect_kaplan_meier_of_r(path / "demo_study", 1);
}

TEST(SurvivalReference, LogRankIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_log_rank_of_r(path, 9);
  expect_log_rank_of_r(path / "demo_study", 1);
}

TEST(SurvivalReference, ReverseKaplanMeierIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_reverse_kaplan_meier_of_r(path, 5);
  expect_reverse_kaplan_meier_of_r(path / "demo_study", 1);
}

json edge_case(const std::filesystem::path& folder, const std::string& id) {
  for (const auto& one : cases_of(folder / "edge_other.json", 11))
    if (one.at("id") == id) return one.at("expect").at("value");
  return {};
}

TEST(SurvivalReference, EdgeCasesAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  const json spec{{"spec", {{"time", "time"}, {"event", "event"}}}};
  json one = spec;
  one["data"] = "roundoff_ties.csv";
  const json roundoff = edge_case(path, "edge_roundoff_km");
  const auto curve = kaplan_meier(read_case(path, one, {}).survival);
  expect_all_equal(curve.table.time, roundoff.at("time"), "time");
  expect_all_equal(curve.table.n_event, roundoff.at("n_event"), "n_event");
  expect_all_equal(curve.estimate, roundoff.at("surv"), "surv");

  one["data"] = "ties_groupC_censored.csv";
  const CaseData data = read_case(path, one, {"g"});
  const json censored = edge_case(path, "edge_group_all_censored_logrank");
  const auto test = log_rank(data.survival, data.columns[0].group, 3);
  expect_equal(test.statistic, censored.at("chisq"), "chisq");
  EXPECT_EQ(test.df, censored.at("df"));
  expect_all_equal(test.observed, censored.at("obs"), "observed");
  expect_all_equal(test.expected, censored.at("exp"), "expected");
  const auto flat = kaplan_meier(members(data, 2));
  EXPECT_EQ(at_horizon(flat, 3).estimate, 1);
  EXPECT_TRUE(std::isnan(at_horizon(flat, 3).conf_low));
  EXPECT_EQ(at_horizon(flat, 3).std_error, 0);

  one["data"] = "no_events.csv";
  const CaseData none = read_case(path, one, {"g"});
  expect_equal(log_rank(none.survival, none.columns[0].group, 3).statistic,
               edge_case(path, "edge_no_events_logrank"), "no events");
}

}  // namespace
}  // namespace radiomics
