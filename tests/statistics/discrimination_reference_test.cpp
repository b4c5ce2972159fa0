// Agreement with R on how well risks separate: every case of cindex, score and delta_c_bootstrap,
// and the concordance without events. Tolerances as the data's README sets them: estimates and
// counts 1e-10 relative, standard errors of Uno's C, AUC and Brier score 1e-6.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/auc.h"
#include "radiomics/statistics/bootstrap_validation.h"
#include "radiomics/statistics/brier.h"
#include "radiomics/statistics/concordance.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"
#include "tests/support/r_resamples.h"

namespace radiomics {
namespace {

constexpr double error_tolerance = 1e-6;

struct CaseData {
  ReferenceTable table;
  std::vector<std::size_t> rows;
  SurvivalData survival;

  std::vector<double> numbers(const std::string& name) const {
    const auto all = table.numbers(name);
    std::vector<double> part;
    for (const auto row : rows) part.push_back(all[row]);
    return part;
  }
};

CaseData read_case(const std::filesystem::path& folder, const std::string& file, const json& spec) {
  ReferenceTable table(folder / "data" / file);
  const auto rows = table.complete_rows({spec.at("time"), spec.at("event")});
  const SurvivalData survival = table.survival(spec.at("time"), spec.at("event"), rows);
  return {std::move(table), rows, survival};
}

void expect_harrell(const Concordance& ours, const json& reference, const std::string& what) {
  expect_equal(ours.estimate.estimate, reference.at("C"), what + " C");
  expect_equal(ours.estimate.std_error, reference.at("se"), what + " se");
  expect_equal(ours.concordant, reference.at("concordant"), what + " concordant");
  expect_equal(ours.discordant, reference.at("discordant"), what + " discordant");
  expect_equal(ours.tied_risk, reference.at("tied_x"), what + " tied_x");
  expect_equal(ours.tied_time, reference.at("tied_y"), what + " tied_y");
  expect_equal(ours.tied_both, reference.at("tied_xy"), what + " tied_xy");
}

void expect_uno(const Concordance& ours, const json& reference, const json& direct,
                const std::string& what) {
  expect_equal(ours.estimate.estimate, reference.at("C"), what + " C");
  expect_equal(ours.estimate.std_error, reference.at("se"), what + " se", error_tolerance);
  expect_equal(ours.estimate.estimate, direct, what + " C of all pairs");
}

// Left out of `expect`: uno_strict_gt_* is another convention, which does not compare an event with
// a censoring of its time; Hmisc_rcorr_cens has another standard error (its C is Harrell's).
TEST(DiscriminationReference, ConcordanceIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "cindex.json", 6)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const std::string id = one.at("id");
    const CaseData data = read_case(path, one.at("data"), spec);
    // A patient without the risk is not in the analysis.
    std::vector<std::size_t> known;
    const auto all = data.numbers(spec.at("risk"));
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!std::isnan(all[i])) known.push_back(i);
    const SurvivalData survival = subset(data.survival, known);
    std::vector<double> risk;
    for (const auto i : known) risk.push_back(all[i]);

    const double tau = spec.at("tau");
    const auto uno = PairWeights::uno;
    const auto harrell = concordance(survival, risk);
    expect_harrell(harrell, expected.at("harrell"), id);
    expect_harrell(concordance(survival, risk, {.tau = tau}), expected.at("harrell_ymax_tau"),
                   id + " tau");
    expect_uno(concordance(survival, risk, {.weights = uno}), expected.at("uno_survival_nG2"),
               expected.at("uno_direct_notau"), id + " uno");
    expect_uno(concordance(survival, risk, {.weights = uno, .tau = tau}),
               expected.at("uno_survival_nG2_ymax_tau"), expected.at("uno_direct_tau"),
               id + " uno tau");
    const json& hmisc = expected.at("Hmisc_rcorr_cens");
    expect_equal(harrell.estimate.estimate, hmisc.at("C"), id + " Hmisc");
    expect_equal(2 * (harrell.concordant + harrell.discordant + harrell.tied_risk),
                 hmisc.at("relevant_pairs"), id + " Hmisc pairs");
  }
}

TEST(DiscriminationReference, ConcordanceWithoutEventsIsUndefinedAsInR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  const json one = case_of(path / "edge_other.json", "edge_no_events_concordance");
  const CaseData data = read_case(path, one.at("data"), {{"time", "time"}, {"event", "event"}});
  expect_equal(concordance(data.survival, data.numbers("x")).estimate.estimate,
               one.at("expect").at("value"), "no events");
}

void expect_estimate(const Estimate& ours, const json& table, const std::string& value,
                     std::size_t row, const std::string& what) {
  expect_equal(ours.estimate, table.at(value)[row], what);
  expect_equal(ours.std_error, table.at("se")[row], what + " se", error_tolerance);
  expect_equal(ours.conf_low, table.at("lower")[row], what + " low", error_tolerance);
  expect_equal(ours.conf_high, table.at("upper")[row], what + " high", error_tolerance);
}

