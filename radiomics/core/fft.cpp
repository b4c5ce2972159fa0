#include "radiomics/core/fft.h"

#include <cassert>
#include <initializer_list>

#ifdef RADIOMICS_FFT_KISSFFT
#include <vector>

#include <kissfft/kissfft.hh>
#else
#include <mutex>

#include <fftw3.h>
#endif

namespace radiomics {

#ifdef RADIOMICS_FFT_KISSFFT

struct Fft::Plan {
  FftLayout layout;
  kissfft<double> transform;

  explicit Plan(const FftLayout& asked)
      : layout(asked), transform(std::size_t(asked.length), false) {}

  void run(const std::complex<double>* from, std::complex<double>* to) const {
    std::vector<std::complex<double>> sequence(layout.length);
    for (int k = 0; k < layout.count; ++k, from += layout.distance, to += layout.length) {
      for (int i = 0; i < layout.length; ++i) sequence[i] = from[std::ptrdiff_t(i) * layout.stride];
      transform.transform(sequence.data(), to);
    }
  }
};

#else

namespace {

std::mutex planner;

fftw_complex* raw(std::complex<double>* values) { return reinterpret_cast<fftw_complex*>(values); }

}  // namespace

// Plans that are estimated, not measured, and arrays of one alignment: else bits would differ from
// run to run. Estimates look at addresses, never at what is there.
struct Fft::Plan {
  fftw_plan plan;

  explicit Plan(const FftLayout& layout) {
    FftArray from(1), to(1);
    const std::lock_guard lock(planner);
    plan = fftw_plan_many_dft(1, &layout.length, layout.count, raw(from.data()), nullptr,
                              layout.stride, layout.distance, raw(to.data()), nullptr, 1,
                              layout.length, FFTW_FORWARD, FFTW_ESTIMATE);
    assert(plan);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  ~Plan() {
    const std::lock_guard lock(planner);
    fftw_destroy_plan(plan);
  }

  void run(const std::complex<double>* from, std::complex<double>* to) const {
    fftw_execute_dft(plan, raw(const_cast<std::complex<double>*>(from)), raw(to));  // only reads
  }
};

#endif

Fft::Fft(const FftLayout& layout) : plan_(std::make_unique<Plan>(layout)) {
  assert(layout.length > 0 && layout.count > 0 && layout.stride > 0);
}
Fft::Fft(Fft&&) noexcept = default;
Fft& Fft::operator=(Fft&&) noexcept = default;
Fft::~Fft() = default;

void Fft::forward(const std::complex<double>* from, std::complex<double>* to) const {
  plan_->run(from, to);
}

namespace {

/// What is left of a length after division by primes.
int without_factors(int length, std::initializer_list<int> primes) {
  for (const int prime : primes)
    while (length % prime == 0) length /= prime;
  return length;
}

}  // namespace

int smooth_fft_length(int length) {
  while (without_factors(length, {2, 3, 5, 7}) != 1) ++length;
  return length;
}

// Measured with FFTW: a nanosecond and a half per number for those, above two for most others.
int fast_fft_length(int length) {
  const int smooth = smooth_fft_length(length), longest = smooth + smooth / 4;
  for (int fast = (length + 3) / 4 * 4; fast <= longest; fast += 4)
    if (const int rest = without_factors(fast, {2, 5}); rest == 1 || rest == 7) return fast;
  return smooth;
}

}  // namespace radiomics
