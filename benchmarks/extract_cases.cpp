// What the cases of a list cost without a batch around them: extract() case after case, in one
// process and one thread, nothing written. usage: radiomics_benchmark_extract CASES PRESET Prints
// {"regions": N, "failures": N, "wall_s": S, "cpu_s": S}; reading the list is not in the times.

#include <chrono>
#include <ctime>
#include <iostream>
#include <span>

#include "benchmarks/command.h"

#include "radiomics/core/machine.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/extract.h"
#include "radiomics/settings/presets.h"

namespace radiomics::benchmarks {
namespace {

double cpu_s() { return double(std::clock()) / CLOCKS_PER_SEC; }

int run(std::span<char*> arguments) {
  if (arguments.size() != 3) {
    std::cerr << "usage: radiomics_benchmark_extract CASES PRESET\n";
    return 64;
  }
  keep_freed_memory();  // as the program does
  const CaseList list = list_cases(arguments[1]);
  const Settings settings = preset(arguments[2]);
  std::size_t regions = 0, failures = list.failures.size();
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start_s = cpu_s();
  for (const Case& one : list.cases) {
    const Extraction found = extract(one, settings);
    regions += found.rows.size();
    failures += found.failures.size();
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::cout << "{\"regions\": " << regions << ", \"failures\": " << failures
            << ", \"wall_s\": " << wall.count() << ", \"cpu_s\": " << cpu_s() - cpu_start_s
            << "}\n";
  return 0;
}

}  // namespace
}  // namespace radiomics::benchmarks

int main(int argc, char** argv) {
  namespace program = radiomics::benchmarks;
  return program::run_command("radiomics_benchmark_extract", argc, argv, program::run);
}
