// Writes small cases as NIfTI files, and the list of them, for benchmarks of whole cohorts.
// usage: radiomics_benchmark_cases OUTPUT_DIR COUNT
// A case is an image of 256x256x25 voxels of 1x1x3 mm, the size of PyRadiomics' own example, and a
// mask: an ellipsoid of soft tissue in lung with 3 000 to 5 000 voxels, its shape, place and
// texture its own, the same on every machine; 5 MB, not compressed. cases.csv has the columns of
// PyRadiomics, ID,Image,Mask,Label, which radiomics batch reads, too; paths are relative to it.

#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

#include "benchmarks/command.h"

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/write_file.h"
#include "samples/ellipsoid.h"
#include "samples/nifti.h"
#include "samples/random.h"

namespace radiomics::benchmarks {
namespace {

constexpr Geometry grid{.size = {256, 256, 25}, .spacing_mm = {1, 1, 3}};
constexpr double lung_hu = -850;

/// A random number between two bounds: one for each `seed` and `which`.
double between(double low, double high, std::uint64_t seed, std::uint64_t which) {
  return low + (high - low) * samples::uniform(seed, which);
}

samples::Ellipsoid lesion(std::uint64_t seed) {
  return {
      .centre_mm = {between(90, 160, seed, 0), between(90, 160, seed, 1), between(30, 42, seed, 2)},
      .semi_axes_mm = {between(16, 18, seed, 3), between(13, 15, seed, 4),
                       between(10, 12, seed, 5)},
      .axes = samples::rotation({1, 0, 0, between(-1, 1, seed, 6)})};  // about the z axis
}

/// Tissue as in synthetic_regions.cpp, with waves of the case's own length.
Volume<std::int16_t> image_of(const Mask& mask, std::uint64_t seed) {
  const double length = between(3, 7, seed, 7), mean_hu = between(20, 60, seed, 8);
  const auto [nx, ny, nz] = grid.size;
  Volume<std::int16_t> image(grid);
  for (int z = 0; z < nz; ++z)
    for (int y = 0; y < ny; ++y)
      for (int x = 0; x < nx; ++x) {
        const std::size_t voxel = mask.index(x, y, z);
        double hu = lung_hu + 80 * (samples::uniform(seed, 100 + voxel) - 0.5);
        if (mask(x, y, z)) {
          const double waves = std::sin(x / length) + std::sin(y / 4.0) + std::sin(z / 2.5);
          hu = mean_hu + 30 * waves + 25 * samples::noise(seed, 100 + voxel);
        }
        image(x, y, z) = std::int16_t(std::round(hu));
      }
  return image;
}

void write_case(const std::filesystem::path& folder, const std::string& name, std::uint64_t seed) {
  const Mask mask = samples::voxelised(lesion(seed), grid);
  samples::write_nifti(folder / (name + "_image.nii"), image_of(mask, seed), name);
  samples::write_nifti(folder / (name + "_mask.nii"), mask, name);
}

/// "case-0001", for the order of names to be that of numbers
std::string name_of(int number) {
  const std::string digits = std::to_string(number);
  return "case-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

int run(std::span<char*> arguments) {
  const std::string_view text = arguments.size() == 3 ? arguments[2] : "";
  int count = 0;
  if (std::from_chars(text.begin(), text.end(), count).ptr != text.end() || count < 1) {
    std::cerr << "usage: radiomics_benchmark_cases OUTPUT_DIR COUNT\n";
    return 64;
  }
  const std::filesystem::path folder = arguments[1];
  make_folder(folder);
  parallel_for(std::size_t(count), 2,
               [&](std::size_t i) { write_case(folder, name_of(int(i) + 1), i + 1); });
  write_file(folder / "cases.csv", [&](std::ostream& out) {
    out << "ID,Image,Mask,Label\n";
    for (int number = 1; number <= count; ++number)
      out << name_of(number) << ',' << name_of(number) << "_image.nii," << name_of(number)
          << "_mask.nii,1\n";
  });
  return 0;
}

}  // namespace
}  // namespace radiomics::benchmarks

int main(int argc, char** argv) {
  namespace program = radiomics::benchmarks;
  return program::run_command("radiomics_benchmark_cases", argc, argv, program::run);
}
