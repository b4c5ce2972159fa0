#include "radiomics/statistics/cumulative_incidence.h"

#include <cmath>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

constexpr double rounding = 1e-14;

// Five patients, one event of each kind before the first censoring.
const CompetingRisksData five{{1, 2, 3, 4, 5}, {1, 2, 0, 1, 0}};

TEST(CumulativeIncidence, FivePatientsByHand) {
  const auto curves = cumulative_incidence(five);
  EXPECT_EQ(curves.n_risk, (std::vector<int>{5, 4, 3, 2, 1}));
  EXPECT_EQ(curves.n_censor, (std::vector<int>{0, 0, 1, 0, 1}));
  const std::vector<double> first{0.2, 0.2, 0.2, 0.5, 0.5}, second{0, 0.2, 0.2, 0.2, 0.2},
      free{0.8, 0.6, 0.6, 0.3, 0.3};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(curves.incidence[0].estimate[i], first[i], rounding);
    EXPECT_NEAR(curves.incidence[1].estimate[i], second[i], rounding);
    EXPECT_NEAR(curves.event_free.estimate[i], free[i], rounding);
  }
}

// Each event at u adds (S(u-)/n)^2 times the square of [it is of the cause] + (F(u) - F(t)) / S(u).
TEST(CumulativeIncidence, DeltaMethodByHand) {
  const auto errors = cumulative_incidence(five).incidence[0].std_error_delta;
  EXPECT_NEAR(errors[0] * errors[0], 1. / 25, rounding);
  const double from_1 = std::pow(1 - 0.3 / 0.8, 2) / 25, from_2 = std::pow(0.3 / 0.6, 2) * 0.04,
               from_4 = 0.09;
  EXPECT_NEAR(errors[3] * errors[3], from_1 + from_2 + from_4, rounding);
}

// Without censoring an incidence is a proportion, and the jackknife error that of a binomial.
TEST(CumulativeIncidence, WithoutCensoringItIsAProportion) {
  const auto curves = cumulative_incidence({{1, 1, 2, 3, 3, 3, 4}, {1, 2, 1, 1, 1, 2, 2}});
  const std::vector<double> had{1, 2, 4, 4};
  for (std::size_t i = 0; i < had.size(); ++i) {
    const double p = had[i] / 7;
    EXPECT_NEAR(curves.incidence[0].estimate[i], p, rounding);
    EXPECT_NEAR(curves.incidence[0].std_error[i], std::sqrt(p * (1 - p) / 7), rounding);
  }
}

/// The incidence of cause 1 by `time` where each patient counts with a weight.
double weighted_incidence(const CompetingRisksData& data, const std::vector<double>& weights,
                          double time) {
  double survival = 1, incidence = 0;
  for (double now = 1; now <= time; ++now) {
    double at_risk = 0, own = 0, all = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
      if (data.time[i] >= now) at_risk += weights[i];
      if (data.time[i] == now && data.cause[i] != 0) all += weights[i];
      if (data.time[i] == now && data.cause[i] == 1) own += weights[i];
    }
    if (at_risk == 0) break;
    incidence += survival * own / at_risk;
    survival *= 1 - all / at_risk;
  }
  return incidence;
}

TEST(CumulativeIncidence, JackknifeIsTheDerivativeByWeights) {
  const CompetingRisksData data{{1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 6},
                                {1, 0, 2, 1, 0, 0, 1, 2, 1, 0, 1}};
  const auto curves = cumulative_incidence(data);
  constexpr double h = 1e-5;  // central differences: error of order h^2
  for (const double time : {1., 2., 3., 4., 5., 6.}) {
    double squares = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
      std::vector<double> more(data.size(), 1), less(data.size(), 1);
      more[i] += h;
      less[i] -= h;
      const double influence =
          (weighted_incidence(data, more, time) - weighted_incidence(data, less, time)) / (2 * h);
      squares += influence * influence;
    }
    EXPECT_NEAR(at_horizon(curves, time).incidence[0].std_error, std::sqrt(squares), 1e-8) << time;
  }
}

TEST(CumulativeIncidence, StatesSumToOneAndOrderDoesNotMatter) {
  const CompetingRisksData data{{2, 1, 2, 2, 5, 3, 3, 2}, {1, 0, 2, 0, 1, 2, 1, 1}};
  const CompetingRisksData other{{3, 2, 2, 5, 2, 1, 2, 3}, {1, 1, 0, 1, 2, 0, 1, 2}};
  const auto curves = cumulative_incidence(data), same = cumulative_incidence(other);
  for (std::size_t i = 0; i < curves.time.size(); ++i)
    EXPECT_NEAR(curves.event_free.estimate[i] + curves.incidence[0].estimate[i] +
                    curves.incidence[1].estimate[i],
                1, rounding);
  EXPECT_EQ(curves.incidence[0].std_error, same.incidence[0].std_error);
  EXPECT_EQ(curves.incidence[1].std_error_delta, same.incidence[1].std_error_delta);
}

