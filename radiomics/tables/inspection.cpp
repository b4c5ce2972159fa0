#include "radiomics/tables/inspection.h"

#include <nlohmann/json.hpp>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

using Json = nlohmann::ordered_json;

std::string counted(std::size_t count, const std::string& what) {
  return to_text(count) + " " + what + (count == 1 ? "" : "s");
}

void write_mask(const Inspection::Mask& mask, std::ostream& out) {
  out << "  " << mask.kind << " " << one_line(mask.path);
  if (!mask.problem.empty()) out << ": refused: " << one_line(mask.problem);
  out << '\n';
  for (const std::string& region : mask.regions) out << "    '" << one_line(region) << "'\n";
}

void write_image(const Inspection::Image& image, std::ostream& out) {
  out << image.name << "  " << (image.modality.empty() ? "image" : image.modality) << "  "
      << counted(image.files, "file");
  if (image.problem.empty())
    out << "  " << join(image.geometry.size, "x") << " voxels of "
        << join(image.geometry.spacing_mm, "x") << " mm";
  out << "  " << one_line(image.path) << '\n';
  if (!image.problem.empty()) out << "  refused: " << one_line(image.problem) << '\n';
  for (const std::string& warning : image.warnings)
    out << "  warning: " << one_line(warning) << '\n';
}

Json to_json(const Inspection::Image& image) {
  Json json{{"case", image.name},
            {"path", image.path},
            {"modality", image.modality},
            {"files", image.files}};
  if (image.problem.empty()) {
    json["size"] = image.geometry.size;
    json["spacing_mm"] = image.geometry.spacing_mm;
    json["origin_mm"] = image.geometry.origin_mm;
    json["direction"] = image.geometry.direction;
  }
  json["problem"] = image.problem.empty() ? Json() : Json(image.problem);
  json["warnings"] = image.warnings;
  return json;
}

Json to_json(const Inspection::Mask& mask) {
  return {{"path", mask.path},
          {"kind", mask.kind},
          {"case", mask.image.empty() ? Json() : Json(mask.image)},
          {"regions", mask.regions},
          {"problem", mask.problem.empty() ? Json() : Json(mask.problem)}};
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
  Json json{{"images", Json::array()}, {"masks", Json::array()}, {"left_out", Json::object()}};
  for (const auto& image : inspection.images) json["images"].push_back(to_json(image));
  for (const auto& mask : inspection.masks) json["masks"].push_back(to_json(mask));
  for (const auto& [reason, count] : inspection.left_out) json["left_out"][reason] = count;
  out << json.dump(1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace radiomics
