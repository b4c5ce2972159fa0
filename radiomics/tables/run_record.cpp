#include "radiomics/tables/run_record.h"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "radiomics/core/error.h"
#include "radiomics/tables/json_parts.h"

namespace radiomics {
namespace {

using Json = nlohmann::ordered_json;
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

void write_object(JsonWriter& json, std::string_view name, const NamedTexts& members) {
  json.key(name).begin_object();
  for (const auto& [key, value] : members) json.member(key, value);
  json.end_object();
}

NamedTexts named_texts(const Json& object) {
  NamedTexts result;
  for (const auto& [key, value] : object.items()) result.emplace_back(key, value);
  return result;
}

RunRecord record_of(const Json& json) {
  RunRecord record;
  record.version = json.at("program").at("version");
  record.provenance.input = json.at("input");
  record.provenance.settings = named_texts(json.at("settings"));
  record.provenance.warnings = json.at("warnings").get<std::vector<std::string>>();
  record.options = named_texts(json.at("options"));
  record.complete = json.at("complete");
  record.shard = json.at("shard").at("index");
  record.shard_count = json.at("shard").at("count");
  record.carried_columns = json.at("carried_columns").get<std::vector<std::string>>();
  record.carried = json.at("carried").get<std::vector<std::vector<std::string>>>();
  record.results = json.at("results").get<std::vector<std::string>>();
  for (const Json& one : json.at("unmatched"))
    record.unmatched.push_back(
        {one.at("case"), one.at("roi"), one.at("step"), one.at("kind"), one.at("message")});
  const std::size_t wanted = record.carried_columns.empty() ? 0 : record.results.size();
  const auto fits = [&](const auto& cells) {
    return cells.size() == record.carried_columns.size();
  };
  if (record.carried.size() != wanted || !std::ranges::all_of(record.carried, fits))
    throw Json::other_error::create(501, "carried columns without their values", nullptr);
  return record;
}

}  // namespace

void write_run_record(const RunRecord& record, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  write_provenance_members(json, record.provenance);
  write_object(json, "options", record.options);
  json.member("complete", record.complete).key("shard").begin_object();
  json.member("index", record.shard).member("count", record.shard_count).end_object();
  json.member("carried_columns", record.carried_columns).member("carried", record.carried);
  json.member("results", record.results);
  json.key("unmatched").begin_array();
  for (const Failure& failure : record.unmatched) write_failure(json, failure);
  out << json.end_array().end_object().text();
}

RunRecord read_run_record(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  require(stream.good(), ErrorKind::unreadable_file,
          file.string() + ": cannot be read; name the folder of a batch");
  try {
    return record_of(Json::parse(stream));
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorKind::unreadable_file,
                file.string() +
                    ": damaged, or no record of a batch; delete it if the results of "
                    "this folder are to be used again");
  }
}

}  // namespace radiomics
