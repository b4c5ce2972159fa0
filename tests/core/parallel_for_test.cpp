#include "radiomics/core/parallel_for.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(ParallelFor, CallsEveryIndexOnce) {
  for (const int threads : {-1, 1, 2, 3, 100})
    for (const std::size_t count : {0, 1, 2, 7, 64}) {
      std::vector<int> calls(count);
      parallel_for(count, threads, [&](std::size_t i) { ++calls[i]; });
      EXPECT_EQ(calls, std::vector<int>(count, 1)) << threads << " threads";
    }
}

TEST(ParallelFor, ThrowsWhatTheLowestIndexThrew) {
  for (const int threads : {1, 2, 3, 8})
    for (int repeat = 0; repeat < 50; ++repeat) {
      std::atomic<int> running = 0;
      try {
        parallel_for(20, threads, [&](std::size_t i) {
          ++running;
          if (i < 5) {
            --running;
            return;
          }
          --running;
          throw std::runtime_error(std::to_string(i));
        });
        FAIL() << "nothing was thrown";
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "5") << threads << " threads";
      }
      EXPECT_EQ(running, 0) << "a thread outlived the call";
    }
}

}  // namespace
}  // namespace radiomics
