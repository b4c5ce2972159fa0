#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace radiomics {

/// Random numbers that are a function of (seed, stream, position): every resample, fold or
/// permutation takes the stream of its own number, so that results depend neither on the number of
/// threads nor on the standard library.
/// \source Philox4x32-10: Salmon, Moraes, Dror, Shaw 2011, doi:10.1145/2063384.2063405
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t stream);

  std::uint32_t next();

  /// One of 0 ... count - 1, all equally likely (no modulo bias). `count` is above 0.
  std::size_t below(std::size_t count);

  /// In the open interval (0, 1).
  double uniform();

 private:
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4> block_{};
  std::size_t used_ = 4;
};

/// Ten rounds of Philox4x32.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key);

/// What a stream is for: part of its number, so that no two uses share numbers.
enum class StreamUse : std::uint32_t { bootstrap = 1, folds = 2, permutation = 3, inner_folds = 4 };

/// The stream number of use `use` and counter `index`.
constexpr std::uint64_t stream_of(StreamUse use, std::uint32_t index) {
  return (std::uint64_t(use) << 32) | index;
}

/// 0 ... count - 1 in random order.
std::vector<std::size_t> random_order(std::size_t count, RandomStream& random);

/// `count` draws with replacement of 0 ... count - 1.
std::vector<std::size_t> bootstrap_sample(std::size_t count, RandomStream& random);

}  // namespace radiomics
