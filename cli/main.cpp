#include <algorithm>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/survival_options.h"
#include "radiomics/core/error.h"
#include "radiomics/core/machine.h"
#include "radiomics/tables/provenance.h"

namespace {

/// Help that starts with an example: CLI11's footer, moved to the front.
struct ExampleFirst : CLI::Formatter {
  std::string make_description(const CLI::App* app) const override {
    const std::string example = app->get_footer();
    return (example.empty() ? "" : "Example: " + example + "\n\n") + app->get_description() + "\n";
  }
  std::string make_footer(const CLI::App*) const override { return ""; }
};

void add_all_commands(CLI::App& app, const std::vector<std::string>& words, cli::ExitCode& result) {
  cli::add_extract(app, result);
  cli::add_batch(app, words, result);
  cli::add_merge(app, result);
  cli::add_inspect(app, result);
  cli::add_features(app, result);
  cli::add_settings(app, result);
  cli::add_mask(app, result);
  cli::add_qc(app, result);
  cli::add_survival(app, result);
  cli::add_selftest(app, result);
  cli::add_commands(app, result);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Radiomic features of medical images, and what they say about prognosis.",
               "radiomics");
  app.formatter(std::make_shared<ExampleFirst>());
  app.footer("radiomics batch hospital_export/ --output results/");
  app.set_version_flag("--version", "radiomics " + radiomics::program_version());
  app.require_subcommand(1);
  cli::ExitCode result = cli::done;
  radiomics::keep_freed_memory();
  const std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
  add_all_commands(app, words, result);
  try {
    auto words_in_full = cli::with_config_file({argv + std::min(argc, 1), argv + argc});
    std::ranges::reverse(words_in_full);  // as CLI11 takes them
    app.parse(std::move(words_in_full));
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    cli::print_error("usage", std::string(error.what()) + "; see radiomics --help");
    return cli::wrong_usage;
  } catch (const radiomics::Error& error) {
    cli::print_error(to_string(error.kind()), error.what());
    return cli::refused;
  } catch (const std::exception& error) {  // memory or threads ran out, or a mistake of ours
    cli::print_error("internal", std::string(error.what()) + "; free memory, or report this");
    return cli::refused;
  }
  return result;
}
