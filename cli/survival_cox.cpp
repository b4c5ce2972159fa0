// radiomics survival cox: one pre-specified model with its tests, diagnostics and predictions.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/cox_output.h"

namespace cli {
namespace {

struct Arguments {
  SurvivalArguments common;
  radiomics::CoxModelOptions options;
  std::vector<std::string> splines;
  radiomics::PenalisedPathOptions penalty;
  std::vector<std::string> penalty_factors;
  std::string cv_folds;
  bool no_standardize = false;
};

void add_options(CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  command.add_option("--cluster", options.cluster, "Column of what is independent: robust errors");
  command.add_flag("--firth", options.firth, "Firth's penalty: finite where groups are separated");
  command.add_option("--spline", arguments.splines, "VARIABLE:KNOTS: a restricted cubic spline")
      ->allow_extra_args(false);
  command.add_option("--newdata", options.newdata, "CSV table of patients to predict for");
  command.add_option("--bootstrap", options.bootstrap, "Resamples for the optimism; 0: none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--resamples", options.resamples,
                     "File of resamples: one a line, numbers of complete rows");
  command.add_option("--folds", options.folds, "Column of the folds of a cross-validation");
  command
      .add_option("--imputed", options.imputed, "Tables F1,F2,... in place of --clinical: pooled")
      ->delimiter(',')
      ->allow_extra_args(false);
}

void add_penalty_options(CLI::App& command, Arguments& arguments) {
  auto& penalty = arguments.penalty.penalty;
  auto* mix =
      command
          .add_option("--penalty-mix", penalty.alpha, "Penalised path instead: 1 lasso, 0 ridge")
          ->check(CLI::Range(0.0, 1.0));
  command.add_option("--lambda", penalty.lambdas, "Penalties L1,L2,...; else a path of 100")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::NonNegativeNumber)
      ->needs(mix);
  command.add_option("--lambda-min-ratio", penalty.lambda_min_ratio, "End of the path")
      ->check(CLI::Range(1e-12, 1.0))
      ->needs(mix);
  add_list_option(command, "--penalty-factor", arguments.penalty_factors, "VARIABLE=W,...; else 1")
      ->needs(mix);
  command.add_flag("--no-standardize", arguments.no_standardize, "Penalise columns as they are")
      ->needs(mix);
  command.add_option("--cv-folds", arguments.cv_folds, "Column of folds, or how many to draw")
      ->needs(mix);
}

void understand_penalty(const CLI::App& command, Arguments& arguments) {
  if (command.count("--penalty-mix") == 0) return;
  auto& penalty = arguments.penalty;
  penalty.penalty.standardize = !arguments.no_standardize;
  penalty.penalty_factors = penalty_factors(arguments.penalty_factors);
  if (!arguments.cv_folds.empty()) radiomics::set_cv_folds(arguments.cv_folds, penalty);
  if (command.count("--ties") == 0) arguments.options.common.ties = radiomics::Ties::breslow;
  arguments.options.penalty = penalty;
}

/// \throws CLI::ValidationError
void understand(const CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  auto& clinical = arguments.common.options.cohort.clinical;
  if (!options.imputed.empty()) {
    if (!clinical.empty())
      throw CLI::ValidationError("--imputed stands in place of --clinical; leave one out");
    clinical = options.imputed[0];
  }
  understand(arguments.common);
  options.common = arguments.common.options;
  try {
    for (const auto& text : arguments.splines)
      options.splines.push_back(radiomics::parse_spline(text));
    understand_penalty(command, arguments);
    options.require_sense();
  } catch (const radiomics::Error& error) {
    throw CLI::ValidationError(error.what());
  }
}

}  // namespace

void add_survival_cox(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("cox", "One Cox model with tests and diagnostics");
  command->footer(
      "radiomics survival cox --clinical c.csv --features f.csv --endpoint "
      "OS:time=months,event=dead --covariates diameter,stage --factor stage:I-II,IIIA,IIIB "
      "--horizon 24 --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  add_options(*command, *arguments);
  add_penalty_options(*command, *arguments);
  command->callback([arguments, command, &result] {
    understand(*command, *arguments);
    result = finish(radiomics::run_cox(arguments->options, arguments->common.threads),
                    arguments->common);
  });
}

}  // namespace cli
