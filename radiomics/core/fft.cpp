#include "radiomics/core/fft.h"

#include <cassert>

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

  void run(FftArray& sequences) const {
    std::vector<std::complex<double>> input(layout.length), output(layout.length);
    for (int k = 0; k < layout.count; ++k) {
      std::complex<double>* first = sequences.data() + std::ptrdiff_t(k) * layout.distance;
      for (int i = 0; i < layout.length; ++i) input[i] = first[std::ptrdiff_t(i) * layout.stride];
      transform.transform(input.data(), output.data());
      for (int i = 0; i < layout.length; ++i) first[std::ptrdiff_t(i) * layout.stride] = output[i];
    }
  }
};

#else

namespace {

std::mutex planner;

fftw_complex* raw(FftArray& sequences) { return reinterpret_cast<fftw_complex*>(sequences.data()); }

}  // namespace

// Plans that are estimated, not measured, and arrays of one alignment: else bits would differ from
// run to run.
struct Fft::Plan {
  fftw_plan plan;

  explicit Plan(const FftLayout& layout) {
    FftArray any(std::size_t(layout.length - 1) * layout.stride +
                 std::size_t(layout.count - 1) * layout.distance + 1);
    const std::lock_guard lock(planner);
    plan = fftw_plan_many_dft(1, &layout.length, layout.count, raw(any), nullptr, layout.stride,
                              layout.distance, raw(any), nullptr, layout.stride, layout.distance,
                              FFTW_FORWARD, FFTW_ESTIMATE);
    assert(plan);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  ~Plan() {
    const std::lock_guard lock(planner);
    fftw_destroy_plan(plan);
  }

  void run(FftArray& sequences) const { fftw_execute_dft(plan, raw(sequences), raw(sequences)); }
};

#endif

Fft::Fft(const FftLayout& layout) : plan_(std::make_unique<Plan>(layout)) {
  assert(layout.length > 0 && layout.count > 0 && layout.stride > 0);
}
Fft::Fft(Fft&&) noexcept = default;
Fft& Fft::operator=(Fft&&) noexcept = default;
Fft::~Fft() = default;

void Fft::forward(FftArray& sequences) const { plan_->run(sequences); }

int fast_fft_length(int length) {
  for (;; ++length) {
    int rest = length;
    for (const int prime : {2, 3, 5, 7})
      while (rest % prime == 0) rest /= prime;
    if (rest == 1) return length;
  }
}

}  // namespace radiomics
