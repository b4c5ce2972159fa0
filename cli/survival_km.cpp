// radiomics survival km: Kaplan-Meier curves by group, medians, S at horizons, log-rank tests.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/km_output.h"

namespace cli {

void add_survival_km(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    SurvivalArguments common;
    std::string by;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("km", "Kaplan-Meier curves, medians, log-rank tests");
  command->footer(
      "radiomics survival km --clinical c.csv --endpoint OS:time=months,event=dead --by stage "
      "--horizon 12,24 --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  command->add_option("--by", arguments->by, "Column of the groups");
  command->callback([arguments, &result] {
    understand(arguments->common);
    result = finish(radiomics::run_km({.common = arguments->common.options, .by = arguments->by},
                                      arguments->common.threads),
                    arguments->common);
  });
}

}  // namespace cli
