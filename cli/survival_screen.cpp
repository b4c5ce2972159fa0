// radiomics survival screen: every feature by itself against the outcome, size and each other.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/survival_options.h"
#include "radiomics/survival/screen_output.h"

namespace cli {
namespace {

struct ScreenArguments {
  SurvivalArguments common{};
  radiomics::ScreenOptions options{};
  std::string linkage = "average";
  std::string family = "endpoint";
};

void understand_screen(ScreenArguments& arguments) {
  understand(arguments.common);
  auto& options = arguments.options;
  options.common = arguments.common.options;
  if (arguments.family == "all") options.family = radiomics::TestFamily::all;
  options.linkage = linkage_of(arguments.linkage);
}

}  // namespace

void add_survival_screen(CLI::App& survival, ExitCode& result) {
  auto arguments = std::make_shared<ScreenArguments>();
  auto* command =
      survival.add_subcommand("screen", "Every feature by itself: outcome, size, redundancy");
  command->footer(
      "radiomics survival screen --features f.csv --clinical c.csv --endpoint "
      "OS:time=months,event=dead --volume original_shape_MeshVolume --output results");
  add_survival_options(*command, arguments->common, Endpoints::required);
  auto& options = arguments->options;
  command->add_option("--volume", options.volume, "Column of the volume: names its surrogates");
  command->add_option("--diameter", options.diameter, "Column of the largest diameter");
  add_redundancy_options(*command, options.redundancy, arguments->linkage);
  command->add_option("--family", arguments->family, "Tests that are adjusted together")
      ->check(CLI::IsMember({"endpoint", "all"}))
      ->capture_default_str();
  command->add_option("--stability", options.stability,
                      "stability.csv: of redundant features the most repeatable is kept");
  command->callback([arguments, &result] {
    understand_screen(*arguments);
    result = finish(run_screen(arguments->options, arguments->common.threads), arguments->common);
  });
}

}  // namespace cli
