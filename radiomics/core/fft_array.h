#pragma once

#include <complex>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>

namespace radiomics {

/// Complex numbers on addresses that let transforms use wide instructions. All zero at first.
class FftArray {
 public:
  explicit FftArray(std::size_t size);

  std::complex<double>* data() { return values_; }
  const std::complex<double>* data() const { return values_; }
  std::span<std::complex<double>> values() { return {values_, size_}; }
  std::span<const std::complex<double>> values() const { return {values_, size_}; }
  std::complex<double>& operator[](std::size_t i) { return values_[i]; }
  const std::complex<double>& operator[](std::size_t i) const { return values_[i]; }

 private:
  struct Release {
    void operator()(void* memory) const { std::free(memory); }
  };
  std::unique_ptr<void, Release> memory_;
  std::complex<double>* values_;  ///< in it, on an address of the alignment
  std::size_t size_;
};

}  // namespace radiomics
