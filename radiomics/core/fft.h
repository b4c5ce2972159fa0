#pragma once

#include <complex>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace radiomics {

/// Complex numbers on addresses that let transforms use wide instructions. All zero at first.
class FftArray {
 public:
  explicit FftArray(std::size_t size)
      : values_(new (std::align_val_t{alignment}) std::complex<double>[size]()), size_(size) {}

  std::complex<double>* data() { return values_.get(); }
  const std::complex<double>* data() const { return values_.get(); }
  std::span<std::complex<double>> values() { return {values_.get(), size_}; }
  std::span<const std::complex<double>> values() const { return {values_.get(), size_}; }
  std::complex<double>& operator[](std::size_t i) { return values_[i]; }
  const std::complex<double>& operator[](std::size_t i) const { return values_[i]; }

 private:
  static constexpr std::size_t alignment = 64;
  struct Release {
    void operator()(std::complex<double>* values) const {
      ::operator delete[](values, std::align_val_t{alignment});
    }
  };
  std::unique_ptr<std::complex<double>[], Release> values_;
  std::size_t size_;
};

/// Many sequences in one array: element i of sequence k is at k * distance + i * stride.
struct FftLayout {
  int length = 1;  ///< of every sequence
  int count = 1;   ///< of sequences
  int stride = 1;
  int distance = 0;
};

/// Forward Fourier transforms of all sequences of a layout, in place:
///   X_k = sum over i of x_i exp(-2 pi sqrt(-1) i k / length).
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

  /// \param sequences  holds all sequences of the layout
  void forward(FftArray& sequences) const;

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

/// The smallest length >= `length` that transforms fast: without prime factors above 7.
int fast_fft_length(int length);

}  // namespace radiomics
