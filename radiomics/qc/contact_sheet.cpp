#include "radiomics/qc/contact_sheet.h"

#include <algorithm>
#include <memory>

#include <cairo/cairo.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/qc/captions.h"

namespace radiomics {
namespace {

// Layout, in pixels: a title, three large pictures, a row of small ones, a line of explanation.
constexpr int gap = 16, large = 512, small_count = 8;
constexpr int width = contact_sheet_width, height = contact_sheet_height;
constexpr int small = (width - (small_count + 1) * gap) / small_count;
constexpr int title_height = 76, large_top = title_height, small_top = large_top + large + gap;
static_assert(3 * large + 4 * gap == width && small_top + small + 64 <= height);

struct Colour {
  double red, green, blue, alpha = 1;
};
constexpr Colour background{0.075, 0.085, 0.105}, black{0, 0, 0}, shadow{0, 0, 0, 0.65};
constexpr Colour bright_text{0.93, 0.94, 0.96}, quiet_text{0.62, 0.66, 0.72};
constexpr Colour outline_colour{1.0, 0.80, 0.16};

struct Font {
  double size;
  bool bold = false;
};

struct Square {
  double left, top, side;
};

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

/// Restores colours, clip and transformation at the end of a scope.
class Saved {
 public:
  explicit Saved(cairo_t* cairo) : cairo_(cairo) { cairo_save(cairo_); }
  ~Saved() { cairo_restore(cairo_); }
  Saved(const Saved&) = delete;
  Saved& operator=(const Saved&) = delete;

