// radiomics survival describe: the cohort, its follow-up and how large a model it can carry.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/describe_output.h"

namespace cli {

void add_survival_describe(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    SurvivalArguments common;
    std::string by;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command =
      survival.add_subcommand("describe", "Cohort table, follow-up, missing values, sample size");
  command->footer(
      "radiomics survival describe --clinical c.csv --endpoint OS:time=months,event=dead "
      "--covariates age,stage --factor stage --horizon 24 --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  command->add_option("--by", arguments->by, "Column of the groups of the cohort table");
  command->callback([arguments, &result] {
    understand(arguments->common);
    result =
        finish(radiomics::run_describe({.common = arguments->common.options, .by = arguments->by},
                                       arguments->common.threads),
               arguments->common);
  });
}

}  // namespace cli