/// R gives a p-value with a difference.
void expect_difference(const Estimate& ours, const json& table, const std::string& value,
                       std::size_t row, const std::string& what) {
  expect_estimate(ours, table, value, row, what);
  // The standard error's tolerance, times what z and z^2 make of it in the tail.
  expect_equal(normal_p(ours.estimate / ours.std_error), table.at("p")[row], what + " p", 1e-5);
}

// timeROC differs where a follow-up time equals the horizon, and is left out there. Its standard
// errors agree where no event is tied with a censoring, and within 1e-4 where 13 times are (lung).
void expect_scores(const CaseData& data, const json& expected,
                   const std::vector<std::string>& models, const std::string& suffix,
                   const std::string& id) {
  const double horizon = expected.at("time");
  std::vector<TimeDependentAuc> aucs;
  std::vector<BrierScore> scores;
  for (std::size_t m = 0; m < models.size(); ++m) {
    const auto risk = data.numbers("risk_" + models[m] + suffix);
    const std::string what = id + " " + models[m] + suffix;
    aucs.push_back(auc_at(data.survival, risk, horizon));
    scores.push_back(brier_score(data.survival, risk, horizon));
    ASSERT_EQ(expected.at("AUC").at("model")[m], models[m]);
    ASSERT_EQ(expected.at("Brier").at("model")[m + 1], models[m]);
    expect_estimate(aucs[m].auc.estimate, expected.at("AUC"), "AUC", m, what + " AUC");
    expect_estimate(scores[m].brier.estimate, expected.at("Brier"), "Brier", m + 1,
                    what + " Brier");
    expect_equal(scores[m].ipa, expected.at("Brier").at("IPA")[m + 1], what + " IPA");
    const json& own = expected.at("own_formula").at(models[m]);
    expect_equal(aucs[m].auc.estimate.estimate, own.at("auc"), what + " own AUC");
    expect_equal(scores[m].brier.estimate.estimate, own.at("brier"), what + " own Brier");
    if (std::ranges::find(data.survival.time, horizon) != data.survival.time.end()) continue;
    const json& time_roc = expected.at("timeROC").at(models[m]);
    expect_equal(aucs[m].auc.estimate.estimate, time_roc.at("AUC"), what + " timeROC");
    expect_equal(aucs[m].auc.estimate.std_error, time_roc.at("se"), what + " timeROC se", 1e-4);
  }
  expect_estimate(scores[0].null_brier.estimate, expected.at("Brier"), "Brier", 0, id + " null");
  expect_difference(difference(aucs[0].auc, aucs[1].auc, 0.95), expected.at("AUC_contrasts"),
                    "delta.AUC", 0, id + " delta AUC" + suffix);
  const json& contrasts = expected.at("Brier_contrasts");
  for (std::size_t row = 0; row < contrasts.at("model").size(); ++row) {
    const auto score_of = [&](const json& name) -> const InfluenceEstimate& {
      if (name == "Null model") return scores[0].null_brier;
      return scores[name == models[0] ? 0 : 1].brier;
    };
    expect_difference(difference(score_of(contrasts.at("reference")[row]),
                                 score_of(contrasts.at("model")[row]), 0.95),
                      contrasts, "delta.Brier", row, id + " delta Brier" + suffix);
  }
}

TEST(DiscriminationReference, AucAndBrierScoreAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "score.json", 2)) {
    const CaseData data = read_case(path, one.at("data"), one.at("spec"));
    for (const std::string number : {"1", "2"})
      expect_scores(data, one.at("expect").at("t" + number), strings(one.at("spec").at("models")),
                    "_" + number, one.at("id"));
  }
}

TEST(DiscriminationReference, BootstrapOfADifferenceIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "delta_c_bootstrap.json", 1)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const std::string id = one.at("id");
    const CaseData data = read_case(path, one.at("data")[0], spec);
    const auto first = data.numbers(spec.at("risk0")), second = data.numbers(spec.at("risk1"));
    const auto resamples = read_resamples(path / "data" / one.at("data")[1]);
    ASSERT_EQ(resamples.size(), spec.at("B"));
    const auto ours = bootstrap_concordance_difference(data.survival, first, second, resamples);
    expect_equal(concordance(data.survival, first).estimate.estimate, expected.at("C0"), id + "C0");
    expect_equal(concordance(data.survival, second).estimate.estimate, expected.at("C1"),
                 id + "C1");
    expect_equal(ours.estimate, expected.at("delta"), id + " delta");
    expect_all_equal(ours.resamples, expected.at("per_boot_delta"), id + " per resample");
    expect_equal(ours.std_error, expected.at("boot_se"), id + " se");
    const auto narrow = percentile_interval(ours.resamples, 0.80);
    expect_all_equal(std::vector{ours.percentiles.low, ours.percentiles.high},
                     expected.at("percentile_ci95"), id + " 95 %");
    expect_all_equal(std::vector{narrow.low, narrow.high}, expected.at("percentile_ci80"),
                     id + " 80 %");
  }
}

}  // namespace
}  // namespace radiomics
