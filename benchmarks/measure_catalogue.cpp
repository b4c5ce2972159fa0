// What the catalogue of a folder costs: files per second without and with its cache, with one
// thread and with several, beside DCMTK that reads the same headers and nothing else; and memory
// for each slice. Files are in the cache of the operating system after the first pass: what is
// compared is work, not disks.
//
// usage: radiomics_benchmark_catalogue FOLDER [THREADS [ROUNDS]]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <malloc.h>

#include "radiomics/core/error.h"
#include "radiomics/core/parallel_for.h"
#include "radiomics/io/dicom_catalogue.h"

namespace {

namespace fs = std::filesystem;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void read_headers(const radiomics::FolderFiles& found, int threads) {
  radiomics::parallel_for(found.files.size(), threads, [&](std::size_t i) {
    const std::string file = found.files[i].path.string();
    DcmFileFormat format;
    format.loadFileUntilTag(OFFilename(file.c_str()), EXS_Unknown, EGL_noChange, DCM_MaxReadLength,
                            ERM_autoDetect, DCM_PixelData);
  });
}

struct Times {
  double listing, floor, without, warm;  // seconds, the fastest of all rounds
};

Times measure(const fs::path& root, const fs::path& cache, int threads, int rounds) {
  constexpr double never = std::numeric_limits<double>::infinity();
  Times best{never, never, never, never};
  radiomics::FolderFiles found;
  radiomics::read_catalogue(root, {threads, cache});
  for (int round = 0; round < rounds; ++round) {
    best.listing = std::min(best.listing, seconds([&] { found = radiomics::files_below(root); }));
    best.floor = std::min(best.floor, seconds([&] { read_headers(found, threads); }));
    best.without = std::min(best.without, seconds([&] {
                              radiomics::read_catalogue(root, {threads, {}});
                            }));
    best.warm = std::min(best.warm, seconds([&] {
                           radiomics::read_catalogue(root, {threads, cache});
                         }));
  }
  return best;
}

void print_memory(const fs::path& root, const fs::path& cache) {
  const auto before = mallinfo2().uordblks;
  const radiomics::DicomCatalogue catalogue = radiomics::read_catalogue(root, {1, cache});
  const auto after = mallinfo2().uordblks;
  std::size_t slices = 0;
  for (const auto& series : catalogue.series) slices += series.slices.size();
  std::printf("%zu slices, %zu from the cache, %.0f bytes of memory and %.0f of cache for each\n",
              slices, catalogue.reading.files_from_cache, double(after - before) / double(slices),
              double(fs::file_size(cache)) / double(slices));
}

void run(const fs::path& root, int threads, int rounds) {
  const fs::path cache = fs::temp_directory_path() / ("catalogue" + std::to_string(rand()));
  const double files = double(radiomics::files_below(root).files.size());
  for (const int count : {1, threads}) {
    const Times best = measure(root, cache, count, rounds);
    std::printf(
        "%d thread%s, files per second: listed %.0f, headers by DCMTK %.0f, catalogue %.0f "
        "(%.2f of the time of DCMTK), from the cache %.0f\n",
        count, count == 1 ? "" : "s", files / best.listing, files / best.floor,
        files / best.without, best.without / best.floor, files / best.warm);
  }
  print_memory(root, cache);
  fs::remove(cache);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 2) {
    std::fprintf(stderr, "usage: %s FOLDER [THREADS [ROUNDS]]\n", arguments[0]);
    return 2;
  }
  try {
    run(arguments[1], argument_count > 2 ? std::atoi(arguments[2]) : 2,
        argument_count > 3 ? std::atoi(arguments[3]) : 3);
    return 0;
  } catch (const radiomics::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 2;
  }
}
