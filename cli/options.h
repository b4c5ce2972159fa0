#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/io/catalogue_options.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/settings/presets.h"

namespace CLI {
class App;
}

namespace cli {

/// How features are computed: the same options for every command that extracts.
struct ExtractionOptions {
  std::string preset = "default";
  std::filesystem::path settings_file;

  /// Those of the preset with the keys that the file gives.
  radiomics::Settings settings() const;
};

void add_extraction_options(CLI::App& command, ExtractionOptions& options);

/// Which regions, and how they are made from others: for every command that looks at regions.
struct RegionOptions {
  std::vector<std::string> rois;
  radiomics::RegionRules rules;
  std::filesystem::path synonyms_file;

  /// The rules with the synonyms of the file, looked through; null where nothing was given.
  /// \throws Error as radiomics::read_synonyms(); CLI::ValidationError if check() refuses them
  std::shared_ptr<const radiomics::RegionRules> all_rules() const;
};

void add_region_options(CLI::App& command, RegionOptions& options);

/// Patterns and rules as names and values, for provenance.
std::vector<std::pair<std::string, std::string>> describe(const RegionOptions& options);

/// The same with one text for every option that there is, "" where it was not given.
std::vector<std::pair<std::string, std::string>> request_of(const RegionOptions& options);

/// Which contradictions between image and mask the user accepts.
void add_mismatch_option(CLI::App& command, radiomics::AcceptedMismatches& accepted);

/// What a command runs over that takes one case.
struct CaseOptions {
  std::filesystem::path image, mask;
  RegionOptions regions;
  std::string series;
  radiomics::AcceptedMismatches accepted;
  bool resample_mask = false;

  /// \param name  of the case; "": see case_of()
  radiomics::Case input(std::string name = "") const;
};

void add_case_options(CLI::App& command, CaseOptions& options);

/// --resample-mask: for every command that needs voxels of a mask on the image's grid.
void add_resample_option(CLI::App& command, bool& resample_mask);

/// What a command runs over that takes many cases.
struct CohortOptions {
  std::filesystem::path input;
  RegionOptions regions;
  radiomics::AcceptedMismatches accepted;
  bool resample_mask = false;
  int jobs = 1;
  std::string catalogue;  ///< see add_catalogue_option()
  radiomics::CaseNaming naming = radiomics::CaseNaming::hash;
};

void add_cohort_options(CLI::App& command, CohortOptions& options);

/// The cases of a cohort. What lies there but makes no case is reported.
radiomics::CaseList cases_of(const CohortOptions& options);

/// --catalogue FILE|none: for every command that looks through folders.
void add_catalogue_option(CLI::App& command, std::string& catalogue);

/// What the option asks for. \param catalogue  its value: a file, "none", or "" for the usual one
radiomics::CatalogueOptions catalogue_options(const std::filesystem::path& input,
                                              const std::string& catalogue, int jobs);

/// Refuses a folder of results that would hold the cache of the catalogue, and with it PatientIDs.
/// \throws Error invalid_settings
void require_catalogue_outside(const std::filesystem::path& output, const CohortOptions& options);

/// The name of a file for provenance; "." for a folder, which is often called after a patient.
std::string name_without_folders(const std::filesystem::path& input);

/// All processors of this machine.
int processors();

/// "1 region", "2 regions"
std::string number_of(std::size_t count, const std::string& what);

}  // namespace cli
