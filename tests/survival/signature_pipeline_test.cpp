#include "radiomics/survival/signature_pipeline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "radiomics/core/random_stream.h"
#include "radiomics/statistics/cross_validation.h"
#include "radiomics/statistics/selection_stability.h"
#include "radiomics/statistics/spearman.h"
#include "radiomics/survival/signature_validation.h"

namespace radiomics {
namespace {

using Rows = std::vector<std::size_t>;

/// Normal features of which the first `informative` decide the hazard.
SignatureData simulated(std::size_t patients, std::size_t features, std::size_t informative,
                        std::uint64_t seed) {
  RandomStream random(seed, 1);
  SignatureData data{.features = Matrix(patients, features), .forced = Matrix(patients, 0)};
  for (double& value : data.features.values)
    value =
        std::sqrt(-2 * std::log(random.uniform())) * std::cos(6.283185307179586 * random.uniform());
  for (std::size_t i = 0; i < patients; ++i) {
    double predictor = 0;
    for (std::size_t j = 0; j < informative; ++j) predictor += data.features(i, j);
    const double death = -std::log(random.uniform()) / std::exp(predictor);
    const double censoring = -std::log(random.uniform()) / 0.5;
    data.outcome.time.push_back(std::min(death, censoring));
    data.outcome.event.push_back(death <= censoring);
  }
  return data;
}

Rows everybody(const SignatureData& data) {
  Rows rows(data.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

SignatureOptions quick() {
  SignatureOptions options;
  options.penalty.lambda_count = 20;
  options.penalty.lambda_min_ratio = 0.05;
  return options;
}

/// Everything that was learnt, bit for bit.
std::vector<double> learnt(const FittedSignature& fitted) {
  std::vector<double> all = fitted.coefficients;
  all.insert(all.end(), fitted.forced_coefficients.begin(), fitted.forced_coefficients.end());
  all.insert(all.end(), fitted.volume_slope.begin(), fitted.volume_slope.end());
  all.insert(all.end(), fitted.path.lambda.begin(), fitted.path.lambda.end());
  all.insert(all.end(), fitted.cv.cvpl.begin(), fitted.cv.cvpl.end());
  all.insert(all.end(), fitted.combat.scales.begin(), fitted.combat.scales.end());
  const auto& preserved = fitted.combat.coefficients.values;
  all.insert(all.end(), preserved.begin(), preserved.end());
  for (const double median : fitted.medians) all.push_back(std::isnan(median) ? -1e99 : median);
  all.insert(all.end(), {fitted.lambda, fitted.log_likelihood, fitted.volume_coefficient});
  for (const auto fate : fitted.fate) all.push_back(double(fate));
  return all;
}

TEST(SignaturePipeline, FindsWhatDecidesTheHazard) {
  const auto data = simulated(150, 20, 2, 3);
  const auto fitted = fit_signature(data, everybody(data), quick());
  EXPECT_EQ(fitted.problem, SignatureProblem::none);
  EXPECT_EQ(fitted.fate[0], FeatureFate::selected);
  EXPECT_EQ(fitted.fate[1], FeatureFate::selected);
  EXPECT_EQ(fitted.lambda, fitted.cv.lambda_best);
  EXPECT_GT(fitted.log_likelihood, fitted.log_likelihood_null);
  const auto score = linear_predictor(fitted, data);
  double by_hand = 0;
  for (std::size_t j = 0; j < 20; ++j) by_hand += fitted.coefficients[j] * data.features(7, j);
  EXPECT_DOUBLE_EQ(score[7], by_hand);
  auto one_se = quick();
  one_se.rule = LambdaRule::one_se;
  EXPECT_GE(fit_signature(data, everybody(data), one_se).lambda, fitted.lambda);
}

TEST(SignaturePipeline, EachStepLeavesOutWhatItShould) {
  auto data = simulated(100, 8, 1, 4);
  for (std::size_t i = 0; i < 100; ++i) {
    data.features(i, 2) = 7;                              // constant
    data.features(i, 3) = i < 4 ? 1 : 0;                  // 96 % have one value
    data.features(i, 4) = std::exp(data.features(i, 0));  // the same ranks as the first
  }
  auto options = quick();
  options.names = {"b", "x", "c", "n", "a", "y", "z", "w"};
  options.stable = {1, 1, 1, 1, 1, 0, 1, 1};
  options.prefilter = 0.05;
  const auto fitted = fit_signature(data, everybody(data), options);
  EXPECT_EQ(fitted.fate[2], FeatureFate::constant);
  EXPECT_EQ(fitted.fate[3], FeatureFate::constant);
  EXPECT_EQ(fitted.fate[5], FeatureFate::unstable);
  EXPECT_EQ(fitted.fate[0], FeatureFate::redundant) << "'a' comes before 'b'";
  EXPECT_EQ(fitted.fate[4], FeatureFate::selected);
  EXPECT_EQ(fitted.cluster[0], fitted.cluster[4]);
  options.reliability = {0.9, 0.9, 0.9, 0.9, 0.8, 0.9, 0.9, 0.9};
  EXPECT_EQ(fit_signature(data, everybody(data), options).fate[4], FeatureFate::redundant);
  options.linkage.reset();
  EXPECT_EQ(fit_signature(data, everybody(data), options).fate[4], FeatureFate::redundant)
      << "greedy keeps the first column";
}

TEST(SignaturePipeline, NothingSelectedIsAnAnswer) {
  auto data = simulated(60, 5, 0, 5);
  auto options = quick();
  options.lambda = 1e3;
  const auto fitted = fit_signature(data, everybody(data), options);
  EXPECT_EQ(fitted.problem, SignatureProblem::none);
  EXPECT_TRUE(fitted.selected().empty());
  EXPECT_DOUBLE_EQ(fitted.log_likelihood, fitted.log_likelihood_null);
  options.stable = {0, 0, 0, 0, 0};
  const auto empty = fit_signature(data, everybody(data), options);
  EXPECT_EQ(empty.problem, SignatureProblem::none);
  EXPECT_EQ(linear_predictor(empty, data), std::vector<double>(60, 0.0));
  data.outcome.event.assign(60, 0);
  EXPECT_EQ(fit_signature(data, everybody(data), quick()).problem, SignatureProblem::no_events);
}

TEST(SignaturePipeline, ForcedColumnsAreAlwaysInTheModel) {
  auto data = simulated(120, 6, 1, 6);
  data.forced = columns_of(data.features, Rows{5});
  data.features = columns_of(data.features, Rows{0, 1, 2, 3, 4});
  auto options = quick();
  options.lambda = 1e3;
  const auto fitted = fit_signature(data, everybody(data), options);
  EXPECT_TRUE(fitted.selected().empty());
  const CoxFit alone =
      fit_cox({.outcome = data.outcome, .covariates = data.forced}, {.ties = Ties::breslow});
  EXPECT_NEAR(fitted.forced_coefficients[0], alone.coefficients[0], 1e-6)
      << "unpenalised; the tolerance of the penalised fit is 1e-8 of its conditions";
}

TEST(SignaturePipeline, ResidualsAreFreeOfVolumeAndFoldIntoTheModel) {
  auto data = simulated(100, 4, 2, 7);
  for (std::size_t i = 0; i < 100; ++i) {
    data.log_volume.push_back(data.features(i, 3));
    data.features(i, 0) += 2 * data.features(i, 3);
  }
  auto options = quick();
  options.residualise = true;
  options.untouched = {0, 0, 0, 1};
  const auto fitted = fit_signature(data, everybody(data), options);
  EXPECT_NEAR(fitted.volume_slope[0], 2, 0.5);
  EXPECT_EQ(fitted.volume_slope[3], 0);
  const auto score = linear_predictor(fitted, data);
  double by_hand = fitted.coefficients[3] * data.log_volume[9];
  for (std::size_t j = 0; j < 3; ++j)
    by_hand += fitted.coefficients[j] *
               (data.features(9, j) - fitted.volume_slope[j] * data.log_volume[9]);
  EXPECT_NEAR(score[9], by_hand, 1e-12);
}

TEST(SignaturePipeline, MediansAreThoseOfTheTraining) {
  auto data = simulated(60, 3, 1, 8);
  data.features(0, 0) = data.features(50, 0) = std::numeric_limits<double>::quiet_NaN();
  Rows training(40);
  std::iota(training.begin(), training.end(), std::size_t{0});
  auto options = quick();
  options.impute = true;
  const auto fitted = fit_signature(data, training, options);
  std::vector<double> seen;
  for (std::size_t i = 1; i < 40; ++i) seen.push_back(data.features(i, 0));
  std::ranges::sort(seen);
  EXPECT_EQ(fitted.medians[0], seen[19]);
  EXPECT_EQ(prepared_features(fitted, data)(50, 0), seen[19]);
}

// What is not in the training rows must not reach the fit: neither outcomes nor features.
// Two scanners, the second of which has more patients of a level that shifts all features by 2.
SignatureData with_batches(std::size_t patients) {
  auto data = simulated(patients, 6, 1, 21);
  data.preserved = Matrix(patients, 1);
  for (std::size_t i = 0; i < patients; ++i) {
    data.batch.push_back(int(i % 2));
    data.preserved(i, 0) = i % 2 ? double(i % 8 != 1) : double(i % 8 == 0);
    for (std::size_t j = 0; j < 6; ++j)
      data.features(i, j) += 3 * double(i % 2) + 2 * data.preserved(i, 0);
  }
  return data;
}

TEST(SignatureHarmonisation, LeavesThePreservedEffectInTheFeatures) {
  auto data = with_batches(80);
  const auto fitted = fit_signature(data, everybody(data), quick());
  ASSERT_EQ(fitted.problem, SignatureProblem::none);
  const auto combat =
      fit_combat({.features = data.features, .batch = data.batch, .covariates = data.preserved});
  EXPECT_EQ(fitted.combat.coefficients.values, combat.coefficients.values);
  EXPECT_NEAR(fitted.combat.coefficients(0, 0), 2, 3 * 2 / std::sqrt(80.0)) << "3 standard errors";
  const auto by_hand =
      apply_combat(combat,
                   {.features = data.features, .batch = data.batch, .covariates = data.preserved})
          .features;
  EXPECT_EQ(prepared_features(fitted, data).values, by_hand.values);
  data.preserved = Matrix{};
  const auto without = fit_signature(data, everybody(data), quick());
  EXPECT_NE(without.combat.scales, fitted.combat.scales);
}

TEST(SignatureHarmonisation, ALostLevelHasNoEffectAndIsCounted) {
  const auto data = with_batches(80);
  Rows without_the_level;
  for (std::size_t i = 0; i < 80; ++i)
    if (data.preserved(i, 0) == 0) without_the_level.push_back(i);
  const auto fitted = fit_signature(data, without_the_level, quick());
  ASSERT_EQ(fitted.problem, SignatureProblem::none);
  EXPECT_EQ(fitted.lost_columns, 1);
  ASSERT_EQ(fitted.combat.coefficients.rows, 1u);
  for (const double value : fitted.combat.coefficients.values) EXPECT_EQ(value, 0);
}

// The rule does not depend on which batch it is: one in the middle or the last one.
TEST(SignatureHarmonisation, ALostBatchIsAProblem) {
  for (const int lost : {0, 1, 2}) {
    auto data = simulated(90, 6, 1, 22);
    Rows rows;
    for (std::size_t i = 0; i < 90; ++i) {
      data.batch.push_back(int(i % 3));
      if (data.batch[i] != lost) rows.push_back(i);
    }
    EXPECT_EQ(fit_signature(data, rows, quick()).problem, SignatureProblem::harmonisation) << lost;
    ValidationPlan plan{.folds = {data.batch}};
    const auto signature = fit_signature(data, everybody(data), quick());
    const auto validation = validate_signature(data, signature, quick(), plan);
    EXPECT_EQ(validation.problems[std::size_t(SignatureProblem::harmonisation)], 3);
    EXPECT_TRUE(std::isnan(validation.nested.mean));
  }
}

TEST(SignatureLeakage, HeldOutPatientsDoNotChangeTheFit) {
  auto data = simulated(90, 12, 2, 9);
  for (std::size_t i = 0; i < 90; ++i) {
    data.batch.push_back(int(i % 3));
    data.log_volume.push_back(data.features(i, 11));
  }
  data.preserved = Matrix(90, 1);
  for (std::size_t i = 0; i < 90; ++i) data.preserved(i, 0) = double(i / 3 % 2);
  data.features(3, 2) = std::numeric_limits<double>::quiet_NaN();
  auto options = quick();
  options.impute = options.residualise = true;
  options.untouched.assign(12, 0);
  options.untouched[11] = 1;
  options.prefilter = 0.5;
  Rows training(60);
  std::iota(training.begin(), training.end(), std::size_t{0});
  const auto before = fit_signature(data, training, options, 5);
  ASSERT_EQ(before.problem, SignatureProblem::none);
  ASSERT_FALSE(before.selected().empty());
  for (std::size_t i = 60; i < 90; ++i) {
    data.outcome.time[i] = double(i);
    data.outcome.event[i] = i % 2;
    data.batch[i] = 0;
    data.log_volume[i] = -double(i);
    data.preserved(i, 0) = double(i);
    for (std::size_t j = 0; j < 12; ++j) data.features(i, j) = double(i * j);
  }
  EXPECT_EQ(learnt(fit_signature(data, training, options, 5)), learnt(before)) << "bit for bit";
  data.features(10, 0) += 1e-9;
  EXPECT_NE(learnt(fit_signature(data, training, options, 5)), learnt(before))
      << "the comparison sees a change of the training rows";
}

// Noise with twice as many features as patients. Standard deviations: of a nested C of 100 patients
// with some 65 events about 0.04; the mean of 20 permutations has 0.04 / sqrt(20) = 0.01.
TEST(SignatureLeakage, NoiseIsNoSignatureWhateverTheApparentC) {
  const auto data = simulated(100, 200, 0, 10);
  auto options = quick();
  options.penalty.lambda_count = 12;
  options.lambda.reset();
  auto fixed = options;
  fixed.lambda = 0.08;  // so small that noise gets in
  const auto signature = fit_signature(data, everybody(data), fixed);
  ASSERT_GT(signature.selected().size(), 10u);
  ValidationPlan plan{.permutations = 20, .threads = 2};
  for (std::uint32_t r = 0; r < 3; ++r)
    plan.folds.push_back(event_stratified_folds(data.outcome.event, 5, 1, r));
  plan.resamples = bootstrap_samples(100, 20, 1);
  const auto validation = validate_signature(data, signature, fixed, plan);
  EXPECT_GT(validation.bootstrap.apparent, 0.8) << "looks like a discovery";
  EXPECT_NEAR(validation.nested.mean, 0.5, 0.12) << "three standard deviations";
  EXPECT_NEAR(validation.permutation.mean, 0.5, 0.04) << "more than three standard errors";
  EXPECT_GT(validation.permutation.p_value, 0.05);
  EXPECT_LT(validation.stability.estimate, 0.3);
}

TEST(SignatureValidationTest, IsTheSameForAnyNumberOfThreads) {
  const auto data = simulated(60, 6, 1, 11);
  const auto options = quick();
  const auto signature = fit_signature(data, everybody(data), options);
  ValidationPlan plan{.permutations = 4};
  plan.folds = {event_stratified_folds(data.outcome.event, 3, 1, 0),
                event_stratified_folds(data.outcome.event, 3, 1, 1)};
  plan.resamples = bootstrap_samples(60, 6, 1);
  const auto one = validate_signature(data, signature, options, plan);
  plan.threads = 4;
  const auto four = validate_signature(data, signature, options, plan);
  EXPECT_EQ(one.nested.per_repeat, four.nested.per_repeat);
  EXPECT_EQ(one.bootstrap.corrected, four.bootstrap.corrected);
  EXPECT_EQ(one.selection_frequency, four.selection_frequency);
  EXPECT_EQ(one.permutation.concordance, four.permutation.concordance);
  EXPECT_EQ(one.permutation.p_value,
            (1.0 + double(std::ranges::count_if(one.permutation.concordance,
                                                [&](double c) { return c >= one.nested.mean; }))) /
                5);
}

// One outer fold from the parts: correlations, clusters, path, inner folds (the other outer folds)
// and cross-validation, prediction. Bit for bit, as these are the same functions.
TEST(SignatureValidationTest, AnOuterFoldIsWhatItsStepsGiveByHand) {
  const auto data = simulated(80, 10, 2, 12);
  auto options = quick();
  for (std::size_t i = 0; i < 80; ++i) options.given_folds.push_back(int(i % 4));
  Rows training;
  std::vector<int> inner;
  for (std::size_t i = 0; i < 80; ++i)
    if (i % 4 != 2) {
      training.push_back(i);
      inner.push_back(int(i % 4 == 3 ? 2 : i % 4));
    }
  const SurvivalData outcome = subset(data.outcome, training);
  const Matrix features = rows_of(data.features, training);
  const auto clusters =
      cluster_variables(spearman_matrix(features), 1 - options.redundancy, Linkage::average);
  ASSERT_EQ(*std::ranges::max_element(clusters), 9) << "nothing is redundant";
  const auto path = fit_penalised_cox(outcome, features, options.penalty);
  const auto cv =
      cross_validate_penalised_cox(outcome, features, path.lambda, inner, options.penalty);
  const auto place =
      std::size_t(std::ranges::find(path.lambda, cv.lambda_best) - path.lambda.begin());
  const auto coefficients = path.coefficients_at(place);

  const auto scores = nested_fold_scores(data, options.given_folds, options);
  for (std::size_t i = 2; i < 80; i += 4) {
    double predictor = 0;
    for (std::size_t j = 0; j < 10; ++j)
      if (coefficients[j] != 0) predictor += coefficients[j] * data.features(i, j);
    EXPECT_EQ(scores.linear_predictor[i], predictor) << i;
  }
}

TEST(SelectionStability, OfHandCountedSelections) {
  // Three refits of four features choose {0, 1}, {0, 2}, {0, 1}: p = 1, 2/3, 1/3, 0. The unbiased
  // variances are 0, 1/3, 1/3, 0, their mean 1/6; half of the features are chosen: 1/4 by chance.
  const Selections selections{.features = 4, .chosen = {{0, 1}, {0, 2}, {0, 1}}};
  EXPECT_NEAR(selection_stability(selections).estimate, 1 - (1.0 / 6) / (1.0 / 4), 1e-15);
  EXPECT_EQ(selection_frequencies(selections)[0], 1);
  EXPECT_DOUBLE_EQ(selection_frequencies(selections)[1], 2.0 / 3);
  const Selections same{.features = 4, .chosen = {{0, 1}, {0, 1}}};
  EXPECT_EQ(selection_stability(same).estimate, 1);
  const Selections all{.features = 2, .chosen = {{0, 1}, {0, 1}}};
  EXPECT_TRUE(std::isnan(selection_stability(all).estimate)) << "no choice";
  EXPECT_TRUE(std::isnan(selection_stability({.features = 3, .chosen = {{1}}}).estimate));
}

TEST(SelectionStability, IsNearZeroForRandomChoices) {
  RandomStream random(1, 2);
  Selections selections{.features = 40};
  for (int b = 0; b < 400; ++b) {
    auto order = random_order(40, random);
    order.resize(8);
    selections.chosen.push_back(order);
  }
  const Estimate stability = selection_stability(selections);
  EXPECT_NEAR(stability.estimate, 0, 4 * stability.std_error) << "four standard errors";
  EXPECT_GT(stability.std_error, 0);
  EXPECT_LT(stability.std_error, 0.02);
}

}  // namespace
}  // namespace radiomics
