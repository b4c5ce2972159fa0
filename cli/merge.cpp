// radiomics merge DIR... --output DIR: the folders of shards as one.

#include "radiomics/pipeline/merge.h"

#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/batch_summary.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/options.h"

namespace cli {
namespace {

struct Options {
  std::vector<std::filesystem::path> folders;
  std::filesystem::path output;
};

ExitCode run(const Options& options) {
  const auto merged = radiomics::merge_batches(options.folders, options.output, processors());
  for (const std::string& warning : merged.warnings) print_warning(warning);
  for (const radiomics::Failure& failure : merged.missing)
    print_error(failure.kind, failure.case_name + ": " + failure.message);
  return print_summary(merged.counts, options.output);
}

}  // namespace

void add_merge(CLI::App& app, ExitCode& result) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("merge", "Join the folders of batches: shards, or cohorts");
  command->footer("radiomics merge results/shard-1 results/shard-2 --output results/");
  command->add_option("DIR", options->folders, "Folders that radiomics batch has written to")
      ->type_name("PATH")
      ->required();
  command
      ->add_option("--output", options->output,
                   "Folder for the results and tables of all; made if it is not there")
      ->type_name("PATH")
      ->required();
  command->callback([options, &result] { result = run(*options); });
}

}  // namespace cli
