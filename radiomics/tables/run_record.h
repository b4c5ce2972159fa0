#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "radiomics/tables/feature_table.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {

/// What run.json of a batch folder says: what was asked, and which cases there are. Together with
/// the results of the cases it is all that the tables of the folder are made from.
struct RunRecord {
  Provenance provenance;
  std::string version = program_version();
  /// What was asked beside the settings, by the name of the option: "roi", "GTV*".
  std::vector<std::pair<std::string, std::string>> options;
  int shard = 1, shard_count = 1;
  bool complete = false;  ///< the tables have been written from the results of all its cases
  std::vector<std::string> carried_columns;
  std::vector<std::vector<std::string>> carried;  ///< their values for each case; empty if none are
  std::vector<std::string> results;  ///< what each case's result is called, of all shards, in order
  std::vector<Failure> unmatched;    ///< what lies in the input but makes no case
};

/// JSON; the same record gives the same bytes.
void write_run_record(const RunRecord& record, std::ostream& out);

/// \throws Error unreadable_file if the file is absent, damaged, or no record of a run
RunRecord read_run_record(const std::filesystem::path& file);

}  // namespace radiomics
