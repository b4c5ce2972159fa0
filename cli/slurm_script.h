#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace cli {

/// A batch as jobs of a cluster.
struct SlurmJob {
  std::vector<std::string> words;  ///< of the command line behind `radiomics batch`, as typed
  std::filesystem::path program, folder, output;
  int shards = 1;
  int jobs = 4;                     ///< processors of a shard
  std::uintmax_t memory_bytes = 0;  ///< of a shard
};

/// Writes a script for bash that submits itself to Slurm: an array of shards, and the merge behind
/// it. Words of the user are quoted for the shell; none stands in a line for Slurm.
void write_slurm_script(const SlurmJob& job, std::ostream& out);

/// The words of a batch without those that belong to one run of it: its output, shard, jobs and
/// memory, and the demand for a script.
std::vector<std::string> words_of_every_shard(const std::vector<std::string>& words);

/// A text as one word of a POSIX shell.
std::string shell_word(const std::string& text);

}  // namespace cli
