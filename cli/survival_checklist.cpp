// radiomics survival checklist: which items of the reviewers' checklists earlier runs prove.

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "radiomics/survival/checklist.h"

namespace cli {

void add_survival_checklist(CLI::App& survival, ExitCode& result) {
  struct Arguments {
    std::vector<std::filesystem::path> runs;
    std::filesystem::path output;
  };
  auto arguments = std::make_shared<Arguments>();
  auto* command = survival.add_subcommand(
      "checklist", "Items of METRICS, RQS, CLEAR and TRIPOD+AI that runs prove");
  command->footer("radiomics survival checklist results/compare results/train --output checklist");
  command->add_option("runs", arguments->runs, "Folders of results of radiomics survival")
      ->required();
  command->add_option("--output", arguments->output, "Folder for the results; created if absent")
      ->required();
  command->callback([arguments, &result] {
    write_files(arguments->output, radiomics::run_checklist(arguments->runs).files);
    result = done;
  });
}

}  // namespace cli
