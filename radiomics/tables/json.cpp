#include "radiomics/tables/json.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/tables/json_writer.h"

namespace radiomics {
namespace {

void write_geometry(JsonWriter& json, std::string_view name, const Geometry& grid) {
  json.key(name)
      .begin_object()
      .member("size", grid.size)
      .member("spacing_mm", grid.spacing_mm)
      .member("origin_mm", grid.origin_mm)
      .member("direction", grid.direction)
      .end_object();
}

void write_box(JsonWriter& json, std::string_view name, const Box& box) {
  json.key(name).begin_object().member("first", box.first).member("last", box.last).end_object();
}

void write_diagnostics(JsonWriter& json, const Diagnostics& d) {
  json.key("diagnostics").begin_object().member("modality", d.modality);
  json.key("image").begin_object();
  write_geometry(json, "geometry", d.image);
  write_box(json, "box_read", d.image_box);
  json.member("sha256", d.image_sha256).end_object();
  json.key("mask").begin_object();
  write_box(json, "box", d.mask_box);
  json.member("sha256", d.mask_sha256).end_object();
  write_geometry(json, "resampled", d.resampled);
  json.key("voxels")
      .begin_object()
      .member("mask", d.voxels_drawn)
      .member("resampled", d.voxels_outline)
      .member("resegmented", d.voxels_measured)
      .end_object();
  json.member("grey_levels", d.grey_levels).end_object();
}

/// What is known about a region but its values.
void write_region(JsonWriter& json, const FeatureTable::Row& row) {
  json.member("case", row.case_name).member("roi", row.roi).member("warnings", row.warnings);
  write_diagnostics(json, row.diagnostics);
}

void write_row(JsonWriter& json, const FeatureTable& table, const FeatureTable::Row& row) {
  json.begin_object();
  write_region(json, row);
  json.key("carried").begin_object();
  for (std::size_t i = 0; i < table.carried_columns.size(); ++i)
    json.member(table.carried_columns[i], row.carried[i]);
  json.end_object().key("features").begin_object();
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    json.member(column_name(table.columns[i]), row.values[i]);
  json.end_object().end_object();
}

/// An object with an array of values for every name.
void write_region_rules(JsonWriter& json, const Provenance& provenance) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_name;
  for (const auto& [name, value] : provenance.region_rules) {
    auto known = std::ranges::find(by_name, name, [](auto& one) { return one.first; });
    if (known == by_name.end()) known = by_name.insert(known, {name, {}});
    known->second.push_back(value);
  }
  json.key("region_rules").begin_object();
  for (const auto& [name, values] : by_name) json.member(name, values);
  json.end_object();
}

/// The members of the provenance, in an object that is open.
void write_members(JsonWriter& json, const Provenance& provenance) {
  json.key("program")
      .begin_object()
      .member("name", "radiomics")
      .member("version", program_version())
      .end_object();
  json.member("input", provenance.input).key("settings").begin_object();
  for (const auto& [name, value] : provenance.settings) json.member(name, value);
  json.end_object().member("settings_sha256", settings_sha256(provenance));
  write_region_rules(json, provenance);
  json.member("warnings", provenance.warnings);
}

}  // namespace

void write_json(const FeatureTable& table, const Provenance& provenance, std::ostream& out) {
  JsonWriter json;
  json.begin_object().key("provenance").begin_object();
  write_members(json, provenance);
  json.end_object().key("rows").begin_array();
  for (const auto& row : table.rows) write_row(json, table, row);
  out << json.end_array().end_object().text();
}

void write_provenance_json(const FeatureTable& table, const Provenance& provenance,
                           std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  write_members(json, provenance);
  json.key("regions").begin_array();
  for (const auto& row : table.rows) {
    json.begin_object();
    write_region(json, row);
    json.end_object();
  }
  out << json.end_array().end_object().text();
}

}  // namespace radiomics
