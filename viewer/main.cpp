// radiomics-viewer IMAGE MASK: a region in three planes and as a surface, on the screen or as a
// PNG.

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/load.h"
#include "radiomics/tables/provenance.h"
#include "viewer/display.h"
#include "viewer/scene.h"

namespace viewer {
namespace {

enum ExitCode { done = 0, refused = 2, wrong_usage = 64 };

struct Options {
  std::filesystem::path image, mask, synonyms, screenshot;
  std::vector<std::string> rois;
  radiomics::RegionRules rules;
  bool resample_mask = false;
  WindowSize size;
};

/// Help that starts with an example: CLI11's footer, moved to the front.
struct ExampleFirst : CLI::Formatter {
  std::string make_description(const CLI::App* app) const override {
    return "Example: " + app->get_footer() + "\n\n" + app->get_description() + "\n";
  }
  std::string make_footer(const CLI::App*) const override { return ""; }
};

void print(std::string_view text) {
  std::cerr << "radiomics-viewer: " << radiomics::one_line(text) << '\n';
}

void print_error(std::string_view kind, std::string_view text) {
  print("error: " + std::string(kind) + ": " + std::string(text));
}

WindowSize window_size(const std::string& text) {
  const auto parts = radiomics::split(text, 'x');
  const auto width = radiomics::to_integer(parts.front()),
             height = radiomics::to_integer(parts.back());
  if (parts.size() != 2 || !width || !height || std::min(*width, *height) < 200 ||
      std::max(*width, *height) > 8192)
    throw CLI::ValidationError("--size", "'" + text + "' is not WIDTHxHEIGHT, 200 to 8192 each");
  return {*width, *height};
}

/// Those that patterns match, of the regions of the file and those that rules make; without
/// patterns all.
std::vector<std::string> asked_for(const std::vector<std::string>& patterns,
                                   const std::vector<std::string>& regions) {
  std::vector<std::string> result;
  for (const std::string& region : regions)
    if (patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
          return radiomics::matches(region, pattern);
        }))
      result.push_back(region);
  return result.empty() ? regions : result;
}

Study opened(const Options& options) {
  radiomics::Case input = radiomics::case_of(options.image, options.mask, "");
  input.rois = options.rois;
  radiomics::RegionRules rules = options.rules;
  if (!options.synonyms.empty()) rules.synonyms = radiomics::read_synonyms(options.synonyms);
  check(rules);
  input.rules = std::make_shared<radiomics::RegionRules>(std::move(rules));
  input.resample_mask = options.resample_mask;
  const radiomics::OpenedCase one = radiomics::open_case(input);
  const std::vector<std::string> candidates = asked_for(options.rois, one.rois);
  const std::string& shown = candidates.front();
  const radiomics::RegionMask region = drawn_region(one, shown);
  for (const auto* warnings : {&one.warnings, &region.warnings})
    for (const std::string& warning : *warnings) print("warning: " + warning);
  if (candidates.size() > 1)
    print("warning: the first of " + radiomics::to_text(candidates.size()) +
          " regions is shown; choose with --roi: " + radiomics::join(candidates, ", "));
  return make_study(one.image, region.mask, one.name, shown);
}

void run(const Options& options) {
  const Study study = opened(options);
  require_display();
  const bool on_screen = options.screenshot.empty();
  Scene scene(study, initial_state(study), options.size, on_screen);
  if (on_screen)
    scene.run();
  else
    scene.write_screenshot(options.screenshot);
}

void add_rule_options(CLI::App& app, Options& options) {
  app.add_option("--exclude", options.rules.excluded,
                 "Name of a region that no pattern shall match")
      ->allow_extra_args(false);
  app.add_option("--synonyms", options.synonyms,
                 "CSV with the columns name,pattern: a region that matches pattern is called name");
  for (const radiomics::RuleSyntax& syntax : radiomics::rule_syntaxes)
    app.add_option_function<std::vector<std::string>>(
           syntax.option,
           [&options, syntax](const std::vector<std::string>& texts) {
             for (const std::string& text : texts) try {
                 add_rule(options.rules, syntax.kind, text);
               } catch (const radiomics::Error& error) {
                 throw CLI::ValidationError(syntax.option, error.what());
               }
           },
           syntax.help)
        ->type_name(syntax.argument)
        ->allow_extra_args(false);
}

void add_options(CLI::App& app, Options& options) {
  app.add_option("IMAGE", options.image, "DICOM folder, or NIfTI, NRRD or MetaImage file")
      ->required();
  app.add_option("MASK", options.mask, "RTSTRUCT or DICOM SEG, or a label image")->required();
  app.add_option("--roi", options.rois, "Name of the region, shell-style; else the first of MASK")
      ->allow_extra_args(false);
  add_rule_options(app, options);
  app.add_flag("--resample-mask", options.resample_mask,
               "Bring a label image on another grid onto the image's by nearest neighbour");
  app.add_option("--screenshot", options.screenshot, "Write a PNG file and show no window");
  app.add_option_function<std::string>(
         "--size", [&](const std::string& text) { options.size = window_size(text); },
         "Size of the window in pixels")
      ->type_name("WIDTHxHEIGHT");
}

}  // namespace
}  // namespace viewer

int main(int argc, char** argv) {
  CLI::App app("Shows a region on its image: axial, coronal and sagittal slice, and the surface.",
               "radiomics-viewer");
  app.formatter(std::make_shared<viewer::ExampleFirst>());
  app.footer("radiomics-viewer ct.nii.gz tumour.nii.gz --screenshot tumour.png");
  app.set_version_flag("--version", "radiomics-viewer " + radiomics::program_version());
  viewer::Options options;
  viewer::add_options(app, options);
  try {
    app.parse(argc, argv);
    viewer::run(options);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    viewer::print_error("usage", std::string(error.what()) + "; see radiomics-viewer --help");
    return viewer::wrong_usage;
  } catch (const radiomics::Error& error) {
    viewer::print_error(to_string(error.kind()), error.what());
    return viewer::refused;
  } catch (const std::exception& error) {  // memory ran out, or a mistake of ours
    viewer::print_error("internal", std::string(error.what()) + "; free memory, or report this");
    return viewer::refused;
  }
  return viewer::done;
}
