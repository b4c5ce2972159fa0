// What the statistics cost, task by task, beside a peer that is asked for the same in turn
// (benchmarks/survival.py).
//
// usage: radiomics_benchmark_survival DATA MADE
//   DATA: the folder with bench_10000x10.csv and bench_500x1000.csv; MADE: that with what
//   survival.py makes
//
// Answers each line "TASK SECONDS" of standard input by {"cpu_s": S, "checks": [...], "kkt": V}:
// the mean CPU time of one computation, repeated for so many seconds, at least once; the numbers by
// which the peer's answer is known to be the same; and, of penalised models, the largest violation
// of the conditions of a minimum. Data is in memory before, except where reading is the task. One
// thread.

#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/command.h"

#include "radiomics/cohort/cohort.h"
#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/machine.h"
#include "radiomics/statistics/bootstrap_validation.h"
#include "radiomics/statistics/concordance.h"
#include "radiomics/statistics/cox.h"
#include "radiomics/statistics/fine_gray.h"
#include "radiomics/statistics/kaplan_meier.h"
#include "radiomics/statistics/log_rank.h"
#include "radiomics/statistics/penalised_cox.h"
#include "radiomics/statistics/penalised_cox_cv.h"
#include "radiomics/statistics/proportional_hazards.h"
#include "radiomics/statistics/resampled_concordance.h"
#include "radiomics/statistics/spearman.h"

