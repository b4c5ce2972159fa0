// radiomics survival cif: cumulative incidence where a competing event can come first.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/cif_output.h"

namespace cli {

void add_survival_cif(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    SurvivalArguments common;
    radiomics::CifOptions options;
    std::string std_error = "infinitesimal-jackknife";
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand("cif", "Cumulative incidence with competing events");
  command->footer(
      "radiomics survival cif --clinical c.csv --competing "
      "LR=lr_months/lr_event,death=os_months/os_event --by stage --horizon 12,24 --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  auto& options = arguments->options;
  command->add_option("--by", options.by, "Column of the groups");
  command->add_option("--std-error", arguments->std_error, "Standard errors of the incidence")
      ->check(CLI::IsMember({"infinitesimal-jackknife", "delta"}))
      ->capture_default_str();
  command->add_option("--newdata", options.newdata, "CSV table of patients to predict");
  command->callback([arguments, &result] {
    auto& chosen = arguments->options;
    understand(arguments->common);
    chosen.common = arguments->common.options;
    if (arguments->std_error == "delta") chosen.std_error = radiomics::IncidenceError::delta;
    if (!chosen.newdata.empty() && chosen.common.covariates.empty())
      throw CLI::ValidationError("--newdata needs --covariates");
    result = finish(run_cif(chosen, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
