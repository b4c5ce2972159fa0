#include "radiomics/statistics/kaplan_meier.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

/// Times with a sign: -6 is censored at 6, as "6+" in print.
SurvivalData from_print(const std::vector<double>& times) {
  SurvivalData data;
  for (const double time : times) {
    data.time.push_back(std::abs(time));
    data.event.push_back(time > 0);
  }
  return data;
}

// Weeks of remission on 6-mercaptopurine: Freireich et al. 1963; the worked example of Kalbfleisch
// and Prentice, Klein and Moeschberger, and of Collett.
const SurvivalData mercaptopurine = from_print(
    {6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35});

// Weeks to relapse of acute myelogenous leukaemia with and without maintenance: Miller 1981,
// Survival Analysis, p. 49.
const SurvivalData maintained = from_print({9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161});
const SurvivalData not_maintained = from_print({5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45});

constexpr double printed_4 = 5e-5;  // half a unit of the last digit of values printed with four

// Klein and Moeschberger 2003, Survival Analysis, 2nd ed., table 4.1A.
TEST(KaplanMeier, RemissionsOn6MpAsPublished) {
  const auto curve = kaplan_meier(mercaptopurine);
  const std::vector<double> time{6, 7, 10, 13, 16, 22, 23};
  const std::vector<int> n_risk{21, 17, 15, 12, 11, 7, 6}, deaths{3, 1, 1, 1, 1, 1, 1};
  const std::vector<double> s{0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482};
  const std::vector<double> greenwood{0.0058, 0.0076, 0.0093, 0.0114, 0.0130, 0.0164, 0.0181};
  std::size_t k = 0;
  for (std::size_t i = 0; i < curve.table.time.size(); ++i) {
    if (curve.table.n_event[i] == 0) continue;
    ASSERT_LT(k, time.size());
    EXPECT_EQ(curve.table.time[i], time[k]);
    EXPECT_EQ(curve.table.n_risk[i], n_risk[k]);
    EXPECT_EQ(curve.table.n_event[i], deaths[k]);
    EXPECT_NEAR(curve.estimate[i], s[k], printed_4);
    EXPECT_NEAR(std::pow(curve.std_error[i], 2), greenwood[k], printed_4);
    ++k;
  }
  EXPECT_EQ(k, time.size());
  EXPECT_EQ(quantile(curve, 0.5).estimate, 23);
}

