#include "radiomics/tables/case_result.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <type_traits>

#include "radiomics/core/error.h"
#include "radiomics/tables/csv_reader.h"
#include "radiomics/tables/json_parts.h"
#include "radiomics/tables/json_reader.h"

namespace radiomics {
namespace {

constexpr std::string_view remedy =
    "damaged, or the result of other settings: remove it and run the batch again";

/// Of the fingerprint and the kinds of failures: a hash, and words of which there are thirty.
constexpr std::size_t beginning_bytes = 4096;

std::vector<std::string> kinds_of(const std::vector<Failure>& failures) {
  std::vector<std::string> kinds;
  for (const Failure& failure : failures)
    if (std::ranges::count(kinds, failure.kind) == 0) kinds.push_back(failure.kind);
  return kinds;
}

// ---- reading, in the order of json_parts.cpp ----

std::vector<std::string> read_texts(JsonReader& json) {
  std::vector<std::string> texts;
  json.begin_array();
  while (json.next()) texts.emplace_back(json.text());
  return texts;
}

CaseState read_beginning(JsonReader& json) {
  CaseState state;
  json.begin_object();
  state.fingerprint = json.key("fingerprint").text();
  state.failure_kinds = read_texts(json.key("failure_kinds"));
  return state;
}

void check_program(JsonReader& json) {
  json.key("provenance").begin_object().key("program").begin_object();
  if (json.key("name").text() != "radiomics") json.refuse("result of this program");
  json.skip_rest().skip_rest();
}

template <class Number, std::size_t count>
void read_numbers(JsonReader& json, std::array<Number, count>& numbers) {
  json.begin_array();
  for (Number& one : numbers) {
    if (!json.next()) json.refuse("number");
    if constexpr (std::is_integral_v<Number>)
      one = json.integer<Number>();
    else
      one = json.number();
  }
  json.end();
}

Geometry read_geometry(JsonReader& json) {
  Geometry grid;
  json.begin_object();
  read_numbers(json.key("size"), grid.size);
  read_numbers(json.key("spacing_mm"), grid.spacing_mm);
  read_numbers(json.key("origin_mm"), grid.origin_mm);
  read_numbers(json.key("direction"), grid.direction);
  json.end();
  return grid;
}

Box read_box(JsonReader& json) {
  Box box;
  json.begin_object();
  read_numbers(json.key("first"), box.first);
  read_numbers(json.key("last"), box.last);
  json.end();
  return box;
}

Diagnostics read_diagnostics(JsonReader& json) {
  Diagnostics d;
  d.modality = json.begin_object().key("modality").text();
  json.key("image").begin_object();
  d.image = read_geometry(json.key("geometry"));
  d.image_box = read_box(json.key("box_read"));
  d.image_sha256 = json.key("sha256").text();
  json.end().key("mask").begin_object();
  d.mask_box = read_box(json.key("box"));
  d.mask_sha256 = json.key("sha256").text();
  d.resampled = read_geometry(json.end().key("resampled"));
  json.key("voxels").begin_object();
  d.voxels_drawn = json.key("mask").integer<std::size_t>();
  d.voxels_outline = json.key("resampled").integer<std::size_t>();
  d.voxels_measured = json.key("resegmented").integer<std::size_t>();
  d.grey_levels = json.end().key("grey_levels").integer<int>();
  json.end();
  return d;
}

FeatureTable::Row read_row(JsonReader& json, const FeatureTable& header,
                           const std::vector<std::string>& columns) {
  FeatureTable::Row row;
  row.case_name = json.begin_object().key("case").text();
  row.roi = json.key("roi").text();
  row.warnings = read_texts(json.key("warnings"));
  row.diagnostics = read_diagnostics(json.key("diagnostics"));
  json.key("carried").begin_object();
  row.carried.reserve(header.carried_columns.size());
  for (const std::string& name : header.carried_columns)
    row.carried.emplace_back(json.key(name).text());
  json.end().key("features").begin_object();
  row.values.reserve(columns.size());
  for (const std::string& name : columns) row.values.push_back(json.key(name).number());
  json.end().end();
  return row;
}

std::vector<FeatureTable::Row> read_rows(JsonReader& json, const FeatureTable& header) {
  std::vector<FeatureTable::Row> rows;
  std::vector<std::string> columns;
  json.begin_array();
  while (json.next()) {
    if (rows.empty())
      for (const auto& column : header.columns) columns.push_back(column_name(column));
    rows.push_back(read_row(json, header, columns));
  }
  return rows;
}

std::vector<Failure> read_failures(JsonReader& json) {
  std::vector<Failure> failures;
  json.begin_array();
  while (json.next()) {
    Failure& failure = failures.emplace_back();
    failure.case_name = json.begin_object().key("case").text();
    failure.roi = json.key("roi").text();
    failure.step = json.key("step").text();
    failure.kind = json.key("kind").text();
    failure.message = json.key("message").text();
    json.end();
  }
  return failures;
}

/// At most so many bytes from a place on; "" if they cannot be read.
std::string bytes_at(std::ifstream& stream, std::streamoff offset, std::size_t count) {
  std::string bytes(count, '\0');
  stream.clear();
  stream.seekg(offset, offset < 0 ? std::ios::end : std::ios::beg);
  stream.read(bytes.data(), std::streamsize(count));
  bytes.resize(std::size_t(std::max<std::streamsize>(stream.gcount(), 0)));
  return bytes;
}

}  // namespace

void write_case_result(const CaseResult& result, const FeatureTable& header,
                       const Provenance& provenance, std::ostream& out) {
  JsonWriter json;
  json.begin_object().member("fingerprint", result.fingerprint);
  json.member("failure_kinds", kinds_of(result.failures)).key("provenance").begin_object();
  write_provenance_members(json, provenance);
  json.end_object().key("rows").begin_array();
  for (const auto& row : result.rows) write_row(json, header, row);
  json.end_array().key("failures").begin_array();
  for (const Failure& failure : result.failures) write_failure(json, failure);
  out << json.end_array().end_object().text();
}

CaseResult read_case_result(const std::filesystem::path& file, const FeatureTable& header) {
  return parse_case_result(read_text(file), file.string(), header);
}

CaseResult parse_case_result(std::string_view text, const std::string& name,
                             const FeatureTable& header) {
  JsonReader json(text, name, remedy);
  CaseResult result;
  result.fingerprint = read_beginning(json).fingerprint;
  check_program(json);
  result.rows = read_rows(json.key("rows"), header);
  result.failures = read_failures(json.key("failures"));
  json.end().finish();
  return result;
}

CaseState read_case_state(const std::filesystem::path& file) {
  constexpr std::string_view end = "\n}\n";  // only the outermost bracket stands at a margin
  std::ifstream stream(file, std::ios::binary);
  const std::string first = bytes_at(stream, 0, beginning_bytes);
  const std::string last = bytes_at(stream, -std::streamoff(end.size()), end.size());
  if (first.empty() || last != end) return {};
  try {
    JsonReader json(first, "", "");
    return read_beginning(json);
  } catch (const Error&) {  // no result: an answer here, not a failure
    return {};
  }
}

std::string read_fingerprint(const std::filesystem::path& file) {
  return read_case_state(file).fingerprint;
}

}  // namespace radiomics
