// radiomics survival train: a penalised signature, and what the whole way to it is worth.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/core/text.h"
#include "radiomics/survival/train_output.h"

namespace cli {
namespace {

struct Arguments {
  SurvivalArguments common;
  radiomics::TrainOptions options;
  std::string linkage = "average";
  std::string lambda_rule = "best";
  std::string impute;
  std::string outer = "5x10";
  bool no_standardize = false;
  std::vector<std::string> penalty_factors;
};

void add_filter_options(CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  add_list_option(command, "--forced", options.forced,
                  "Columns A,B,... always in the model, unpenalised");
  command.add_option("--volume", options.volume, "Volume: enters as its logarithm, and as a rival");
  command.add_option("--diameter", options.diameter, "Diameter, a rival");
  command.add_flag("--residualise", options.residualise,
                   "Features less what log volume explains of them");
  command.add_option("--stability", options.stability, "stability.csv: which features repeat");
  command.add_option("--combat", options.combat, "Column of batches to be harmonised");
  add_list_option(command, "--preserve", options.preserve,
                  "Columns A,B,... whose effect ComBat leaves");
  command.add_option("--impute", arguments.impute, "Missing features become this; else left out")
      ->check(CLI::IsMember({"median"}));
  add_redundancy_options(command, options.redundancy, arguments.linkage);
  command.add_option("--prefilter", options.prefilter, "Largest p of one feature alone")
      ->check(CLI::Range(0.0, 1.0));
}

void add_penalty_options(CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  command.add_option("--penalty-mix", options.penalty_mix, "1 lasso, 0 ridge")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--lambda", options.lambda, "Fixed penalty; else by inner cross-validation")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--lambda-rule", arguments.lambda_rule, "Best, or largest within 1 se of it")
      ->check(CLI::IsMember({"best", "1se"}))
      ->capture_default_str();
  command
      .add_option("--lambda-min-ratio", options.lambda_min_ratio, "End of the path of penalties")
      ->check(CLI::Range(1e-12, 1.0))
      ->capture_default_str();
  command.add_option("--lambda-count", options.lambda_count, "Penalties on the path")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();
  add_list_option(command, "--penalty-factor", arguments.penalty_factors, "FEATURE=W,...; else 1");
  command.add_flag("--no-standardize", arguments.no_standardize,
                   "Penalise the features as they are");
  command.add_option("--inner", options.inner_folds, "Folds that choose the penalty")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();
}

void add_validation_options(CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  command.add_option("--outer", arguments.outer, "Folds x repetitions of the validation")
      ->capture_default_str();
  command.add_option("--folds", options.folds, "Column of fixed folds, for outer and inner ones");
  command.add_option("--bootstrap", options.bootstrap, "Resamples; 0: none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--resamples", options.resamples,
                     "File of resamples: one a line, numbers of complete rows");
  command.add_option("--permutations", options.permutations, "Of the outcomes; 0: none")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
}

void understand_outer(Arguments& arguments) {
  const auto parts = radiomics::split(arguments.outer, 'x');
  const auto folds = radiomics::to_integer(parts[0]);
  const auto repeats = parts.size() == 2 ? radiomics::to_integer(parts[1]) : std::optional<int>(1);
  if (parts.size() > 2 || !folds || !repeats || *folds < 2 || *repeats < 1)
    throw CLI::ValidationError("--outer '" + arguments.outer +
                               "' is not FOLDSxREPETITIONS, for example 5x10");
  arguments.options.outer_folds = *folds;
  arguments.options.repeats = *repeats;
}

void understand_train(const CLI::App& command, Arguments& arguments) {
  understand(arguments.common);
  auto& options = arguments.options;
  options.common = arguments.common.options;
  if (command.count("--ties") == 0) options.common.ties = radiomics::Ties::breslow;
  options.linkage = linkage_of(arguments.linkage);
  options.lambda_rule =
      arguments.lambda_rule == "1se" ? radiomics::LambdaRule::one_se : radiomics::LambdaRule::best;
  options.impute_median = arguments.impute == "median";
  options.standardize = !arguments.no_standardize;
  understand_outer(arguments);
  options.penalty_factors = penalty_factors(arguments.penalty_factors);
}

}  // namespace

void add_survival_train(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("train", "Train a signature and judge the way to it");
  command->footer(
      "radiomics survival train --features f.csv --clinical c.csv --endpoint "
      "OS:time=months,event=dead --volume volume --forced stage --factor stage:I-II,IIIA,IIIB "
      "--output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  add_filter_options(*command, *arguments);
  add_penalty_options(*command, *arguments);
  add_validation_options(*command, *arguments);
  command->callback([arguments, command, &result] {
    understand_train(*command, *arguments);
    result = finish(run_train(arguments->options, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