// Miller 1981: the estimates of the maintained group by hand: 10/11, 9/10, 7/8, 6/7, 4/5, 3/4, 1/2.
TEST(KaplanMeier, MaintainedRemissionsByHand) {
  const auto curve = kaplan_meier(maintained);
  double s = 1;
  // Time 13 has a death and a censoring: one entry with the factor 9/10.
  std::vector<double> expected;
  for (const double factor :
       {10 / 11., 9 / 10., 7 / 8., 6 / 7., 1., 4 / 5., 3 / 4., 1., 1 / 2., 1.})
    expected.push_back(s *= factor);
  ASSERT_EQ(curve.estimate.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(curve.estimate[i], expected[i], 1e-14);  // a few roundings
  EXPECT_EQ(quantile(curve, 0.5).estimate, 31);
  EXPECT_EQ(quantile(kaplan_meier(not_maintained), 0.5).estimate, 23);
}

TEST(KaplanMeier, WithoutCensoringIsTheEmpiricalFraction) {
  const auto curve = kaplan_meier(from_print({1, 2, 3, 4, 5}));
  for (std::size_t i = 0; i < 5; ++i) {
    const double s = 1 - (double(i) + 1) / 5;
    EXPECT_NEAR(curve.estimate[i], s, 1e-15);
    if (i == 4) break;  // there it is undefined
    EXPECT_NEAR(curve.std_error[i], std::sqrt(s * (1 - s) / 5), 1e-15) << "binomial";
  }
  EXPECT_NEAR(restricted_mean(curve, 5).estimate, 3, 1e-14);  // the mean of the times
  EXPECT_NEAR(curve.cumulative_hazard.back(), 1 / 5. + 1 / 4. + 1 / 3. + 1 / 2. + 1, 1e-14);
}

TEST(KaplanMeier, DeathsComeBeforeCensorings) {
  const auto curve = kaplan_meier(from_print({2, -2, 3}));
  EXPECT_EQ(curve.table.n_risk, (std::vector<int>{3, 1}));
  EXPECT_NEAR(curve.estimate[0], 2 / 3., 1e-15);
}

TEST(KaplanMeier, LimitsAreUndefinedWhereTheScaleIs) {
  for (const auto type : {ConfidenceType::log_log, ConfidenceType::log, ConfidenceType::plain}) {
    const auto curve = kaplan_meier(from_print({-1, 2, 3}), {.conf_level = 0.8, .conf_type = type});
    EXPECT_EQ(std::isnan(curve.conf_low[0]), type == ConfidenceType::log_log) << "S is 1";
    EXPECT_LT(curve.conf_low[1], curve.estimate[1]);
    EXPECT_GT(curve.conf_high[1], curve.estimate[1]);
    EXPECT_TRUE(std::isnan(curve.std_error[2])) << "S is 0";
    EXPECT_TRUE(std::isnan(curve.conf_low[2]) && std::isnan(curve.conf_high[2]));
  }
  const auto plain = kaplan_meier(from_print({1, -2, -3}), {.conf_type = ConfidenceType::plain});
  EXPECT_EQ(plain.conf_high[0], 1) << "cut to [0, 1]";
}

TEST(KaplanMeier, QuantileIsTheMiddleOfAFlatPiece) {
  const auto curve = kaplan_meier(from_print({1, 2, 3, 4}));
  EXPECT_EQ(quantile(curve, 0.5).estimate, 2.5);
  EXPECT_EQ(quantile(curve, 0.6).estimate, 3);
  EXPECT_EQ(quantile(kaplan_meier(from_print({1, 2, -6, -8})), 0.5).estimate, 5)
      << "a last piece ends with the follow-up";
  EXPECT_TRUE(std::isnan(quantile(kaplan_meier(from_print({1, -2, -3})), 0.5).estimate));
}

TEST(KaplanMeier, HorizonsAreNotExtrapolated) {
  const auto alive = kaplan_meier(from_print({2, -5}));
  EXPECT_EQ(at_horizon(alive, 1).estimate, 1);
  EXPECT_EQ(at_horizon(alive, 1).conf_low, 1);
  EXPECT_EQ(at_horizon(alive, 1).n_risk, 2);
  EXPECT_EQ(at_horizon(alive, 2).estimate, 0.5) << "a death at t is a death by t";
  EXPECT_EQ(at_horizon(alive, 2).n_risk, 2) << "followed to t";
  EXPECT_EQ(at_horizon(alive, 5).estimate, 0.5) << "censored at t is followed to t";
  EXPECT_FALSE(at_horizon(alive, 5).beyond_follow_up);
  const auto beyond = at_horizon(alive, 5.1);
  EXPECT_TRUE(beyond.beyond_follow_up && std::isnan(beyond.estimate) &&
              std::isnan(beyond.std_error));
  EXPECT_EQ(beyond.n_risk, 0);
  EXPECT_TRUE(std::isnan(restricted_mean(alive, 5.1).estimate));
  const auto dead = kaplan_meier(from_print({2, 5}));
  EXPECT_EQ(at_horizon(dead, 9).estimate, 0);
  EXPECT_FALSE(at_horizon(dead, 9).beyond_follow_up);
  EXPECT_EQ(restricted_mean(dead, 9).estimate, 3.5);
}

TEST(KaplanMeier, HorizonsAllowForRounding) {
  const auto curve = kaplan_meier(from_print({0.1 + 0.2, 1}));
  EXPECT_EQ(at_horizon(curve, 0.3).estimate, 0.5);
  EXPECT_EQ(at_horizon(curve, 0.3).n_risk, 2);
}

TEST(KaplanMeier, ReverseCurveSwapsTheEvent) {
  const auto data = from_print({2, -2, -3, 4});
  const auto stay = reverse_kaplan_meier(data, ReverseTies::deaths_stay);
  const auto first = reverse_kaplan_meier(data, ReverseTies::deaths_first);
  EXPECT_NEAR(stay.estimate[0], 3 / 4., 1e-15);
  EXPECT_NEAR(first.estimate[0], 2 / 3., 1e-15);
  EXPECT_NEAR(first.estimate.back(), 2 / 3. / 2, 1e-15);
}

TEST(SurvivalData, MergesTimesThatDifferByRounding) {
  const auto merged = with_ties_merged(from_print({0.1 + 0.2, 0.3, -0.6, 0.1 * 6, 1}));
  EXPECT_EQ(merged.time, (std::vector<double>{0.3, 0.3, 0.6, 0.6, 1}));
  EXPECT_EQ(with_ties_merged(from_print({1, 1.001, 2})).time, (std::vector<double>{1, 1.001, 2}));
  EXPECT_TRUE(with_ties_merged({}).time.empty());
  EXPECT_EQ(merged.events(), 4);
}

}  // namespace
}  // namespace radiomics
