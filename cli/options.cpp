#include "cli/options.h"

#include <algorithm>
#include <system_error>
#include <thread>

#include <CLI/CLI.hpp>

#include "cli/messages.h"
#include "radiomics/core/error.h"
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

namespace {

void add_rule_option(CLI::App& command, const radiomics::RuleSyntax& syntax,
                     radiomics::RegionRules& rules) {
  command
      .add_option_function<std::vector<std::string>>(
          syntax.option,
          [&rules, syntax](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) try {
                add_rule(rules, syntax.kind, text);
              } catch (const radiomics::Error& error) {
                throw CLI::ValidationError(syntax.option, error.what());
              }
          },
          std::string(syntax.help) + "; repeatable")
      ->type_name(syntax.argument)
      ->allow_extra_args(false);
}

}  // namespace

void add_region_options(CLI::App& command, RegionOptions& options) {
  command
      .add_option("--roi", options.rois,
                  "Name of a region, shell-style ('GTV*'), or a label value; repeatable; without "
                  "it every region, or those that --union, --intersect, --minus and --ring make")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  command
      .add_option("--exclude", options.rules.excluded,
                  "Name of a region that no pattern shall match, shell-style; repeatable")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  command
      .add_option("--synonyms", options.synonyms_file,
                  "CSV with the columns name,pattern: a region that matches pattern is called name")
      ->type_name("FILE");
  for (const auto& syntax : radiomics::rule_syntaxes)
    add_rule_option(command, syntax, options.rules);
}

std::shared_ptr<const radiomics::RegionRules> RegionOptions::all_rules() const {
  auto all = std::make_shared<radiomics::RegionRules>(rules);
  if (!synonyms_file.empty()) all->synonyms = radiomics::read_synonyms(synonyms_file);
  try {
    check(*all);
  } catch (const radiomics::Error& error) {
    throw CLI::ValidationError(error.what());
  }
  const bool any = !all->rules.empty() || !all->excluded.empty() || !all->synonyms.empty();
  return any ? all : nullptr;
}

std::vector<std::pair<std::string, std::string>> describe(const RegionOptions& options) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const std::string& pattern : options.rois) lines.emplace_back("roi", pattern);
  if (const auto rules = options.all_rules())
    for (auto& line : describe(*rules)) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::pair<std::string, std::string>> request_of(const RegionOptions& options) {
  std::vector<std::pair<std::string, std::string>> request{
      {"roi", ""}, {"exclude", ""}, {"synonym", ""}};
  for (const auto& syntax : radiomics::rule_syntaxes)
    request.emplace_back(syntax.option + 2, "");  // without "--"
  for (const auto& line : describe(options)) {
    const auto same_name = [&](const auto& one) { return one.first == line.first; };
    std::string& text = std::ranges::find_if(request, same_name)->second;
    text += (text.empty() ? "" : ", ") + line.second;
  }
  return request;
}

void add_mismatch_option(CLI::App& command, radiomics::AcceptedMismatches& accepted) {
  command
      .add_option_function<std::vector<std::string>>(
          "--accept-mismatch",
          [&accepted](const std::vector<std::string>& names) {
            for (const std::string& name : names) accept(accepted, name);
          },
          "Use image and mask although they differ in this: " +
              radiomics::join(radiomics::mismatch_names, ", ") +
              "; repeatable; each becomes a warning")
      ->type_name("WHAT")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(radiomics::mismatch_names),
                                                     std::end(radiomics::mismatch_names))))
      ->allow_extra_args(false);
}

void add_case_options(CLI::App& command, CaseOptions& options) {
  command
      .add_option("IMAGE", options.image,
                  "DICOM folder (one series; of several the one that the mask refers to) or a "
                  "NIfTI, NRRD or MetaImage file")
      ->type_name("PATH")
      ->required();
  command
      .add_option("MASK", options.mask,
                  "RTSTRUCT or DICOM SEG file, a folder that holds one, or a label image on the "
                  "grid of IMAGE: NIfTI, NRRD (3D Slicer's segments by name) or MetaImage")
      ->type_name("PATH")
      ->required();
  add_region_options(command, options.regions);
  command
      .add_option(
          "--series", options.series,
          "If IMAGE holds several series: the SeriesInstanceUID of one, or its name as radiomics "
          "inspect shows it")
      ->type_name("UID");
  add_mismatch_option(command, options.accepted);
  add_resample_option(command, options.resample_mask);
}

radiomics::Case CaseOptions::input(std::string name) const {
  radiomics::Case one = radiomics::case_of(image, mask, std::move(name), series);
  one.rois = regions.rois;
  one.rules = regions.all_rules();
  one.accepted = accepted;
  one.resample_mask = resample_mask;
  return one;
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
  add_region_options(command, options.regions);
  add_mismatch_option(command, options.accepted);
  add_resample_option(command, options.resample_mask);
  options.jobs = processors();
  command.add_option("--jobs", options.jobs, "Cases at a time; else all processors")
      ->check(CLI::PositiveNumber)
      ->type_name("N")
      ->default_str("");
  add_catalogue_option(command, options.catalogue);
}

void add_catalogue_option(CLI::App& command, std::string& catalogue) {
  command
      .add_option("--catalogue", catalogue,
                  "File that keeps what the headers of a folder say, for the next run, or none. It "
                  "holds PatientIDs and UIDs: keep it apart from the results. Else one for each "
                  "folder in ~/.cache/radiomics")
      ->type_name("FILE");
}

radiomics::CatalogueOptions catalogue_options(const std::filesystem::path& input,
                                              const std::string& catalogue, int jobs) {
  if (catalogue == "none") return {jobs, {}};
  if (catalogue.empty()) return {jobs, radiomics::default_catalogue_cache(input)};
  return {jobs, catalogue};
}

void require_catalogue_outside(const std::filesystem::path& output, const CohortOptions& options) {
  const auto cache = catalogue_options(options.input, options.catalogue, options.jobs).cache;
  if (cache.empty()) return;
  radiomics::require(!radiomics::lies_in(cache, output), radiomics::ErrorKind::invalid_settings,
                     cache.string() +
                         ": the catalogue holds PatientIDs and must not lie with the results in " +
                         output.string() + "; give another --catalogue");
}

radiomics::CaseList cases_of(const CohortOptions& options) {
  const auto rules = options.regions.all_rules();
  radiomics::CaseList list =
      radiomics::list_cases(options.input, options.naming,
                            catalogue_options(options.input, options.catalogue, options.jobs));
  for (radiomics::Case& one : list.cases) {
    if (!options.regions.rois.empty()) one.rois = options.regions.rois;
    one.rules = rules;
    one.accepted = options.accepted;
    one.resample_mask = options.resample_mask;
  }
  print_failures(list.failures);
  if (!list.cache_problem.empty()) print_warning(list.cache_problem);
  return list;
}

std::string name_without_folders(const std::filesystem::path& input) {
  std::error_code ignored;
  return std::filesystem::is_directory(input, ignored) ? "." : input.filename().string();
}

int processors() { return std::max(1, int(std::thread::hardware_concurrency())); }

std::string number_of(std::size_t count, const std::string& what) {
  return radiomics::to_text(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace cli
