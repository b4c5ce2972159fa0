#include "radiomics/tables/json.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace radiomics {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Geometry& grid) {
  return {{"size", grid.size},
          {"spacing_mm", grid.spacing_mm},
          {"origin_mm", grid.origin_mm},
          {"direction", grid.direction}};
}

Json to_json(const Box& box) { return {{"first", box.first}, {"last", box.last}}; }

Json to_json(const Diagnostics& d) {
  return {{"modality", d.modality},
          {"image", {{"geometry", to_json(d.image)},
                     {"box_read", to_json(d.image_box)},
                     {"sha256", d.image_sha256}}},
          {"mask", {{"box", to_json(d.mask_box)}, {"sha256", d.mask_sha256}}},
          {"resampled", to_json(d.resampled)},
          {"voxels", {{"mask", d.voxels_drawn},
                      {"resampled", d.voxels_outline},
                      {"resegmented", d.voxels_measured}}},
          {"grey_levels", d.grey_levels}};
}

Json region(const FeatureTable::Row& row) {
  return {{"case", row.case_name},
          {"roi", row.roi},
          {"warnings", row.warnings},
          {"diagnostics", to_json(row.diagnostics)}};
}

Json to_json(const Provenance& provenance) {
  Json settings = Json::object();
  for (const auto& [name, value] : provenance.settings) settings[name] = value;
  return {{"program", {{"name", "radiomics"}, {"version", program_version()}}},
          {"input", provenance.input},
          {"settings", settings},
          {"settings_sha256", settings_sha256(provenance)},
          {"warnings", provenance.warnings}};
}

// Names come from files: what is no valid UTF-8 must not stop the table.
void write(const Json& json, std::ostream& out) {
  out << json.dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace

void write_json(const FeatureTable& table, const Provenance& provenance, std::ostream& out) {
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json json = region(row);
    for (std::size_t i = 0; i < table.carried_columns.size(); ++i)
      json["carried"][table.carried_columns[i]] = row.carried[i];
    Json& values = json["features"] = Json::object();
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      values[column_name(table.columns[i])] =
          std::isfinite(row.values[i]) ? Json(row.values[i]) : Json();
    rows.push_back(std::move(json));
  }
  write({{"provenance", to_json(provenance)}, {"rows", rows}}, out);
}

void write_provenance_json(const FeatureTable& table, const Provenance& provenance,
                           std::ostream& out) {
  Json json = to_json(provenance);
  json["regions"] = Json::array();
  for (const auto& row : table.rows) json["regions"].push_back(region(row));
  write(json, out);
}

}  // namespace radiomics
