#include "radiomics/figures/flow_figure.h"

#include <algorithm>

#include "radiomics/figures/axes.h"
#include "radiomics/figures/style.h"

namespace radiomics {
namespace {

constexpr double left = 28, box_width = 300, box_height = 44, side_left = 392, side_width = 300;
constexpr double line_height = 18, gap = 34;
constexpr Paint outline{.stroke = "#555555"};

double middle() { return left + box_width / 2; }

double side_height(const FlowStep& step) {
  return line_height * double(step.excluded.size() + 1) + 14;
}

/// Between a box and the next one.
double distance(const FlowStep& step) {
  return step.excluded.empty() ? gap : side_height(step) + 28;
}

void draw_arrow(SvgPicture& picture, double x1, double y1, double x2, double y2) {
  picture.line(x1, y1, x2, y2, outline);
  SvgPath head;
  if (y1 == y2)
    head.move(x2, y2).line(x2 - 8, y2 - 4).line(x2 - 8, y2 + 4);
  else
    head.move(x2, y2).line(x2 - 4, y2 - 8).line(x2 + 4, y2 - 8);
  picture.path(head.close(), {.fill = outline.stroke});
}

void draw_excluded(SvgPicture& picture, const FlowStep& step, double y) {
  const double height = side_height(step);
  draw_arrow(picture, middle(), y, side_left, y);
  picture.rectangle(side_left, y - height / 2, side_width, height, outline);
  double baseline = y - height / 2 + line_height + 3;
  picture.text(side_left + 12, baseline, "Excluded", {.size = figure_text, .bold = true});
  for (const auto& line : step.excluded) {
    baseline += line_height;
    picture.text(side_left + 12, baseline, fitted(line, figure_text, side_width - 24),
                 {.size = figure_text});
  }
}

}  // namespace

std::string to_svg(const FlowFigure& figure) {
  const double top = figure.title.empty() ? 16 : 48;
  double height = top + 16;
  for (std::size_t i = 0; i < figure.steps.size(); ++i)
    height += box_height + (i + 1 < figure.steps.size() || !figure.steps[i].excluded.empty()
                                ? distance(figure.steps[i])
                                : 0);
  SvgPicture picture(figure_width, height, figure.title, figure.description);
  draw_title(picture, left, figure_width - figure_margin, figure.title, "");
  double y = top;
  for (std::size_t i = 0; i < figure.steps.size(); ++i) {
    const auto& step = figure.steps[i];
    const bool last = i + 1 == figure.steps.size();
    picture.rectangle(left, y, box_width, box_height,
                      {.stroke = outline.stroke, .fill = "#f4f7fa"});
    picture.text(middle(), y + box_height / 2 + 4.5,
                 fitted(step.label, figure_text, box_width - 16),
                 {.size = figure_text, .anchor = Anchor::middle});
    const double below = y + box_height, next = below + distance(step);
    if (!last) draw_arrow(picture, middle(), below, middle(), next);
    if (!step.excluded.empty()) {
      const double at = (below + next) / 2;
      if (last) picture.line(middle(), below, middle(), at, outline);
      draw_excluded(picture, step, at);
    }
    y = next;
  }
  return picture.document();
}

}  // namespace radiomics
