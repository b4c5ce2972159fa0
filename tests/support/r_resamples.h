#pragma once

// The bootstrap samples that R used: one per line, row numbers from 1.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace radiomics {

/// Row numbers from 0.
inline std::vector<std::vector<std::size_t>> read_resamples(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::vector<std::size_t>> resamples;
  for (std::string line; std::getline(stream, line);) {
    resamples.emplace_back();
    std::istringstream numbers(line);
    for (std::string number; std::getline(numbers, number, ',');)
      resamples.back().push_back(std::stoul(number) - 1);
  }
  return resamples;
}

}  // namespace radiomics
