#include "radiomics/pipeline/memory_gate.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace radiomics {
namespace {

TEST(MemoryGate, NeverLetsInMoreThanItsLimit) {
  MemoryGate gate(100);
  std::atomic<int> inside = 0, most = 0, passed = 0;
  {
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < 4; ++worker)
      workers.emplace_back([&, worker] {
        for (int i = 0; i < 200; ++i) {
          const int bytes = 1 + (37 * i + 61 * worker) % 100;
          const auto pass = gate.enter(std::uintmax_t(bytes));
          const int now = inside += bytes;
          for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
          }
          std::this_thread::yield();
          inside -= bytes;
          ++passed;
        }
      });
  }
  EXPECT_EQ(passed, 800);
  EXPECT_LE(most, 100);
  EXPECT_GT(most, 0);
}

TEST(MemoryGate, SmallWorkOvertakesWorkThatWaits) {
  MemoryGate gate(100);
  std::atomic<bool> large_is_in = false;
  std::jthread large;
  {
    const auto half = gate.enter(50);
    large = std::jthread([&] {
      const auto pass = gate.enter(100);
      large_is_in = true;
    });
    for (int i = 0; i < 20; ++i) {
      const auto pass = gate.enter(50);
      EXPECT_FALSE(large_is_in);
    }
  }
  large.join();
  EXPECT_TRUE(large_is_in);
}

TEST(MemoryGate, RefusesWhatNeverFits) {
  MemoryGate gate(2'000'000);
  EXPECT_ERROR((void)gate.enter(2'000'001), ErrorKind::memory_limit,
               "needs about 3 MB of memory, and there are 2 MB; raise --memory");
  EXPECT_NO_THROW((void)gate.enter(2'000'000));
}

TEST(MemoryGate, NoLimit) {
  MemoryGate gate(0);
  const auto one = gate.enter(UINTMAX_MAX / 2);
  EXPECT_NO_THROW((void)gate.enter(UINTMAX_MAX / 2)) << "and it does not wait";
}

ImageSource series(Index3 size) {
  ImageSource image;
  image.geometry = {size, {1, 1, 2}, {0, 0, 0}};
  image.instance_uids.resize(std::size_t(size[2]));
  return image;
}

TEST(MemoryNeed, GrowsLinearlyWithTheRegion) {
  const ImageSource image = series({512, 512, 400});
  const auto need = [&](int slices) {
    return double(memory_need(image, {{100, 100, 10}, {299, 299, 9 + slices}}, {}));
  };
  const double per_slice = (need(200) - need(100)) / 100;
  EXPECT_NEAR((need(300) - need(200)) / 100, per_slice, 1e-3 * per_slice);
  EXPECT_GE(per_slice, 512 * 512 * 2.0) << "the pixels that are kept, at least";
}

TEST(MemoryNeed, FinerGridsNeedMore) {
  const ImageSource image = series({512, 512, 100});
  PrepareOptions finer;
  finer.resample.spacing_mm = {0.5, 0.5, 0.5};
  const Box box{{100, 100, 10}, {199, 199, 49}};
  EXPECT_GT(memory_need(image, box, finer), 3 * memory_need(image, box, {}));
}

TEST(MemoryNeed, FileIsKeptAsAWhole) {
  ImageSource file = series({512, 512, 100});
  file.instance_uids.clear();
  EXPECT_GT(memory_need(file, {{0, 0, 0}, {1, 1, 1}}, {}), 512U * 512U * 100U * 4U);
}

}  // namespace
}  // namespace radiomics
