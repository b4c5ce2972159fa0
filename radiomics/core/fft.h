#pragma once

#include <complex>
#include <memory>

#include "radiomics/core/fft_array.h"

namespace radiomics {

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

/// A length >= `length` that transforms faster per number than most smooth ones: a multiple of 4
/// with no other factors than 2, 5 and one 7. The smooth length if that is more than 1/4 longer.
int fast_fft_length(int length);

}  // namespace radiomics
