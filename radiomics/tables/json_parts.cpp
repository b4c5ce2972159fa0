#include "radiomics/tables/json_parts.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/core/text.h"

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

void write_value(JsonWriter& json, double value) {
  if (std::isinf(value))
    json.value(to_text(value));
  else
    json.value(value);
}

}  // namespace

void write_region_members(JsonWriter& json, const FeatureTable::Row& row) {
  json.member("case", row.case_name).member("roi", row.roi).member("warnings", row.warnings);
  write_diagnostics(json, row.diagnostics);
}

void write_row(JsonWriter& json, const FeatureTable& header, const FeatureTable::Row& row) {
  json.begin_object();
  write_region_members(json, row);
  json.key("carried").begin_object();
  for (std::size_t i = 0; i < header.carried_columns.size(); ++i)
    json.member(header.carried_columns[i], row.carried[i]);
  json.end_object().key("features").begin_object();
  for (std::size_t i = 0; i < header.columns.size(); ++i)
    write_value(json.key(column_name(header.columns[i])), row.values[i]);
  json.end_object().end_object();
}

namespace {

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

}  // namespace

void write_provenance_members(JsonWriter& json, const Provenance& provenance) {
  json.key("program")
      .begin_object()
      .member("name", "radiomics")
      .member("version", program_version())
      .end_object();
  json.member("input", provenance.input).key("settings").begin_object();
  for (const auto& [name, value] : provenance.settings) json.member(name, value);
  json.end_object().member("settings_sha256", settings_sha256(provenance));
  if (!provenance.region_rules.empty()) write_region_rules(json, provenance);
  json.member("warnings", provenance.warnings);
}

void write_failure(JsonWriter& json, const Failure& failure) {
  json.begin_object()
      .member("case", failure.case_name)
      .member("roi", failure.roi)
      .member("step", failure.step)
      .member("kind", failure.kind)
      .member("message", failure.message)
      .end_object();
}

}  // namespace radiomics