TEST(CumulativeIncidence, WithoutCompetingEventsItIsOneMinusKaplanMeier) {
  const CompetingRisksData data{{1, 2, 2, 3, 4}, {1, 0, 1, 1, 0}};
  const auto curve = kaplan_meier(cause_specific(data, 1));
  const auto curves = cumulative_incidence(data);
  for (std::size_t i = 0; i < curves.time.size(); ++i) {
    EXPECT_NEAR(curves.incidence[0].estimate[i], 1 - curve.estimate[i], rounding);
    EXPECT_NEAR(curves.event_free.std_error_delta[i], curve.std_error[i], rounding);
    EXPECT_EQ(curves.incidence[1].std_error[i], 0);
  }
}

TEST(CumulativeIncidence, NaiveEstimateIsLarger) {
  EXPECT_NEAR(naive_incidence(five, 1, 4), 1 - 0.8 * 0.5, rounding);
  EXPECT_GT(naive_incidence(five, 1, 4),
            at_horizon(cumulative_incidence(five), 4).incidence[0].estimate);
}

TEST(CumulativeIncidence, IntervalsByHand) {
  const double f = 0.5, error = cumulative_incidence(five).incidence[0].std_error[3],
               z = 1.959963984540054;
  const auto limits = [&](ConfidenceType type) {
    return at_horizon(cumulative_incidence(five, {.conf_type = type}), 4).incidence[0];
  };
  EXPECT_NEAR(limits(ConfidenceType::log).conf_low, f * std::exp(-z * error / f), rounding);
  EXPECT_NEAR(limits(ConfidenceType::log).conf_high, std::min(1., f * std::exp(z * error / f)),
              rounding);
  EXPECT_NEAR(limits(ConfidenceType::plain).conf_low, f - z * error, rounding);
  const double width = z * error / (f * std::log(1 / f));
  EXPECT_NEAR(limits(ConfidenceType::log_log).conf_low, std::pow(f, std::exp(width)), rounding);
  EXPECT_NEAR(limits(ConfidenceType::log_log).conf_high, std::pow(f, std::exp(-width)), rounding);
  const auto narrow = cumulative_incidence(five, {.conf_level = 0.8});
  EXPECT_GT(narrow.incidence[0].conf_low[3], limits(ConfidenceType::log).conf_low);
}

TEST(CumulativeIncidence, HorizonsOutsideTheCurves) {
  const auto curves = cumulative_incidence(five);
  const auto before = at_horizon(curves, 0.5);
  EXPECT_EQ(before.n_risk, 5);
  EXPECT_EQ(before.incidence[0].estimate, 0);
  EXPECT_EQ(before.incidence[0].conf_high, 0);
  EXPECT_EQ(before.event_free.estimate, 1);
  const auto beyond = at_horizon(curves, 6);
  EXPECT_TRUE(beyond.beyond_follow_up);
  EXPECT_EQ(beyond.n_risk, 0);
  EXPECT_TRUE(std::isnan(beyond.incidence[0].estimate));
  EXPECT_TRUE(std::isnan(naive_incidence(five, 1, 6)));
  // Everybody had an event by 2: nothing more can happen.
  const auto all = at_horizon(cumulative_incidence({{1, 2}, {1, 2}}), 9);
  EXPECT_FALSE(all.beyond_follow_up);
  EXPECT_EQ(all.incidence[1].estimate, 0.5);
  EXPECT_TRUE(std::isnan(all.event_free.conf_low));
  EXPECT_TRUE(at_horizon(cumulative_incidence({}), 1).beyond_follow_up);
}

TEST(CompetingRisksData, TimesApartByRoundingAreOne) {
  const auto merged = with_ties_merged(CompetingRisksData{{0.1 + 0.2, 0.3, 1}, {1, 2, 0}});
  EXPECT_EQ(merged.time[0], merged.time[1]);
  EXPECT_EQ(merged.cause, (std::vector<std::uint8_t>{1, 2, 0}));
  EXPECT_EQ(merged.events(1), 1);
  EXPECT_EQ(cause_specific(merged, 2).event, (std::vector<std::uint8_t>{0, 1, 0}));
  EXPECT_EQ(any_event(merged).events(), 2);
}

}  // namespace
}  // namespace radiomics
