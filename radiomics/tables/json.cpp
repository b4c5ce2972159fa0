#include "radiomics/tables/json.h"

#include "radiomics/tables/json_parts.h"

namespace radiomics {

void write_json(const FeatureTable& table, const Provenance& provenance, std::ostream& out) {
  JsonWriter json;
  json.begin_object().key("provenance").begin_object();
  write_provenance_members(json, provenance);
  json.end_object().key("rows").begin_array();
  for (const auto& row : table.rows) write_row(json, table, row);
  out << json.end_array().end_object().text();
}

void write_provenance_json(const FeatureTable& table, const Provenance& provenance,
                           std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  write_provenance_members(json, provenance);
  json.key("regions").begin_array();
  for (const auto& row : table.rows) {
    json.begin_object();
    write_region_members(json, row);
    json.end_object();
  }
  out << json.end_array().end_object().text();
}

}  // namespace radiomics
