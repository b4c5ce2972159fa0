#pragma once

#include <string>
#include <string_view>

namespace radiomics {

/// How a line or a shape is painted. Colours are "#rrggbb" or "none".
struct Paint {
  std::string_view stroke = "none";
  double width = 1;
  std::string_view fill = "none";
  double opacity = 1;
  std::string_view dashes{};  ///< as SVG's stroke-dasharray; "": solid
};

enum class Anchor { start, middle, end };

struct TextStyle {
  double size = 13;
  Anchor anchor = Anchor::start;
  std::string_view fill = "#222222";
  bool bold = false;
  bool upwards = false;  ///< turned to read from bottom to top
};

/// The parts of a path. x to the right, y downwards, in pixels.
class SvgPath {
 public:
  SvgPath& move(double x, double y);
  SvgPath& line(double x, double y);
  SvgPath& across(double x);  ///< horizontally
  SvgPath& down(double y);    ///< vertically
  SvgPath& close();
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// A picture of fixed size on white, written as SVG 1.1: text stays text, no scripts, no references
/// to anything outside. The same calls give the same bytes.
class SvgPicture {
 public:
  /// `title` and `description` are for those who cannot see the picture.
  SvgPicture(double width, double height, std::string_view title, std::string_view description);

  void line(double x1, double y1, double x2, double y2, const Paint& paint);
  void path(const SvgPath& path, const Paint& paint);
  void rectangle(double x, double y, double width, double height, const Paint& paint);
  void circle(double x, double y, double radius, const Paint& paint);
  void text(double x, double y, std::string_view text, const TextStyle& style);

  /// The whole file.
  std::string document() const;

 private:
  std::string body_;
};

/// About how wide a text will be, in pixels: by the widths of Helvetica, and enough for wider
/// fonts.
double text_width(std::string_view text, double size);

/// The text, cut with an ellipsis so that it is not wider than `width` pixels.
std::string fitted(std::string_view text, double size, double width);

/// The same for names, of features above all, which often differ at their ends: cut in the middle.
std::string fitted_name(std::string_view name, double size, double width);

}  // namespace radiomics
