// Agreement with R in what is computed of features: every case of redundancy, multiplicity, icc and
// combat, and those of the demo study. Tolerances as the data's README sets them: 1e-10, limits of
// the ICC 1e-6, ComBat 1e-8 and 1e-3 where sva stops early.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/statistics/agreement.h"
#include "radiomics/statistics/combat.h"
#include "radiomics/statistics/multiplicity.h"
#include "radiomics/statistics/redundancy.h"
#include "radiomics/statistics/spearman.h"
#include "tests/support/data.h"
#include "tests/support/r_reference.h"

namespace radiomics {
namespace {

std::vector<double> row_of(const Matrix& matrix, std::size_t row) {
  std::vector<double> result;
  for (std::size_t j = 0; j < matrix.columns; ++j) result.push_back(matrix(row, j));
  return result;
}

void expect_rows_equal(const Matrix& ours, const json& reference, const std::string& what,
                       double tolerance = 1e-10) {
  for (std::size_t i = 0; i < reference.size(); ++i)
    expect_all_equal(row_of(ours, i), reference[i], what + " row " + to_text(i), tolerance);
}

/// R numbers clusters from 1.
void expect_clusters(const Matrix& rho, double height, Linkage linkage, const json& reference,
                     const std::string& id) {
  auto clusters = cluster_variables(rho, height, linkage);
  for (int& cluster : clusters) ++cluster;
  EXPECT_EQ(clusters, reference.get<std::vector<int>>()) << id << to_string(linkage);
}

void expect_redundancy(const std::filesystem::path& folder, const json& one) {
  const std::string id = one.at("id").get<std::string>() + " ";
  const json &spec = one.at("spec"), &expected = one.at("expect");
  const ReferenceTable table(folder / "data" / one.at("data").get<std::string>());
  const auto names = strings(spec.at("features"));
  const Matrix values = rows_of(table.matrix(names), table.complete_rows(names));
  const Matrix rho = spearman_matrix(values);
  expect_rows_equal(rho, expected.at("spearman"), id + "spearman");
  expect_rows_equal(pearson_matrix(values), expected.at("pearson"), id + "pearson");
  for (const auto linkage : {Linkage::average, Linkage::complete, Linkage::single})
    expect_clusters(rho, spec.at("cut_height"), linkage,
                    expected.at("cutree_" + std::string(to_string(linkage))), id);
  std::vector<std::string> kept;
  for (const auto j : greedily_kept(rho, spec.at("threshold"))) kept.push_back(names[j]);
  EXPECT_EQ(kept, strings(expected.at("greedy_keep_in_given_order"))) << id;
}

void expect_volume_correlation(const std::filesystem::path& folder, const json& one) {
  const ReferenceTable table(folder / "data" / one.at("data").get<std::string>());
  auto names = strings(one.at("expect").at("features"));
  const std::string volume = one.at("spec").at("volume");
  const auto rows = table.complete_rows(names);
  const Matrix values = rows_of(table.matrix(names), rows);
  const Matrix volumes = rows_of(table.matrix({volume}), rows);
  expect_all_equal(spearman_with(values, volumes.column(0)), one.at("expect").at("rho"), volume);
}

TEST(FeaturesReference, RedundancyIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "redundancy.json", 2)) expect_redundancy(path, one);
  const auto study = path / "demo_study";
  for (const auto& one : cases_of(study / "redundancy.json", 2))
    if (one.at("spec").contains("volume"))
      expect_volume_correlation(study, one);
    else
      expect_redundancy(study, one);
}

TEST(FeaturesReference, AdjustedPValuesAreThoseOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "multiplicity.json", 1)) {
    const auto p = one.at("spec").at("p").get<std::vector<double>>();
    for (const auto adjustment : {Adjustment::benjamini_hochberg, Adjustment::benjamini_yekutieli,
                                  Adjustment::holm, Adjustment::hochberg, Adjustment::bonferroni}) {
      const std::string name(to_string(adjustment));
      expect_all_equal(adjusted_p_values(p, adjustment), one.at("expect").at(name), name);
    }
  }
}

void expect_icc(const IntraclassCorrelation& ours, const json& all, const std::string& name) {
  const auto types = strings(all.at("type"));
  const auto at = std::size_t(std::ranges::find(types, name) - types.begin());
  ASSERT_LT(at, types.size());
  expect_equal(ours.estimate, all.at("ICC")[at], name);
  expect_equal(ours.statistic, all.at("F")[at], name + " F");
  expect_equal(ours.df1, all.at("df1")[at], name + " df1");
  expect_equal(ours.df2, all.at("df2")[at], name + " df2");
  expect_equal(ours.p_value, all.at("p")[at], name + " p", 1e-8);
  expect_equal(ours.conf_low, all.at("lower95")[at], name + " lower", 1e-6);
  expect_equal(ours.conf_high, all.at("upper95")[at], name + " upper", 1e-6);
}

TEST(FeaturesReference, AgreementIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "icc.json", 3)) {
    const std::string id = one.at("id");
    const ReferenceTable table(path / "data" / one.at("data").get<std::string>());
    const json& expected = one.at("expect");
    const Matrix ratings =
        table.matrix(id == "icc_3raters" ? std::vector<std::string>{"r1", "r2", "r3"}
                                         : std::vector<std::string>{"r1", "r2"});
    if (expected.contains("ccc")) {
      expect_equal(concordance_correlation(ratings.column(0), ratings.column(1)),
                   expected.at("ccc"), id);
      continue;
    }
    expect_icc(intraclass_correlation(ratings, IccType::one_way), expected, "ICC1");
    expect_icc(intraclass_correlation(ratings, IccType::agreement), expected, "ICC2");
    expect_icc(intraclass_correlation(ratings, IccType::consistency), expected, "ICC3");
  }
}

/// Relative to the value or, near 0, to the spread of the feature.
void expect_adjusted(const Matrix& ours, const json& reference, double tolerance,
                     const std::string& what) {
  for (std::size_t i = 0; i < reference.size(); ++i)
    for (std::size_t j = 0; j < ours.columns; ++j)
      expect_equal(ours(i, j), reference[i][j], what + " " + to_text(i) + ", feature " + to_text(j),
                   tolerance);
}

TEST(FeaturesReference, CombatIsThatOfR) {
  REFERENCE_DATA_OR_SKIP(path, "survival");
  for (const auto& one : cases_of(path / "combat.json", 2)) {
    const json &spec = one.at("spec"), &expected = one.at("expect");
    const ReferenceTable table(path / "data" / one.at("data").get<std::string>());
    const CombatData data{.features = table.matrix(strings(spec.at("features"))),
                          .batch = table.groups(spec.at("batch")).group,
                          .covariates = table.matrix(strings(spec.at("preserve")))};
    const auto parametric = apply_combat(fit_combat(data), data);
    expect_adjusted(parametric.features, expected.at("adjusted_parametric_rows_are_patients"), 1e-3,
                    one.at("id"));
    const auto nonparametric =
        apply_combat(fit_combat(data, {.prior = CombatPrior::nonparametric}), data);
    expect_adjusted(nonparametric.features, expected.at("adjusted_nonparametric_first3rows"), 1e-8,
                    one.at("id"));
  }
}

}  // namespace
}  // namespace radiomics
