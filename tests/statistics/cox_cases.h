#pragma once

// The cases of R's Cox models as data for ours.

#include <filesystem>
#include <string>
#include <vector>

#include "radiomics/statistics/cox.h"
#include "tests/support/r_reference.h"

namespace radiomics {

/// A case's rows that are complete in the time, the event and all named columns.
struct CoxCase {
  CoxData data;
  std::vector<std::string> terms;          ///< as R names them
  std::vector<std::string> strata_labels;  ///< by number of stratum
  std::vector<int> variable;               ///< of each term
  std::vector<int> cluster{};
  std::vector<double> first_column{};  ///< of the first covariate, as read
  Ties ties = Ties::efron;
};

inline Ties ties_of(const json& name) {
  if (name == "breslow") return Ties::breslow;
  return name == "exact" ? Ties::exact : Ties::efron;
}

inline std::vector<int> members(const Grouping& grouping, const std::vector<std::size_t>& rows) {
  std::vector<int> result;
  for (const auto row : rows) result.push_back(grouping.group[row]);
  return result;
}

/// `covariates` of the spec; rows complete over these and `also`.
inline CoxCase cox_case(const std::filesystem::path& file, const json& spec,
                        const std::vector<std::string>& covariates,
                        const std::vector<std::string>& also = {}) {
  const ReferenceTable table(file);
  const auto optional = [&spec](const char* key) {
    return spec.contains(key) ? strings(spec.at(key)) : std::vector<std::string>{};
  };
  const auto strata = optional("strata"), cluster = optional("cluster");
  std::vector<std::string> needed{spec.at("time"), spec.at("event")};
  for (const auto& names : {covariates, also, strata, cluster})
    needed.insert(needed.end(), names.begin(), names.end());
  const auto rows = table.complete_rows(needed);
  const json factors = spec.contains("factors") ? spec.at("factors") : json();
  CoxCase result;
  result.data.outcome = table.survival(spec.at("time"), spec.at("event"), rows);
  result.data.covariates = Matrix(rows.size(), 0);
  for (std::size_t v = 0; v < covariates.size(); ++v) {
    const auto design = table.design({covariates[v]}, factors);
    result.terms.insert(result.terms.end(), design.terms.begin(), design.terms.end());
    result.variable.insert(result.variable.end(), design.terms.size(), int(v));
    result.data.covariates = beside(result.data.covariates, rows_of(design.values, rows));
  }
  if (!strata.empty()) {
    result.data.strata = members(table.groups(strata[0]), rows);
    result.strata_labels = table.groups(strata[0]).labels;
  }
  if (!cluster.empty()) result.cluster = members(table.groups(cluster[0]), rows);
  result.ties = ties_of(spec.at("ties"));
  return result;
}

inline CoxCase cox_case(const std::filesystem::path& folder, const json& one) {
  return cox_case(folder / "data" / one.at("data").get<std::string>(), one.at("spec"),
                  strings(one.at("spec").at("covariates")));
}

/// "statistic", "df" and "p" of R.
inline void expect_test(const Test& ours, const json& expected, const std::string& what,
                        double tolerance) {
  expect_equal(ours.statistic, expected.at("stat"), what + " statistic", tolerance);
  expect_equal(ours.df, expected.at("df"), what + " df");
  // A relative error of the statistic is one of about half the statistic times that in p.
  expect_equal(ours.p_value, expected.at("p"), what + " p", tolerance * (1 + ours.statistic));
}

}  // namespace radiomics
