#include "cli/slurm_script.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "radiomics/core/text.h"

namespace cli {
namespace {

constexpr const char* head = R"(#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail

)";

constexpr const char* body = R"(
script=$(realpath -- "$0")
cd -- "$folder"

submit() {
  [ -f "$script" ] || { echo "save this script in a file and run that" >&2; exit 64; }
  mkdir -p -- "$output/logs"
  cd -- "$output/logs" # where the jobs write what they say
  local array merge
  array=$(sbatch --parsable --array="1-$shards%$at_once" --output='shard-%a_%A.log' "$script" shard)
  merge=$(sbatch --parsable --dependency="afterany:${array%%;*}" --cpus-per-task=1 \
    --output='merge_%j.log' "$script" merge)
  echo "job ${array%%;*}: $shards shards; job ${merge%%;*}: the merge"
}

# One shard. Refused cases (exit code 1) are in its table of failures: the job has done its work.
shard() {
  local memory=()
  # Nine tenths of what Slurm grants (MB) for regions, the rest for the program itself.
  [ "${SLURM_MEM_PER_NODE:-0}" -eq 0 ] || memory=(--memory "$((SLURM_MEM_PER_NODE * 9 / 10))M")
  "${program[@]}" batch "${batch[@]}" --output "$output/shard-$SLURM_ARRAY_TASK_ID" \
    --shard "$SLURM_ARRAY_TASK_ID/$shards" --jobs "${SLURM_CPUS_PER_TASK:-1}" "${memory[@]}" ||
    [ $? -eq 1 ]
}

# One table of all shards. Ends with 1 where cases were refused or are missing; it says which.
merge() {
  local folders=() i
  for ((i = 1; i <= shards; ++i)); do
    [ ! -d "$output/shard-$i" ] || folders+=("$output/shard-$i")
  done
  "${program[@]}" merge "${folders[@]}" --output "$output"
}

"${1:-submit}"
)";

std::string shell_words(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  std::ranges::transform(words, std::back_inserter(quoted), shell_word);
  return radiomics::join(quoted, " ");
}

}  // namespace

std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::vector<std::string> words_of_every_shard(const std::vector<std::string>& words) {
  constexpr std::string_view with_value[] = {"--output", "--shard", "--jobs", "--memory"};
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string name = words[i].substr(0, words[i].find('='));
    if (name == "--slurm-script") continue;
    if (std::ranges::count(with_value, name) == 0)
      kept.push_back(words[i]);
    else if (name == words[i])
      ++i;  // the value is a word of its own
  }
  return kept;
}

void write_slurm_script(const SlurmJob& job, std::ostream& out) {
  out << "#!/bin/bash\n"
         "# radiomics batch as jobs of Slurm: "
      << job.shards
      << " shards as an array, then a merge that waits for all of them.\n"
         "#   bash SCRIPT       submits both\n"
         "# The same again resumes: finished cases are not computed again. Change the #SBATCH "
         "lines\n"
         "# to suit the cluster; partition and account go there, too.\n"
         "#SBATCH --job-name=radiomics\n"
      << "#SBATCH --cpus-per-task=" << job.jobs
      << "\n#SBATCH --mem=" << std::max<std::uintmax_t>(job.memory_bytes >> 20, 1) << "M\n"
      << head << "shards=" << job.shards << "\nat_once=" << std::min(job.shards, 16)
      << " # shards that may run at a time: what the file system can feed\n"
      << "program=(" << shell_word(job.program.string())
      << ") # or (apptainer exec /path/radiomics.sif radiomics)\n"
      << "folder=" << shell_word(job.folder.string()) << "\n"
      << "output=" << shell_word(job.output.string()) << "\n"
      << "batch=(" << shell_words(job.words) << ")\n"
      << body;
}

}  // namespace cli
