#include "radiomics/survival/extraction_settings.h"

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "radiomics/cohort/column.h"
#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

constexpr const char* member = "settings_sha256";

std::string from_column(const Cohort& cohort, const std::string& name) {
  const Column hashes = column(cohort, name);
  std::string hash;
  for (std::size_t i = 0; i < hashes.cells.size(); ++i) {
    if (hashes.missing[i]) continue;
    require(hash.empty() || hash == hashes.cells[i], ErrorKind::ambiguous_input,
            hashes.place(i) +
                ": extracted with other settings than the rows before it; extract "
                "all patients with the same settings");
    hash = hashes.cells[i];
  }
  return hash;
}

std::string from_provenance(const std::filesystem::path& file) {
  const auto json = nlohmann::json::parse(read_text(file), nullptr, false);
  require(json.is_object(), ErrorKind::unreadable_file,
          file.filename().string() + ": no provenance; extract the features again or remove it");
  const auto found = json.find(member);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

std::string extraction_settings(const Cohort& cohort, const CohortOptions& options) {
  for (const auto& table : cohort.tables)
    for (const auto& name : table.text.columns)
      if (table.role == "features" && lower_case(trimmed(name)) == member)
        return from_column(cohort, name);
  if (options.features.empty()) return "";
  const auto folder = options.features.parent_path();
  for (const auto& file : {std::filesystem::path(options.features.string() + ".provenance.json"),
                           folder / "provenance.json", folder / "run.json"})
    if (std::filesystem::is_regular_file(file)) return from_provenance(file);
  return "";
}

}  // namespace radiomics
