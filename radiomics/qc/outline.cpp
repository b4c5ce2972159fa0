// Edges between inside and outside are directed so that the inside lies on their right. At every
// corner as many edges end as start, so following them gives closed lines. Where four edges meet
// (two pixels that touch at a corner), turning right keeps to the pixel at hand.

#include "radiomics/qc/outline.h"

#include <cassert>
#include <cstddef>

namespace radiomics {
namespace {

enum Direction { right, down, left, up };  // a right turn is the next one
constexpr PixelCorner steps[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

/// The edges that start at each corner and are not part of a line yet, as bits by direction.
class Edges {
 public:
  Edges(std::span<const std::uint8_t> pixels, int columns)
      : columns_(columns), rows_(int(pixels.size()) / columns), pixels_(pixels) {
    starts_.resize(std::size_t(columns_ + 1) * std::size_t(rows_ + 1));
    for (int row = 0; row < rows_; ++row)
      for (int column = 0; column < columns_; ++column)
        if (inside(column, row)) add_edges_of(column, row);
  }

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  bool has(const PixelCorner& corner, int direction) const {
    return starts_[index(corner)] >> direction & 1;
  }
  void remove(const PixelCorner& corner, int direction) {
    starts_[index(corner)] &= std::uint8_t(~(1u << direction));
  }

 private:
  std::size_t index(const PixelCorner& corner) const {
    return std::size_t(corner[1]) * std::size_t(columns_ + 1) + std::size_t(corner[0]);
  }
  bool inside(int column, int row) const {
    return column >= 0 && row >= 0 && column < columns_ && row < rows_ &&
           pixels_[std::size_t(row) * std::size_t(columns_) + std::size_t(column)] != 0;
  }
  void add(const PixelCorner& corner, Direction direction) {
    starts_[index(corner)] |= std::uint8_t(1u << direction);
  }
  void add_edges_of(int column, int row) {
    if (!inside(column, row - 1)) add({column, row}, right);
    if (!inside(column + 1, row)) add({column + 1, row}, down);
    if (!inside(column, row + 1)) add({column + 1, row + 1}, left);
    if (!inside(column - 1, row)) add({column, row + 1}, up);
  }

  int columns_, rows_;
  std::span<const std::uint8_t> pixels_;
  std::vector<std::uint8_t> starts_;
};

/// Where a line that came in some direction goes on: right before straight before left.
int next_direction(const Edges& edges, const PixelCorner& corner, int direction) {
  for (const int turn : {1, 0, 3})
    if (const int next = (direction + turn) % 4; edges.has(corner, next)) return next;
  return -1;  // the line has come back to its start, all edges of which are used
}

/// Follows the line that starts at a corner; the corner is one of its turns. Uses up its edges.
Outline followed(Edges& edges, const PixelCorner& start, int direction) {
  Outline line;
  for (PixelCorner corner = start; direction >= 0;) {
    line.push_back(corner);
    const int straight = direction;
    do {
      edges.remove(corner, straight);
      corner = {corner[0] + steps[straight][0], corner[1] + steps[straight][1]};
      if (corner == start) return line;
      direction = next_direction(edges, corner, straight);
    } while (direction == straight);
  }
  assert(!"an outline is closed");
  return line;
}

}  // namespace

std::vector<Outline> outlines(std::span<const std::uint8_t> pixels, int columns) {
  assert(columns > 0 && pixels.size() % std::size_t(columns) == 0);
  Edges edges(pixels, columns);
  std::vector<Outline> lines;
  // The topmost, then leftmost corner of an outer border has an edge to the right; that of a hole
  // one downwards. Both are turns.
  for (int row = 0; row <= edges.rows(); ++row)
    for (int column = 0; column <= columns; ++column)
      for (const int direction : {right, down})
        if (edges.has({column, row}, direction))
          lines.push_back(followed(edges, {column, row}, direction));
  return lines;
}

}  // namespace radiomics
