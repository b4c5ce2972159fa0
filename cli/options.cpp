#include "cli/options.h"

#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>

#include "cli/messages.h"
#include "radiomics/core/text.h"
#include "radiomics/settings/yaml.h"

namespace cli {

void add_extraction_options(CLI::App& command, ExtractionOptions& options) {
  std::vector<std::string_view> names;
  for (const auto& preset : radiomics::all_presets()) names.push_back(preset.name);
  command.add_option("--preset", options.preset, "Settings: " + radiomics::join(names, ", "))
      ->type_name("NAME")
      ->capture_default_str();
  command
      .add_option("--settings", options.settings_file,
                  "YAML file with the settings that differ from the preset's; radiomics settings "
                  "prints a complete one")
      ->type_name("FILE");
}

radiomics::Settings ExtractionOptions::settings() const {
  const radiomics::Settings& base = radiomics::preset(preset);
  return settings_file.empty() ? base : radiomics::read_settings(settings_file, base);
}

void add_roi_option(CLI::App& command, std::vector<std::string>& rois) {
  command
      .add_option(
          "--roi", rois,
          "Name of a region, shell-style ('GTV*'), or a label value; repeatable; without it "
          "every region")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
}

void add_resample_option(CLI::App& command, bool& resample_mask) {
  command.add_flag(
      "--resample-mask", resample_mask,
      "Bring a label image on another grid onto the image's by nearest neighbour, with a warning; "
      "without it such a mask is refused. No effect on RTSTRUCT, whose contours are drawn on the "
      "image's grid, and on DICOM SEG");
}

void add_cohort_options(CLI::App& command, CohortOptions& options) {
  command
      .add_option(
          "INPUT", options.input,
          "Folder with DICOM series and the RTSTRUCT and SEG objects that refer to them, or "
          "a CSV with the columns image,mask and optionally case,roi")
      ->type_name("PATH")
      ->required();
  add_roi_option(command, options.rois);
  add_resample_option(command, options.resample_mask);
  options.jobs = processors();
  command.add_option("--jobs", options.jobs, "Cases at a time; else all processors")
      ->check(CLI::PositiveNumber)
      ->type_name("N")
      ->default_str("");
}

radiomics::CaseList cases_of(const CohortOptions& options) {
  radiomics::CaseList list = radiomics::list_cases(options.input);
  for (radiomics::Case& one : list.cases) {
    if (!options.rois.empty()) one.rois = options.rois;
    one.resample_mask = options.resample_mask;
  }
  for (const auto& failure : list.failures) print_error(failure.kind, failure.message);
  return list;
}

int processors() { return std::max(1, int(std::thread::hardware_concurrency())); }

std::string number_of(std::size_t count, const std::string& what) {
  return radiomics::to_text(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace cli