 private:
  cairo_t* cairo_;
};

void set(cairo_t* cairo, const Colour& colour) {
  cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, colour.alpha);
}

void set(cairo_t* cairo, const Font& font) {
  cairo_select_font_face(cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                         font.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cairo, font.size);
}

double text_width(cairo_t* cairo, const std::string& text) {
  cairo_text_extents_t extents;
  cairo_text_extents(cairo, text.c_str(), &extents);
  return extents.x_advance;
}

/// The text, cut off at the end with an ellipsis if it is wider than that. It is well-formed UTF-8.
std::string fitted(cairo_t* cairo, std::string text, double most) {
  if (text_width(cairo, text) <= most) return text;
  const auto cut_off_one = [&] {
    while (!text.empty() && (text.back() & 0xc0) == 0x80) text.pop_back();
    if (!text.empty()) text.pop_back();
  };
  do cut_off_one();
  while (!text.empty() && text_width(cairo, text + "\u2026") > most);
  return text + "\u2026";
}

/// Text on the background; `left` and the base line are where it starts.
void draw_text(cairo_t* cairo, const std::string& text, double left, double base,
               const Colour& colour) {
  set(cairo, colour);
  cairo_move_to(cairo, left, base);
  cairo_show_text(cairo, text.c_str());
}

/// Text on a picture: with a dark rim, so that it can be read on white bone.
void draw_rimmed(cairo_t* cairo, const std::string& text, double left, double base) {
  cairo_move_to(cairo, left, base);
  cairo_text_path(cairo, text.c_str());
  cairo_set_line_width(cairo, 3);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  set(cairo, shadow);
  cairo_stroke_preserve(cairo);
  set(cairo, bright_text);
  cairo_fill(cairo);
}

Surface grey_surface(const SliceView& view) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, view.columns, view.rows),
                  cairo_surface_destroy);
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  if (!data) return surface;  // its status says so when it is used
  const int stride = cairo_image_surface_get_stride(surface.get());
  auto grey = view.grey.begin();
  for (int row = 0; row < view.rows; ++row) {
    auto* pixel = reinterpret_cast<std::uint32_t*>(data + std::ptrdiff_t(row) * stride);
    for (int column = 0; column < view.columns; ++column) *pixel++ = *grey++ * 0x010101u;
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

/// Between the centres of voxels the picture is interpolated linearly; the outline is not.
void draw_grey(cairo_t* cairo, const SliceView& view) {
  const Surface surface = grey_surface(view);
  cairo_set_source_surface(cairo, surface.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
  cairo_rectangle(cairo, 0, 0, view.columns, view.rows);
  cairo_fill(cairo);
}

void trace(cairo_t* cairo, const std::vector<Outline>& outlines) {
  for (const Outline& line : outlines) {
    cairo_new_sub_path(cairo);
    for (const auto& [x, y] : line) cairo_line_to(cairo, x, y);
    cairo_close_path(cairo);
  }
}

void stroke_outline(cairo_t* cairo, double line_width) {
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width(cairo, 1.9 * line_width);
  set(cairo, shadow);
  cairo_stroke_preserve(cairo);
  cairo_set_line_width(cairo, line_width);
  set(cairo, outline_colour);
  cairo_stroke(cairo);
}

/// Picture and outline, with the middle of the field in the middle of the square.
void draw_slice(cairo_t* cairo, const SliceView& view, const Field& field, const Square& square) {
  const Saved saved(cairo);
  cairo_rectangle(cairo, square.left, square.top, square.side, square.side);
  set(cairo, black);
  cairo_fill_preserve(cairo);
  cairo_clip(cairo);
  const PicturePoint middle = picture_point(view, field.centre_index);
  const double pixels_per_mm = square.side / field.side_mm;
  {
    const Saved in_pixels_of_the_slice(cairo);
    cairo_translate(cairo, square.left + square.side / 2, square.top + square.side / 2);
    cairo_scale(cairo, view.pixel_width_mm * pixels_per_mm, view.pixel_height_mm * pixels_per_mm);
    cairo_translate(cairo, -middle.x, -middle.y);
    draw_grey(cairo, view);
    trace(cairo, view.outlines);
  }
  stroke_outline(cairo, square.side > small ? 2 : 1.3);
}

void draw_letters(cairo_t* cairo, const PlaneAxes& axes, const Square& square) {
  set(cairo, Font{17, true});
  const double inset = 9, middle = square.left + square.side / 2;
  const double base = square.top + square.side / 2 + 6;
  const auto& [left, right, top, bottom] = axes.letters;
  draw_rimmed(cairo, left, square.left + inset, base);
  draw_rimmed(cairo, right, square.left + square.side - inset - text_width(cairo, right), base);
  draw_rimmed(cairo, top, middle - text_width(cairo, top) / 2, square.top + inset + 13);
  draw_rimmed(cairo, bottom, middle - text_width(cairo, bottom) / 2,
              square.top + square.side - inset);
}

/// A bar with ends at the bottom right, and its length above it.
void draw_scale_bar(cairo_t* cairo, double side_mm, const Square& square) {
  const double length_mm = scale_bar_mm(side_mm);
  const double right = square.left + square.side - 14, base = square.top + square.side - 15;
  const double left = right - length_mm * square.side / side_mm;
  const auto stroke = [&](double line_width, const Colour& colour) {
    for (const double x : {left, right}) {
      cairo_move_to(cairo, x, base - 5);
      cairo_line_to(cairo, x, base + 5);
    }
    cairo_move_to(cairo, left, base);
    cairo_line_to(cairo, right, base);
    cairo_set_line_width(cairo, line_width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_SQUARE);
    set(cairo, colour);
    cairo_stroke(cairo);
  };
  stroke(4, shadow);
  stroke(2, bright_text);
  set(cairo, Font{14});
  const std::string text = to_text(length_mm) + " mm";
  draw_rimmed(cairo, text, (left + right - text_width(cairo, text)) / 2, base - 10);
}

/// All that the pictures of one sheet have in common.
struct Sheet {
  cairo_t* cairo;
  const ImageWindow& image;
  const MaskWindow& mask;
  const Field& field;
  GreyWindow window;
};

void draw_large(const Sheet& sheet, Plane plane, const Square& square) {
  const int axis = plane_axes(sheet.image.grid, plane).through.axis;
  const int slice = slice_of_largest_area(sheet.mask, axis);
  const SliceView view = slice_view(sheet.image, sheet.mask, plane, slice, sheet.window);
  draw_slice(sheet.cairo, view, sheet.field, square);
  draw_letters(sheet.cairo, view.axes, square);
  draw_scale_bar(sheet.cairo, sheet.field.side_mm, square);
  set(sheet.cairo, Font{14});
  draw_rimmed(sheet.cairo, std::string(to_string(plane)), square.left + 10, square.top + 22);
  draw_rimmed(sheet.cairo, position_text(view), square.left + 10, square.top + square.side - 12);
}

void draw_small(const Sheet& sheet, int slice, const Square& square) {
  const SliceView view = slice_view(sheet.image, sheet.mask, Plane::axial, slice, sheet.window);
  draw_slice(sheet.cairo, view, sheet.field, square);
  set(sheet.cairo, Font{13});
  const std::string text = position_text(view);
  const double left = square.left + (square.side - text_width(sheet.cairo, text)) / 2;
  draw_text(sheet.cairo, text, left, square.top + square.side + 19, quiet_text);
}

/// Up to eight slices of the region, the highest first.
std::vector<int> slices_head_to_feet(const MaskWindow& mask) {
  const GridDirection to_head = plane_axes(mask.grid, Plane::axial).through;
  std::vector<int> slices =
      evenly_spaced(mask.box.first[to_head.axis], mask.box.last[to_head.axis], small_count);
  if (to_head.step > 0) std::ranges::reverse(slices);
  return slices;
}

void draw_title(const Sheet& sheet, const SheetTitle& title) {
  cairo_t* cairo = sheet.cairo;
  set(cairo, Font{17});
  const std::string facts =
      to_string(region_size(sheet.mask)) + "  \u00b7  " + to_string(sheet.window);
  const double facts_left = width - gap - text_width(cairo, facts);
  draw_text(cairo, facts, facts_left, 48, quiet_text);
  set(cairo, Font{25, true});
  const double room = facts_left - 2 * gap - gap;
  const std::string roi = fitted(cairo, shown(title.roi), room / 2);
  const double roi_width = text_width(cairo, roi);
  const std::string name = fitted(cairo, shown(title.case_name), room - roi_width - 30);
  draw_text(cairo, name, gap, 50, bright_text);
  draw_text(cairo, roi, gap + text_width(cairo, name) + 30, 50, outline_colour);
}

void draw_explanation(const Sheet& sheet) {
  set(sheet.cairo, Font{13});
  draw_text(
      sheet.cairo,
      "Slices of the largest area, below them axial slices from head to feet. Radiological view: "
      "the patient's right is on the left. Outline on the edges of voxels. Each picture is " +
          fixed_text(sheet.field.side_mm, 0) + " mm wide.",
      gap, height - gap, quiet_text);
}

void draw(const Sheet& sheet, const SheetTitle& title) {
  set(sheet.cairo, background);
  cairo_paint(sheet.cairo);
  draw_title(sheet, title);
  double left = gap;
  for (const Plane plane : all_planes) {
    draw_large(sheet, plane, {left, large_top, large});
    left += large + gap;
  }
  left = gap;
  for (const int slice : slices_head_to_feet(sheet.mask)) {
    draw_small(sheet, slice, {left, small_top, small});
    left += small + gap;
  }
  draw_explanation(sheet);
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int count) {
  auto& png = *static_cast<std::vector<unsigned char>*>(bytes);
  png.insert(png.end(), data, data + count);
  return CAIRO_STATUS_SUCCESS;
}

void require_success(cairo_status_t status) {
  require(status == CAIRO_STATUS_SUCCESS, ErrorKind::unwritable_output,
          std::string("the picture cannot be drawn (") + cairo_status_to_string(status) +
              "); free memory");
}

}  // namespace

std::vector<unsigned char> contact_sheet(const ImageWindow& image, const MaskWindow& mask,
                                         const Field& field, const SheetTitle& title) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height),
                        cairo_surface_destroy);
  const Context cairo(cairo_create(surface.get()), cairo_destroy);
  draw({cairo.get(), image, mask, field, default_window(title.modality, image, mask)}, title);
  require_success(cairo_status(cairo.get()));
  std::vector<unsigned char> png;
  require_success(cairo_surface_write_to_png_stream(surface.get(), append, &png));
  return png;
}

}  // namespace radiomics
