#pragma once

#include <cstddef>
#include <exception>
#include <iostream>
#include <span>

namespace radiomics::benchmarks {

/// Runs a small program on its words: what it throws becomes one line and the exit code 2.
template <class Run>
int run_command(const char* name, int argc, char** argv, const Run& run) {
  try {
    return run(std::span<char*>(argv, std::size_t(argc)));
  } catch (const std::exception& error) {
    std::cerr << name << ": error: " << error.what() << '\n';
    return 2;
  }
}

}  // namespace radiomics::benchmarks
