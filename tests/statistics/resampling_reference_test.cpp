// Agreement with R where a Cox model comes first: every case of bootstrap and cv, the concordances
// of cox and of nested_lrt. C is a ratio of counts: 1e-10 relative as the data's README sets it,
// also after a fit, since a coefficient's last digits do not change the order of risks. Slopes are
// Cox coefficients: 1e-8.

#include <gtest/gtest.h>

#include "radiomics/statistics/bootstrap_validation.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/cross_validation.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"
#include "tests/support/r_resamples.h"

namespace radiomics {
namespace {

constexpr double cox_tolerance = 1e-8;

std::vector<std::string> with_names(std::vector<std::string> names, const json& more) {
  for (const auto& name : strings(more)) names.push_back(name);
  return names;
}

std::vector<int> entries(const std::vector<int>& values, const std::vector<std::size_t>& rows) {
  std::vector<int> part;
  for (const auto row : rows) part.push_back(values[row]);
  return part;
}

/// Rows that are complete in `names`; the covariates of the model.
CoxData cox_data(const ReferenceTable& table, const std::vector<std::size_t>& rows,
                 const json& spec, const json& covariates) {
  CoxData data{.outcome = table.survival(spec.at("time"), spec.at("event"), rows),
               .covariates = rows_of(
                   table.design(strings(covariates), spec.value("factors", json())).values, rows)};
  for (const auto& name : strings(spec.value("strata", json())))
    data.strata = entries(table.groups(name).group, rows);
  return data;
}

Ties ties_of(const json& spec) {
  for (const auto ties : {Ties::efron, Ties::breslow, Ties::exact})
    if (spec.at("ties") == to_string(ties)) return ties;
  ADD_FAILURE() << spec;
  return Ties::efron;
}

Concordance concordance_of_fit(const CoxData& data, Ties ties) {
  const CoxFit fit = fit_cox(data, {.ties = ties});
  return concordance(data.outcome, linear_predictor(fit, data.covariates), {}, data.strata);
}

void expect_concordance_of_cox(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "cox.json", count)) {
    const json &spec = one.at("spec"), &expected = one.at("expect").at("concordance");
    const std::string id = one.at("id");
    const ReferenceTable table(folder / "data" / one.at("data"));
    const json cluster = spec.value("cluster", json()), strata = spec.value("strata", json());
    auto names = with_names({spec.at("time"), spec.at("event")}, spec.at("covariates"));
    names = with_names(with_names(names, cluster), strata);
    const auto rows = table.complete_rows(names);
    const CoxData data = cox_data(table, rows, spec, spec.at("covariates"));
    const Concordance ours = concordance_of_fit(data, ties_of(spec));
    std::vector<int> clusters;
    for (const auto& name : strings(cluster)) clusters = entries(table.groups(name).group, rows);
    expect_equal(ours.estimate.estimate, expected.at("C"), id + " C");
    expect_equal(influence_std_error(ours.influence, clusters), expected.at("se"), id + " se");
    expect_equal(ours.concordant, expected.at("concordant"), id + " concordant");
    expect_equal(ours.discordant, expected.at("discordant"), id + " discordant");
    expect_equal(ours.tied_risk, expected.at("tied_x"), id + " tied_x");
    expect_equal(ours.tied_time, expected.at("tied_y"), id + " tied_y");
    expect_equal(ours.tied_both, expected.at("tied_xy"), id + " tied_xy");
  }
}

TEST(ResamplingReference, ConcordanceOfCoxModelsIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_concordance_of_cox(path, 15);
  expect_concordance_of_cox(path / "demo_study", 7);
}

double square(double value) { return value * value; }

// The likelihood part of `expect` is compared where Cox models are.
void expect_delta_c(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "nested_lrt.json", count)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const std::string id = one.at("id");
    const ReferenceTable table(folder / "data" / one.at("data"));
    auto names = with_names({spec.at("time"), spec.at("event")}, spec.at("small"));
    names = with_names(with_names(names, spec.at("big")), spec.at("strata"));
    const auto rows = table.complete_rows(names);
    const auto small =
        concordance_of_fit(cox_data(table, rows, spec, spec.at("small")), ties_of(spec));
    const auto big = concordance_of_fit(cox_data(table, rows, spec, spec.at("big")), ties_of(spec));
    const auto delta = concordance_difference(small, big, 0.95);
    EXPECT_EQ(rows.size(), expected.at("n")) << id;
    expect_equal(small.estimate.estimate, expected.at("C_small"), id + " small");
    expect_equal(big.estimate.estimate, expected.at("C_big"), id + " big");
    expect_equal(delta.estimate, expected.at("delta_C"), id + " delta");
    expect_equal(delta.std_error, expected.at("se_delta_C"), id + " se");
    const double z = delta.estimate / delta.std_error;
    expect_equal(z, expected.at("z"), id + " z");
    expect_equal(normal_p(z), expected.at("p_delta"), id + " p");
    const json& variances = expected.at("var_C");
    expect_equal(square(small.estimate.std_error), variances[0][0], id + " variance small");
    expect_equal(square(big.estimate.std_error), variances[1][1], id + " variance big");
    double covariance = 0;
    for (std::size_t i = 0; i < small.influence.size(); ++i)
      covariance += small.influence[i] * big.influence[i];
    expect_equal(covariance, variances[0][1], id + " covariance");
  }
}

