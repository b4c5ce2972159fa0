// radiomics selftest: conformance with IBSI on this machine.

#include "radiomics/pipeline/selftest.h"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/messages.h"

namespace cli {
namespace {

ExitCode run(const std::filesystem::path& data) {
  const radiomics::SelfTest result = radiomics::run_selftest(data);
  std::printf("%-16s %-16s %7s %7s\n", "configuration", "family", "values", "met");
  int values = 0, met = 0;
  for (const auto& row : result.rows) {
    std::printf("%-16s %-16s %7d %7d%s\n", row.configuration.c_str(), row.family.c_str(),
                row.values, row.met, row.met == row.values ? "" : "  MISSED");
    values += row.values;
    met += row.met;
  }
  std::printf("%-16s %-16s %7d %7d\n", "all", "", values, met);
  for (const std::string& miss : result.misses) print_error("not_met", miss);
  for (const std::string& note : result.notes) std::cerr << "radiomics: " << note << '\n';
  return met == values ? done : partly_done;
}

}  // namespace

void add_selftest(CLI::App& app, ExitCode& result) {
  auto data = std::make_shared<std::filesystem::path>();
  auto* command = app.add_subcommand(
      "selftest", "Compare the features with the values that the IBSI has published");
  command->footer("radiomics selftest --data reference_data/");
  command
      ->add_option("--data", *data,
                   "Folder that holds ibsi/ibsi1_reference.csv and ibsi/ibsi1_ct, for the "
                   "configurations A to E; the digital phantom is built in")
      ->type_name("PATH");
  command->callback([data, &result] { result = run(*data); });
}

}  // namespace cli
