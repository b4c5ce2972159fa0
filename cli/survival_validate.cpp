// radiomics survival validate: predictions, or a frozen model, against what happened.

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/validate_output.h"

namespace cli {
namespace {

struct Arguments {
  SurvivalArguments common{};
  radiomics::ValidateOptions options{};
  std::vector<std::string> predictions{};
};

void understand(Arguments& arguments) {
  understand(arguments.common);
  auto& options = arguments.options;
  options.common = arguments.common.options;
  try {
    for (const auto& text : arguments.predictions)
      options.predictions.push_back(radiomics::parse_prediction(text));
    options.check();
  } catch (const radiomics::Error& error) {
    throw CLI::ValidationError(error.what());
  }
}

void add_validate_options(CLI::App& command, Arguments& arguments) {
  auto& options = arguments.options;
  command
      .add_option("--prediction", arguments.predictions,
                  "NAME:lp=COL[,risk=COL/COL...][,expected=COL]; one risk per horizon")
      ->allow_extra_args(false);
  command.add_option("--model", options.model, "Model that `survival train` wrote");
  command.add_option("--groups", options.groups, "Groups of risk for the calibration")
      ->capture_default_str();
  command
      .add_option("--thresholds", options.thresholds,
                  "Risks T,T,... at which one would treat, for decision curves")
      ->delimiter(',')
      ->allow_extra_args(false);
  add_list_option(
      command, "--subgroup", options.subgroups,
      "Columns A,B,...: performance in each level of a factor, each tertile of a number");
  auto* resamples = command.add_option("--resamples", options.resamples,
                                       "File of resamples: a line of row numbers from 1 each");
  command
      .add_option("--bootstrap", options.bootstrap,
                  "Resamples for limits of C and of its differences")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str()
      ->excludes(resamples);
}

}  // namespace

void add_survival_validate(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand(
      "validate", "Discrimination, calibration and decision curves of predictions");
  command->footer(
      "radiomics survival validate --clinical c.csv --endpoint OS:time=months,event=dead "
      "--horizon 24 --prediction tnm:lp=lp_tnm,risk=risk24 --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  add_validate_options(*command, *arguments);
  command->callback([arguments, &result] {
    understand(*arguments);
    result = finish(radiomics::run_validate(arguments->options, arguments->common.threads),
                    arguments->common);
  });
}

}  // namespace cli
