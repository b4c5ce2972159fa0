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
    radiomics::KmOptions options;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("km", "Kaplan-Meier curves, medians, log-rank tests");
  command->footer(
      "radiomics survival km --clinical c.csv --endpoint OS:time=months,event=dead --by stage "
      "--horizon 12,24 --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  auto& options = arguments->options;
  auto* by = command->add_option("--by", options.by, "Column of the groups");
  command
      ->add_flag("--trend", options.trend,
                 "Also test for a trend over the groups, scored 1, 2, 3 in their order")
      ->needs(by);
  command->add_flag("--pairwise", options.pairwise, "Also test every two groups, with Holm's p")
      ->needs(by);
  command->callback([arguments, &result] {
    understand(arguments->common);
    arguments->options.common = arguments->common.options;
    result =
        finish(radiomics::run_km(arguments->options, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
