// radiomics features: every feature, as the Markdown page docs/features.md or as CSV.

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "radiomics/features/families.h"
#include "radiomics/tables/csv.h"

namespace cli {
namespace {

using radiomics::FeatureFamily;

void print_aggregations(const FeatureFamily& family) {
  for (const auto aggregation :
       aggregations_of(family.aggregation, radiomics::all_aggregations())) {
    if (aggregation == radiomics::Aggregation::none) continue;
    std::cout << "* `" << column_suffix(aggregation) << "` (" << ibsi_code(aggregation)
              << "): " << description(aggregation) << '\n';
  }
}

void print_markdown() {
  std::cout << "# Features\n\n"
               "Made by `radiomics features`. Columns of the wide table are called\n"
               "`<image type>_<family>_<feature>`, and for texture the aggregation follows.\n"
               "The unit `intensity` is that of the image (HU for CT).\n";
  for (const FeatureFamily& family : radiomics::all_families()) {
    std::cout << "\n## " << family.title << " (`" << family.name << "`, IBSI " << family.ibsi
              << ")\n\n";
    print_aggregations(family);
    if (family.aggregation != radiomics::AggregationKind::none) std::cout << '\n';
    std::cout << "| feature | IBSI | PyRadiomics | unit | meaning |\n|---|---|---|---|---|\n";
    for (const auto& [name, ibsi, pyradiomics, unit, summary] : family.definitions)
      std::cout << "| " << name << " | " << ibsi << " | " << pyradiomics << " | " << unit << " | "
                << summary << " |\n";
  }
}

void print_csv() {
  std::cout << "family,feature,ibsi_code,pyradiomics,unit,meaning\n";
  for (const FeatureFamily& family : radiomics::all_families())
    for (const auto& [name, ibsi, pyradiomics, unit, summary] : family.definitions)
      std::cout << family.name << ',' << name << ',' << ibsi << ',' << pyradiomics << ',' << unit
                << ',' << radiomics::csv_cell(summary) << '\n';
}

}  // namespace

void add_features(CLI::App& app, ExitCode& result) {
  auto format = std::make_shared<std::string>("md");
  auto* command = app.add_subcommand("features", "Print the table of all features");
  command->footer("radiomics features --format csv > features.csv");
  command->add_option("--format", *format, "Page or table")
      ->check(CLI::IsMember({"md", "csv"}))
      ->capture_default_str();
  command->callback([format, &result] {
    *format == "csv" ? print_csv() : print_markdown();
    result = done;
  });
}

}  // namespace cli
