#include "radiomics/core/random_stream.h"

#include <numeric>
#include <utility>

namespace radiomics {

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {std::uint32_t(second >> 32) ^ counter[1] ^ key[0], std::uint32_t(second),
               std::uint32_t(first >> 32) ^ counter[3] ^ key[1], std::uint32_t(first)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t stream)
    : key_{std::uint32_t(seed), std::uint32_t(seed >> 32)},
      counter_{0, 0, std::uint32_t(stream), std::uint32_t(stream >> 32)} {}

std::uint32_t RandomStream::next() {
  if (used_ == block_.size()) {
    block_ = philox(counter_, key_);
    if (++counter_[0] == 0) ++counter_[1];
    used_ = 0;
  }
  return block_[used_++];
}

// Lemire 2019, doi:10.1145/3230636: the high word of a product, redrawn where it would be biased.
std::size_t RandomStream::below(std::size_t count) {
  const auto range = std::uint32_t(count);
  const std::uint32_t least = std::uint32_t(-range) % range;
  for (;;) {
    const std::uint64_t product = std::uint64_t{next()} * range;
    if (std::uint32_t(product) >= least) return std::size_t(product >> 32);
  }
}

double RandomStream::uniform() {
  const std::uint64_t bits = (std::uint64_t{next()} << 32) | next();
  return (double(bits >> 12) + 0.5) * 0x1p-52;
}

std::vector<std::size_t> random_order(std::size_t count, RandomStream& random) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = count; left > 1; --left)
    std::swap(order[left - 1], order[random.below(left)]);
  return order;
}

std::vector<std::size_t> bootstrap_sample(std::size_t count, RandomStream& random) {
  std::vector<std::size_t> sample(count);
  for (auto& one : sample) one = random.below(count);
  return sample;
}

}  // namespace radiomics
