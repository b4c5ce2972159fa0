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

/// Many sequences in one array: element i of sequence k is at k * distance + i * stride.
struct FftLayout {
  int length = 1;  ///< of every sequence
  int count = 1;   ///< of sequences
  int stride = 1;
  int distance = 0;
};

/// Forward Fourier transforms of all sequences of a layout,
///   X_k = sum over i of x_i exp(-2 pi sqrt(-1) i k / length),
/// into another array, in which they follow each other without gaps.
///
/// A plan is made once (under a lock: planners share tables) and may then be used from any thread.
/// Results are the same to the last bit on every call, whatever other plans exist and however many
/// threads run; they may differ between machines and between the libraries that can stand behind
/// this class: FFTW (GPL) or, built with RADIOMICS_FFT=kissfft, kissfft (BSD).
class Fft {
 public:
  explicit Fft(const FftLayout& layout);
  Fft(Fft&&) noexcept;
  Fft& operator=(Fft&&) noexcept;
  ~Fft();

  /// \param from  the first sequence of the layout, in an FftArray; is left as it is
  /// \param to    room for count * length numbers, in another place of an FftArray
  void forward(const std::complex<double>* from, std::complex<double>* to) const;

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

/// The smallest length >= `length` without prime factors above 7.
int smooth_fft_length(int length);

/// A length >= `length` that transforms faster, point by point, if there is one that is not much
/// longer than the smooth one: a multiple of 4, else with factors 2, 5 and one 7.
int fast_fft_length(int length);

}  // namespace radiomics