namespace radiomics::benchmarks {
namespace {

namespace fs = std::filesystem;

struct Answer {
  std::vector<double> checks;
  double kkt = 0;
};

using Task = std::function<Answer()>;

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Inputs

struct Study {
  SurvivalData outcome;
  Matrix covariates;
};

std::vector<std::vector<double>> read_columns(const fs::path& file) {
  const Cohort cohort = read_cohort({.clinical = file});
  std::vector<std::vector<double>> columns;
  for (const auto& name : cohort.tables.front().text.columns)
    columns.push_back(numbers(column(cohort, name), cohort.cells));
  return columns;
}

SurvivalData outcome_of(const std::vector<double>& time, const std::vector<double>& event) {
  SurvivalData data{.time = time, .event = {}};
  for (const double code : event) data.event.push_back(code == 1);
  return data;
}

/// Columns of numbers as one matrix, from the column `first` on.
Matrix matrix_of(const std::vector<std::vector<double>>& columns, std::size_t first) {
  Matrix matrix(columns.front().size(), 0);
  for (std::size_t j = first; j < columns.size(); ++j, ++matrix.columns)
    matrix.values.insert(matrix.values.end(), columns[j].begin(), columns[j].end());
  return matrix;
}

/// A file of doubles, column after column.
std::vector<std::vector<double>> read_binary(const fs::path& file, std::size_t rows) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<double> values(fs::file_size(file) / sizeof(double));
  stream.read(reinterpret_cast<char*>(values.data()), std::streamsize(fs::file_size(file)));
  std::vector<std::vector<double>> columns;
  for (auto at = values.begin(); at != values.end(); at += std::ptrdiff_t(rows))
    columns.emplace_back(at, at + std::ptrdiff_t(rows));
  return columns;
}

std::vector<Resample> read_resamples(const fs::path& file, std::size_t patients) {
  std::vector<Resample> resamples;
  for (const auto& column : read_binary(file, patients))
    resamples.emplace_back(column.begin(), column.end());
  return resamples;
}

std::vector<std::size_t> first_indices(std::size_t count) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

// Tasks

CoxFit fit(const SurvivalData& outcome, const Matrix& covariates) {
  return fit_cox(cox_risk_sets(with_ties_merged(outcome)), covariates);
}

Task cox(const SurvivalData& outcome, const Matrix& covariates) {
  return [&] { return Answer{{fit(outcome, covariates).log_likelihood}}; };
}

Task proportional_hazards(const CoxData& data) {
  return [&data, fitted = fit_cox(data)] {
    return Answer{{test_proportional_hazards(fitted, data, TimeTransform::km).global.statistic}};
  };
}

/// With the limits that survfit() computes unless it is told otherwise.
Task kaplan_meier_curve(const SurvivalData& outcome) {
  return [&] {
    return Answer{{sum(
        kaplan_meier(with_ties_merged(outcome), {.conf_type = ConfidenceType::log}).estimate)}};
  };
}

Task log_rank_of_four(const SurvivalData& outcome) {
  std::vector<int> groups;
  for (std::size_t i = 0; i < outcome.size(); ++i) groups.push_back(int(i % 4));
  return [&outcome, groups] {
    return Answer{{log_rank(with_ties_merged(outcome), groups, 4).statistic}};
  };
}

Task concordance_of_model(const Study& study) {
  const auto risk = linear_predictor(fit(study.outcome, study.covariates), study.covariates);
  return [&study, risk] {
    const Estimate estimate = concordance(with_ties_merged(study.outcome), risk).estimate;
    return Answer{{estimate.estimate, estimate.std_error}};
  };
}

Task concordance_bootstrap(const Study& study, const std::vector<Resample>& resamples) {
  return [&] {
    const ResampledConcordance concordance_of(with_ties_merged(study.outcome));
    const DenseRanks risk = dense_ranks(study.covariates.column(0));
    double total = 0;
    for (const auto& resample : resamples)
      total += concordance_of(risk, counts_of(resample, study.outcome.size()));
    return Answer{{total}};
  };
}

Task univariable(const Study& study) {
  return [&] {
    const CoxRiskSets sets = cox_risk_sets(with_ties_merged(study.outcome));
    Answer answer{{0, 0}};
    for (std::size_t j = 0; j < study.covariates.columns; ++j) {
      const CoxFit fitted = fit_cox(sets, columns_of(study.covariates, std::vector{j}));
      answer.checks[0] += fitted.log_likelihood;
      answer.checks[1] += std::abs(fitted.coefficients[0]);
    }
    return answer;
  };
}

Task refits(const Study& study, const std::vector<Resample>& resamples) {
  return [&, covariates = columns_of(study.covariates, first_indices(5))] {
    const CoxRiskSets sets = cox_risk_sets(with_ties_merged(study.outcome));
    Answer answer{{0, 0}};
    for (const auto& resample : resamples) {
      const auto counts = counts_of(resample, study.outcome.size());
      const CoxFit fitted = fit_cox(sets, covariates, {.offset = {}, .counts = counts});
      answer.checks[0] += fitted.log_likelihood;
      answer.checks[1] += sum(fitted.coefficients);
    }
    return answer;
  };
}

/// The deviance that is explained at half of the path and at its end.
Answer answer_of(const PenalisedCoxPath& path) {
  return {{path.dev_ratio.at(49), path.dev_ratio.at(99)}, std::ranges::max(path.kkt)};
}

Task penalised(const Study& study, const PenalisedCoxOptions& options) {
  return [&study, options] {
    return answer_of(fit_penalised_cox(with_ties_merged(study.outcome), study.covariates, options));
  };
}

Task penalised_cv(const Study& study) {
  std::vector<int> folds;
  for (std::size_t i = 0; i < study.outcome.size(); ++i) folds.push_back(int(i % 10));
  return [&study, folds] {
    const SurvivalData outcome = with_ties_merged(study.outcome);
    const auto path = fit_penalised_cox(outcome, study.covariates);
    const auto cv = cross_validate_penalised_cox(outcome, study.covariates, path.lambda, folds);
    return Answer{{cv.lambda_best}, std::ranges::max(path.kkt)};
  };
}

Task fine_gray(const CompetingRisksData& data, const Matrix& covariates) {
  return [&] { return Answer{{fit_fine_gray(with_ties_merged(data), covariates).log_likelihood}}; };
}

Task spearman_correlations(const Study& study) {
  return [&] {
    const Matrix correlations = spearman_matrix(study.covariates);
    const auto& r = correlations.values;
    return Answer{{std::inner_product(r.begin(), r.end(), r.begin(), 0.0)}};
  };
}

Task reading(const fs::path& file) {
  return [file] {
    double total = 0;
    for (const auto& values : read_columns(file)) total += sum(values);
    return Answer{{total}};
  };
}

/// What the tasks work on, which outlives them.
struct Inputs {
  fs::path table;
  Study ten, months, many, hundred, large;
  CoxData ten_data;
  std::vector<Resample> resamples;
  CompetingRisksData competing;
  Matrix three;
};

Inputs read_inputs(const fs::path& data, const fs::path& made) {
  Inputs in;
  in.table = data / "bench_10000x10.csv";
  const auto table = read_columns(in.table);
  in.ten = {outcome_of(table[0], table[1]), matrix_of(table, 3)};
  in.months = {outcome_of(table[2], table[1]), in.ten.covariates};
  in.ten_data = {.outcome = with_ties_merged(in.ten.outcome), .covariates = in.ten.covariates};
  const auto wide = read_columns(data / "bench_500x1000.csv");
  in.many = {outcome_of(wide[0], wide[1]), matrix_of(wide, 2)};
  const auto large = read_binary(made / "large.bin", 10000);
  in.large = {outcome_of(large[0], large[1]), matrix_of(large, 2)};
  in.hundred = {in.large.outcome, columns_of(in.large.covariates, first_indices(100))};
  in.resamples = read_resamples(made / "resamples.bin", in.many.outcome.size());
  const auto causes = read_binary(made / "causes.bin", 2000).front();
  in.competing.cause.assign(causes.begin(), causes.end());
  in.competing.time.assign(table[0].begin(), table[0].begin() + std::ptrdiff_t(causes.size()));
  in.three = rows_of(columns_of(in.ten.covariates, first_indices(3)), first_indices(2000));
  return in;
}

std::map<std::string, Task> tasks(const Inputs& in) {
  return {{"cox", cox(in.ten.outcome, in.ten.covariates)},
          {"cox_tied", cox(in.months.outcome, in.months.covariates)},
          {"cox_100", cox(in.hundred.outcome, in.hundred.covariates)},
          {"ph_test", proportional_hazards(in.ten_data)},
          {"km", kaplan_meier_curve(in.ten.outcome)},
          {"log_rank", log_rank_of_four(in.ten.outcome)},
          {"concordance", concordance_of_model(in.ten)},
          {"concordance_bootstrap", concordance_bootstrap(in.many, in.resamples)},
          {"univariable", univariable(in.many)},
          {"refits", refits(in.many, in.resamples)},
          {"lasso", penalised(in.many, {})},
          {"elastic_net", penalised(in.many, {.alpha = 0.5})},
          {"lasso_large", penalised(in.large, {.lambda_min_ratio = 0.05})},
          {"lasso_cv", penalised_cv(in.many)},
          {"fine_gray", fine_gray(in.competing, in.three)},
          {"spearman", spearman_correlations(in.many)},
          {"read_csv", reading(in.table)}};
}

// Answering

double cpu_s() { return double(std::clock()) / CLOCKS_PER_SEC; }

void write_answer(double seconds, const Answer& answer) {
  std::cout.precision(17);
  std::cout << "{\"cpu_s\": " << seconds << ", \"checks\": [";
  for (std::size_t i = 0; i < answer.checks.size(); ++i)
    std::cout << (i == 0 ? "" : ", ") << answer.checks[i];
  std::cout << "], \"kkt\": " << answer.kkt << "}" << std::endl;
}

void measure(const Task& task, double seconds) {
  Answer answer;
  int runs = 0;
  const double start = cpu_s();
  double spent = 0;
  for (; runs == 0 || spent < seconds; spent = cpu_s() - start, ++runs) answer = task();
  write_answer(spent / runs, answer);
}

int run(std::span<char*> arguments) {
  if (arguments.size() != 3) {
    std::cerr << "usage: radiomics_benchmark_survival DATA MADE\n";
    return 64;
  }
  keep_freed_memory();  // as the program does
  const Inputs inputs = read_inputs(arguments[1], arguments[2]);
  const auto all = tasks(inputs);
  std::cout << "{\"peer\": \"radiomics\"}" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string name;
    double seconds = 0;
    words >> name >> seconds;
    const auto found = all.find(name);
    if (found == all.end())
      throw Error(ErrorKind::invalid_argument, "no task is called '" + name + "'");
    measure(found->second, seconds);
  }
  return 0;
}

}  // namespace
}  // namespace radiomics::benchmarks

int main(int argc, char** argv) {
  namespace program = radiomics::benchmarks;
  return program::run_command("radiomics_benchmark_survival", argc, argv, program::run);
}
