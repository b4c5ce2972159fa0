// Measures what the parts of the work on a region cost. Benchmarks are called
// PART/REGION or PART/once/REGION and PART/nine/REGION, once and nine being the aggregations.
// read/REGION over read_floor/REGION tells what is spent beside reading headers and decoding.
// Options are those of Google Benchmark: --benchmark_filter='/ct_2mm$', --benchmark_format=json.

#include <cmath>
#include <iostream>
#include <memory>
#include <optional>

#include "benchmarks/parts.h"
#include <benchmark/benchmark.h>

#include "radiomics/core/error.h"

namespace radiomics::benchmarks {
namespace {

/// The region that was measured last: benchmarks of one region follow each other, and only one
/// region is held at a time.
class LatestRegion {
 public:
  const MeasuredRegion& of(const RegionRecipe& recipe) {
    if (name_ != recipe.name) {
      region_.reset();
      region_ = measured(recipe);
      name_ = recipe.name;
    }
    return *region_;
  }

 private:
  std::string name_;
  std::optional<MeasuredRegion> region_;
};

void measure(benchmark::State& state, const Work& work) {
  double result = 0;
  for (auto _ : state) benchmark::DoNotOptimize(result = work());
  if (!std::isfinite(result)) state.SkipWithError("the result is not finite");
}

void measure_part(benchmark::State& state, const Part& part, const MeasuredRegion& region,
                  const std::vector<Aggregation>& asked) {
  measure(state, part.work(region, asked));
  state.counters["voxels"] = double(region.sample.sorted.size());
  if (part.name != "all") return;
  state.counters["mean"] = region.sample.mean;  // others have to measure the same voxels
  const auto [values, undefined] = count_values(region, asked);
  state.counters["values"] = double(values);
  state.counters["undefined"] = double(undefined);
}

std::vector<Part> all_parts() {
  std::vector<Part> parts;
  for (const auto& list : {family_parts(), shape_parts(), texture_parts()})
    parts.insert(parts.end(), list.begin(), list.end());
  return parts;
}

void add_benchmark(const std::string& name, const Part& part, const RegionRecipe& recipe,
                   const std::vector<Aggregation>& asked,
                   const std::shared_ptr<LatestRegion>& latest) {
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    measure_part(state, part, latest->of(recipe), asked);
  })->Unit(benchmark::kMillisecond);
}

void add_region(const RegionRecipe& recipe, const std::shared_ptr<LatestRegion>& latest) {
  const std::vector<Aggregation> nine{all_aggregations().begin(), all_aggregations().end()};
  for (const Part& part : all_parts())
    if (part.by_aggregation) {
      add_benchmark(part.name + "/once/" + recipe.name, part, recipe, once(), latest);
      add_benchmark(part.name + "/nine/" + recipe.name, part, recipe, nine, latest);
    } else {
      add_benchmark(part.name + "/" + recipe.name, part, recipe, nine, latest);
    }
}

void add_reading(const Case& input) {
  benchmark::RegisterBenchmark(("read/" + input.name).c_str(), [=](benchmark::State& state) {
    measure(state, reading_work(input));
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark(("read_floor/" + input.name).c_str(), [=](benchmark::State& state) {
    measure(state, reading_floor_work(input));
  })->Unit(benchmark::kMillisecond);
}

int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
  const auto data = reference_data();
  const auto latest = std::make_shared<LatestRegion>();
  for (const RegionRecipe& recipe : all_regions(data)) add_region(recipe, latest);
  for (const Case& input : dicom_cases(data)) add_reading(input);
  const auto measured_count = benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return measured_count > 0 ? 0 : 2;
}

}  // namespace
}  // namespace radiomics::benchmarks

int main(int argc, char** argv) {
  try {
    return radiomics::benchmarks::run(argc, argv);
  } catch (const radiomics::Error& error) {
    std::cerr << "radiomics_benchmarks: error: " << error.what() << '\n';
    return 2;
  }
}
