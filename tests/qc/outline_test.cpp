#include "radiomics/qc/outline.h"

#include <cstdlib>
#include <random>
#include <string_view>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

/// Rows of '#' (inside) and '.' of equal length.
std::vector<Outline> outlines_of(const std::vector<std::string_view>& rows) {
  std::vector<std::uint8_t> pixels;
  for (const auto row : rows)
    for (const char c : row) pixels.push_back(c == '#');
  return outlines(pixels, int(rows.front().size()));
}

int length(const Outline& line) {
  int sum = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto &a = line[i], &b = line[(i + 1) % line.size()];
    sum += std::abs(a[0] - b[0]) + std::abs(a[1] - b[1]);
  }
  return sum;
}

/// The enclosed area in pixels, negative for borders of holes (shoelace formula, rows downwards).
int area(const Outline& line) {
  int twice = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto &a = line[i], &b = line[(i + 1) % line.size()];
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return twice / 2;
}

TEST(Outlines, OfOnePixelAreItsFourCorners) {
  const auto lines = outlines_of({"...", ".#.", "..."});
  EXPECT_EQ(lines, (std::vector<Outline>{{{1, 1}, {2, 1}, {2, 2}, {1, 2}}}));
}

TEST(Outlines, HaveNoCornerWhereTheyDoNotTurn) {
  const auto lines = outlines_of({"###", "#.."});
  EXPECT_EQ(lines, (std::vector<Outline>{{{0, 0}, {3, 0}, {3, 1}, {1, 1}, {1, 2}, {0, 2}}}));
}

TEST(Outlines, OfHolesRunTheOtherWay) {
  const auto lines = outlines_of({"###", "#.#", "###"});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(area(lines[0]), 9);
  EXPECT_EQ(lines[1], (Outline{{1, 1}, {1, 2}, {2, 2}, {2, 1}}));
  EXPECT_EQ(area(lines[1]), -1);
}

TEST(Outlines, KeepPixelsApartThatTouchAtACorner) {
  for (const auto& picture : {std::vector<std::string_view>{"#.", ".#"}, {".#", "#."}}) {
    const auto lines = outlines_of(picture);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(area(lines[0]), 1);
    EXPECT_EQ(area(lines[1]), 1);
  }
}

TEST(Outlines, OfNothingAreNone) { EXPECT_TRUE(outlines_of({"..", ".."}).empty()); }

// Whatever the mask, the lines are exactly the edges between inside and outside, each once, and
// enclose exactly the pixels inside.
TEST(Outlines, HaveTheLengthAndAreaOfTheMask) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const int columns = 1 + int(random() % 9), rows = 1 + int(random() % 9);
    std::vector<std::uint8_t> pixels(std::size_t(columns * rows));
    for (auto& pixel : pixels) pixel = random() % 2;
    const auto at = [&](int column, int row) {
      return column >= 0 && row >= 0 && column < columns && row < rows &&
             pixels[std::size_t(row * columns + column)];
    };
    int edges = 0, voxels = 0;
    for (int row = 0; row <= rows; ++row)
      for (int column = 0; column <= columns; ++column) {
        voxels += at(column, row);
        edges +=
            (at(column, row) != at(column - 1, row)) + (at(column, row) != at(column, row - 1));
      }
    int total_length = 0, total_area = 0;
    for (const Outline& line : outlines(pixels, columns)) {
      total_length += length(line);
      total_area += area(line);
    }
    EXPECT_EQ(total_length, edges);
    EXPECT_EQ(total_area, voxels);
  }
}

}  // namespace
}  // namespace radiomics
