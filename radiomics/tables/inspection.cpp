#include "radiomics/tables/inspection.h"

#include "radiomics/core/text.h"
#include "radiomics/tables/json_writer.h"

namespace radiomics {
namespace {

std::string counted(std::size_t count, const std::string& what) {
  return to_text(count) + " " + what + (count == 1 ? "" : "s");
}

void write_mask(const Inspection::Mask& mask, std::ostream& out) {
  out << "  " << mask.kind << " " << one_line(mask.path);
  if (!mask.problem.empty()) out << ": refused: " << one_line(mask.problem);
  out << '\n';
  for (const std::string& region : mask.regions) out << "    '" << one_line(region) << "'\n";
}

/// NIfTI holds numbers of seven digits: 1.9, not 1.899999976158142.
std::string shown(const Vector3& spacing_mm) {
  std::vector<std::string> texts;
  for (const double mm : spacing_mm) texts.push_back(rounded_text(mm, 6));
  return join(texts, "x") + " mm";
}

void write_image(const Inspection::Image& image, std::ostream& out) {
  out << image.name << "  " << (image.modality.empty() ? "image" : image.modality) << "  "
      << counted(image.files, "file");
  if (image.problem.empty())
    out << "  " << join(image.geometry.size, "x") << " voxels of "
        << shown(image.geometry.spacing_mm);
  out << "  " << one_line(image.path) << '\n';
  if (!image.problem.empty()) out << "  refused: " << one_line(image.problem) << '\n';
  for (const std::string& warning : image.warnings)
    out << "  warning: " << one_line(warning) << '\n';
}

void write_image(JsonWriter& json, const Inspection::Image& image) {
  json.begin_object()
      .member("case", image.name)
      .member("path", image.path)
      .member("modality", image.modality)
      .member("files", image.files);
  if (image.problem.empty())
    json.member("size", image.geometry.size)
        .member("spacing_mm", image.geometry.spacing_mm)
        .member("origin_mm", image.geometry.origin_mm)
        .member("direction", image.geometry.direction);
  json.text_or_null("problem", image.problem).member("warnings", image.warnings).end_object();
}

void write_mask(JsonWriter& json, const Inspection::Mask& mask) {
  json.begin_object()
      .member("path", mask.path)
      .member("kind", mask.kind)
      .text_or_null("case", mask.image)
      .member("regions", mask.regions)
      .text_or_null("problem", mask.problem)
      .end_object();
}

}  // namespace

void write_inspection_text(const Inspection& inspection, std::ostream& out) {
  out << counted(inspection.images.size(), "image") << ", "
      << counted(inspection.masks.size(), "mask") << "\n\n";
  for (const auto& image : inspection.images) {
    write_image(image, out);
    for (const auto& mask : inspection.masks)
      if (mask.image == image.name) write_mask(mask, out);
  }
  bool first = true;
  for (const auto& mask : inspection.masks) {
    if (!mask.image.empty()) continue;
    if (first && !inspection.images.empty()) out << "\nmasks without an image\n";
    first = false;
    write_mask(mask, out);
  }
  if (!inspection.left_out.empty()) out << "\nleft out\n";
  for (const auto& [reason, count] : inspection.left_out)
    out << "  " << counted(std::size_t(count), "file") << ": " << one_line(reason) << '\n';
}

void write_inspection_json(const Inspection& inspection, std::ostream& out) {
  JsonWriter json;
  json.begin_object().key("images").begin_array();
  for (const auto& image : inspection.images) write_image(json, image);
  json.end_array().key("masks").begin_array();
  for (const auto& mask : inspection.masks) write_mask(json, mask);
  json.end_array().key("left_out").begin_object();
  for (const auto& [reason, count] : inspection.left_out) json.member(reason, count);
  out << json.end_object().end_object().text();
}

}  // namespace radiomics
