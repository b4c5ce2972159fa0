// radiomics commands: the help of every command, as the Markdown page docs/commands.md.

#include "cli/commands.h"

#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

namespace cli {
namespace {

void print_command(const CLI::App& command, const std::string& before) {
  const std::string name = before + " " + command.get_name();
  std::cout << "\n## " << name << "\n\n```\n" << command.help(before) << "```\n";
  for (const CLI::App* part : command.get_subcommands({})) print_command(*part, name);
}

}  // namespace

void add_commands(CLI::App& app, ExitCode& result) {
  auto* command = app.add_subcommand("commands", "Print the help of every command as one page");
  command->footer("radiomics commands > commands.md");
  command->callback([&app, &result] {
    std::cout << "# Commands\n\nMade by `radiomics commands`.\n\n## radiomics\n\n```\n"
              << app.help() << "```\n";
    for (const CLI::App* part : app.get_subcommands({})) print_command(*part, app.get_name());
    result = done;
  });
}

}  // namespace cli
