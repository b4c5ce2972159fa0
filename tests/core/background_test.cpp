#include "radiomics/core/background.h"

#include <atomic>
#include <future>
#include <stdexcept>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

TEST(Background, RunsEveryTaskOnce) {
  std::atomic<int> sum = 0;
  Background background(3, 4);
  for (int i = 1; i <= 1000; ++i) background.run([&sum, i] { sum += i; });
  background.finish();
  EXPECT_EQ(sum, 500500);
  background.run([&sum] { sum = 1; });
  background.finish();
  EXPECT_EQ(sum, 1);
}

TEST(Background, OneThreadKeepsTheOrder) {
  std::vector<int> order;
  Background background(1, 8);
  for (int i = 0; i < 100; ++i) background.run([&order, i] { order.push_back(i); });
  background.finish();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(order.at(std::size_t(i)), i);
}

TEST(Background, NoMoreThanSoManyTasksWait) {
  std::promise<void> may_go;
  std::atomic<int> brought = 0, done = 0;
  Background background(1, 2);
  const auto gate = may_go.get_future().share();
  std::jthread bringer([&] {
    for (int i = 0; i < 10; ++i) {
      background.run([&, gate] {
        gate.wait();
        ++done;
      });
      ++brought;
    }
  });
  while (brought < 3) std::this_thread::yield();
  EXPECT_EQ(brought, 3) << "one runs and two wait: the fourth is held until one is done";
  EXPECT_EQ(done, 0);
  may_go.set_value();
  bringer.join();
  background.finish();
  EXPECT_EQ(done, 10);
}

TEST(Background, WhatATaskThrowsReachesTheCaller) {
  Background background(2, 4);
  background.run([] { throw std::runtime_error("disk full"); });
  EXPECT_THROW(background.finish(), std::runtime_error);
  EXPECT_THROW(background.run([] {}), std::runtime_error);
}

TEST(Background, TasksThatAreThereAreDoneBeforeItGoes) {
  std::atomic<int> done = 0;
  {
    Background background(1, 100);
    for (int i = 0; i < 50; ++i) background.run([&done] { ++done; });
  }
  EXPECT_EQ(done, 50);
}

}  // namespace
}  // namespace radiomics