TEST(ResamplingReference, DeltaCOfNestedModelsIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_delta_c(path, 3);
  expect_delta_c(path / "demo_study", 4);
}

void expect_resamples(const OptimismBootstrap& ours, const json& reference, const std::string& id) {
  std::vector<double> train, test, outside, slope;
  for (const auto& scores : ours.resamples) {
    train.push_back(scores.train);
    test.push_back(scores.test);
    outside.push_back(scores.out_of_bag);
    slope.push_back(scores.slope);
  }
  expect_all_equal(train, reference.at("train"), id + " train");
  expect_all_equal(test, reference.at("test"), id + " test");
  expect_all_equal(outside, reference.at("oob"), id + " oob");
  expect_all_equal(slope, reference.at("slope"), id + " slope", cox_tolerance);
}

void expect_bootstrap(const std::filesystem::path& folder, std::size_t count) {
  for (const auto& one : cases_of(folder / "bootstrap.json", count)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const std::string id = one.at("id");
    const ReferenceTable table(folder / "data" / one.at("data")[0]);
    const auto rows =
        table.complete_rows(with_names({spec.at("time"), spec.at("event")}, spec.at("covariates")));
    ASSERT_EQ(rows.size(), table.size()) << id;  // the resamples list rows of the file
    const auto resamples = read_resamples(folder / "data" / one.at("data")[1]);
    ASSERT_EQ(resamples.size(), spec.at("B")) << id;
    const auto ours = bootstrap_cox(cox_data(table, rows, spec, spec.at("covariates")), resamples,
                                    {.ties = ties_of(spec), .threads = 2});
    expect_resamples(ours, expected.at("per_boot"), id);
    expect_equal(ours.apparent, expected.at("apparent_C"), id + " apparent");
    expect_equal(ours.optimism, expected.at("optimism"), id + " optimism");
    expect_equal(ours.corrected, expected.at("corrected_C_harrell"), id + " corrected");
    expect_equal(ours.out_of_bag, expected.at("oob_mean"), id + " oob");
    expect_equal(ours.estimate_632, expected.at("est_632"), id + " .632");
    expect_equal(ours.overfitting_rate, expected.at("R_overfit"), id + " rate");
    expect_equal(ours.weight_632plus, expected.at("w_632plus"), id + " weight");
    expect_equal(ours.estimate_632plus, expected.at("est_632plus"), id + " .632+");
    expect_equal(ours.corrected_slope, expected.at("corrected_slope"), id + " slope",
                 cox_tolerance);
    EXPECT_EQ(expected.at("no_information_C"), 0.5) << id;
    expect_all_equal(std::vector{ours.percentiles.low, ours.percentiles.high},
                     expected.at("percentile_ci95_bootstrap_C"), id + " percentiles");
    EXPECT_EQ(ours.failed, 0) << id;
  }
}

TEST(ResamplingReference, OptimismBootstrapIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  expect_bootstrap(path, 1);
  expect_bootstrap(path / "demo_study", 1);
}

TEST(ResamplingReference, CrossValidationIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "cv.json", 1)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const std::string id = one.at("id");
    const ReferenceTable table(path / "data" / one.at("data"));
    const auto rows =
        table.complete_rows(with_names({spec.at("time"), spec.at("event")}, spec.at("covariates")));
    ASSERT_EQ(rows.size(), table.size()) << id;
    std::vector<int> folds;
    for (const double fold : table.numbers(spec.at("foldid"))) folds.push_back(int(fold) - 1);
    const auto ours = cross_validate_cox(cox_data(table, rows, spec, spec.at("covariates")), folds,
                                         ties_of(spec), 2);
    ASSERT_EQ(ours.folds.size(), expected.at("per_fold").size());
    for (std::size_t k = 0; k < ours.folds.size(); ++k) {
      const json& fold = expected.at("per_fold").at("fold" + to_text(k + 1));
      expect_equal(ours.folds[k].concordance, fold.at("C"), id + " fold C");
      EXPECT_EQ(ours.folds[k].n, fold.at("n"));
      EXPECT_EQ(ours.folds[k].events, fold.at("events"));
    }
    expect_equal(ours.mean, expected.at("mean_C"), id + " mean");
    expect_equal(ours.pooled, expected.at("pooled_C"), id + " pooled");
    expect_equal(ours.stratified, expected.at("stratified_by_fold_C"), id + " stratified");
    const std::vector<double> first(ours.linear_predictor.begin(),
                                    ours.linear_predictor.begin() + 10);
    expect_all_equal(first, expected.at("lp_first10"), id + " lp", cox_tolerance);
  }
}

}  // namespace
}  // namespace radiomics
