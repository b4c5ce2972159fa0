#include "radiomics/figures/svg.h"

#include <array>
#include <charconv>
#include <cstddef>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

/// Two decimals, without trailing zeros: enough for the eye, the same everywhere.
std::string coordinate(double value) {
  std::array<char, 64> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::fixed, 2);
  std::string text(buffer.data(), end);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string attribute(std::string_view name, double value) {
  return attribute(name, std::string_view(coordinate(value)));
}

std::string painted(const Paint& paint) {
  std::string text = attribute("fill", paint.fill);
  if (paint.stroke != "none")
    text += attribute("stroke", paint.stroke) + attribute("stroke-width", paint.width);
  if (paint.opacity < 1) text += attribute("opacity", paint.opacity);
  if (!paint.dashes.empty()) text += attribute("stroke-dasharray", paint.dashes);
  return text + "/>\n";
}

/// Thousandths of the size, for the characters from blank to '~'.
/// \source Adobe Font Metrics of Helvetica
constexpr std::array<short, 95> helvetica{
    278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,  // blank to /
    556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,  // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,  // @ to O
    667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,  // P to _
    333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,  // ` to o
    556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};      // p to ~

constexpr double safety = 1.2;  // DejaVu Sans, which may stand in, is that much wider

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

SvgPath& SvgPath::move(double x, double y) {
  text_ += "M" + coordinate(x) + "," + coordinate(y);
  return *this;
}

SvgPath& SvgPath::line(double x, double y) {
  text_ += "L" + coordinate(x) + "," + coordinate(y);
  return *this;
}

SvgPath& SvgPath::across(double x) {
  text_ += "H" + coordinate(x);
  return *this;
}

SvgPath& SvgPath::down(double y) {
  text_ += "V" + coordinate(y);
  return *this;
}

SvgPath& SvgPath::close() {
  text_ += "Z";
  return *this;
}

SvgPicture::SvgPicture(double width, double height, std::string_view title,
                       std::string_view description) {
  const std::string w = coordinate(width), h = coordinate(height);
  body_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"" + attribute("width", w) +
          attribute("height", h) + attribute("viewBox", "0 0 " + w + " " + h) +
          " role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', "
          "sans-serif\">\n<title>" +
          markup_escaped(title) + "</title>\n<desc>" + markup_escaped(description) + "</desc>\n";
  rectangle(0, 0, width, height, {.fill = "#ffffff"});
}

void SvgPicture::line(double x1, double y1, double x2, double y2, const Paint& paint) {
  body_ += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
           attribute("y2", y2) + painted(paint);
}

void SvgPicture::path(const SvgPath& path, const Paint& paint) {
  body_ += "<path" + attribute("d", std::string_view(path.text())) + painted(paint);
}

void SvgPicture::rectangle(double x, double y, double width, double height, const Paint& paint) {
  body_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) +
           attribute("height", height) + painted(paint);
}

void SvgPicture::circle(double x, double y, double radius, const Paint& paint) {
  body_ +=
      "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) + painted(paint);
}

void SvgPicture::text(double x, double y, std::string_view text, const TextStyle& style) {
  body_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", style.size) +
           attribute("fill", style.fill);
  if (style.anchor != Anchor::start)
    body_ += attribute("text-anchor", style.anchor == Anchor::middle ? "middle" : "end");
  if (style.bold) body_ += attribute("font-weight", "bold");
  if (style.upwards)
    body_ += attribute("transform", "rotate(-90 " + coordinate(x) + " " + coordinate(y) + ")");
  body_ += ">" + markup_escaped(text) + "</text>\n";
}

std::string SvgPicture::document() const {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body_ + "</svg>\n";
}

double text_width(std::string_view text, double size) {
  double thousandths = 0;
  for (const char c : text) {
    if (c >= ' ' && c <= '~')
      thousandths += helvetica[std::size_t(c - ' ')];
    else if (!continues_character(c))
      thousandths += static_cast<unsigned char>(c) >= 0xe3 ? 1000 : 650;  // CJK, or other letters
  }
  return safety * thousandths * size / 1000;
}

std::string fitted(std::string_view text, double size, double width) {
  if (text_width(text, size) <= width) return std::string(text);
  const std::string ellipsis = "\xe2\x80\xa6";
  while (!text.empty() && text_width(std::string(text) + ellipsis, size) > width) {
    while (text.size() > 1 && continues_character(text.back())) text.remove_suffix(1);
    text.remove_suffix(1);
  }
  return std::string(text) + ellipsis;
}

std::string fitted_name(std::string_view name, double size, double width) {
  if (text_width(name, size) <= width) return std::string(name);
  const std::string ellipsis = "\xe2\x80\xa6";
  std::string_view head = name.substr(0, name.size() / 2), tail = name.substr(name.size() / 2);
  const auto shown = [&] { return std::string(head) + ellipsis + std::string(tail); };
  while (!head.empty() && continues_character(tail.front())) {  // a character cut in two
    tail = name.substr(head.size() - 1);
    head.remove_suffix(1);
  }
  while (!tail.empty() && text_width(shown(), size) > width) {
    if (head.size() >= tail.size()) {
      while (head.size() > 1 && continues_character(head.back())) head.remove_suffix(1);
      head.remove_suffix(1);
    } else {
      tail.remove_prefix(1);
      while (!tail.empty() && continues_character(tail.front())) tail.remove_prefix(1);
    }
  }
  return shown();
}

}  // namespace radiomics
