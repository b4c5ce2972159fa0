// Writes the regions that radiomics_benchmarks measures as NIfTI files, for other programs: the
// voxels are the same.
// usage: radiomics_benchmark_regions OUTPUT_DIR [REGION]...     default: all
// Prints a line per region: name,voxels,levels.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <span>
#include <string_view>

#include "benchmarks/command.h"
#include "benchmarks/region_list.h"

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "samples/nifti.h"

namespace radiomics::benchmarks {
namespace {

/// The intensities as whole numbers: what is written has to be what is measured.
Volume<std::int16_t> whole_numbers(const Image& image) {
  Volume<std::int16_t> result(image.geometry());
  std::ranges::transform(image.voxels(), result.voxels().begin(), [](double value) {
    require(value == std::int16_t(value), ErrorKind::unsupported_data,
            "the intensity " + to_text(value) + " is no whole number of 16 bits");
    return std::int16_t(value);
  });
  return result;
}

void write(const std::filesystem::path& folder, const RegionRecipe& recipe) {
  const MeasuredRegion region = measured(recipe);
  samples::write_nifti(folder / (recipe.name + "_image.nii"), whole_numbers(region.in_image.image),
                       recipe.name);
  samples::write_nifti(folder / (recipe.name + "_mask.nii"), region.in_image.morphological,
                       recipe.name);
  std::cout << recipe.name << ',' << region.sample.sorted.size() << ',' << region.levels.level_count
            << '\n';
}

int run(std::span<char*> arguments) {
  if (arguments.size() < 2) {
    std::cerr << "usage: radiomics_benchmark_regions OUTPUT_DIR [REGION]...\n";
    return 64;
  }
  const std::filesystem::path folder = arguments[1];
  const auto wanted = arguments.subspan(2);
  std::filesystem::create_directories(folder);
  std::cout << "name,voxels,levels\n";
  for (const RegionRecipe& recipe : all_regions(reference_data()))
    if (wanted.empty() || std::ranges::find(wanted, std::string_view(recipe.name)) != wanted.end())
      write(folder, recipe);
  return 0;
}

}  // namespace
}  // namespace radiomics::benchmarks

int main(int argc, char** argv) {
  namespace program = radiomics::benchmarks;
  return program::run_command("radiomics_benchmark_regions", argc, argv, program::run);
}
