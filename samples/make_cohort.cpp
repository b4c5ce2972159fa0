// make_cohort OUTPUT_DIR: the synthetic cohort that examples and tests run on. See README.md.
#include <algorithm>
#include <exception>
#include <iostream>
#include <string_view>
#include <thread>

#include "radiomics/core/error.h"
#include "samples/cohort.h"

int main(int argc, char** argv) {
  if (argc != 2 || std::string_view(argv[1]).starts_with('-')) {
    std::cerr << "usage: make_cohort OUTPUT_DIR   (a new or empty folder; about 27 MB)\n";
    return 64;
  }
  try {
    const int threads = int(std::clamp(std::thread::hardware_concurrency(), 1u, 8u));
    radiomics::samples::make_cohort(argv[1], threads);
  } catch (const radiomics::Error& error) {
    std::cerr << "make_cohort: error: " << to_string(error.kind()) << ": " << error.what() << "\n";
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "make_cohort: error: " << error.what() << "\n";
    return 2;
  }
}
