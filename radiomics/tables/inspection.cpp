#include "radiomics/tables/inspection.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "radiomics/core/text.h"
#include "radiomics/tables/json_writer.h"

namespace radiomics {
namespace {

// Slices that a technician calls axial are often turned by a few degrees.
constexpr double most_degrees = 5;

struct Normal {
  int axis = 2;  ///< of the patient, the one that it is nearest to
  double degrees = 0;
  Vector3 vector{};
};

Normal normal_of(const Geometry& geometry) {
  Normal normal;
  for (std::size_t i = 0; i < 3; ++i) normal.vector[i] = geometry.direction[3 * i + 2];
  for (int i = 0; i < 3; ++i)
    if (std::abs(normal.vector[i]) > std::abs(normal.vector[normal.axis])) normal.axis = i;
  const double cosine = std::min(std::abs(normal.vector[normal.axis]), 1.0);
  normal.degrees = std::acos(cosine) * 180 / std::numbers::pi;
  return normal;
}

double along(const Vector3& axis, const Vector3& position_mm) {
  return axis[0] * position_mm[0] + axis[1] * position_mm[1] + axis[2] * position_mm[2];
}

// ---- JSON ----

void write_summary(JsonWriter& json, const Inspection& inspection) {
  const InspectionCounts counts = counts_of(inspection);
  json.key("summary")
      .begin_object()
      .member("patients", counts.patients)
      .member("studies", counts.studies)
      .member("series", counts.series)
      .member("files", counts.files)
      .member("masks", counts.masks)
      .member("problems", counts.problems)
      .end_object();
}

void write_geometry(JsonWriter& json, const Geometry& geometry) {
  const SliceRange range = slice_range_of(geometry);
  json.member("size", geometry.size)
      .member("spacing_mm", geometry.spacing_mm)
      .member("origin_mm", geometry.origin_mm)
      .member("direction", geometry.direction)
      .member("orientation", orientation_of(geometry))
      .member("slice_axis", range.axis)
      .member("slice_range_mm", range.mm);
}

void write_image(JsonWriter& json, const Inspection::Image& image) {
  json.begin_object()
      .member("case", image.name)
      .text_or_null("patient", image.patient)
      .text_or_null("study", image.study)
      .member("path", image.path)
      .member("modality", image.modality)
      .text_or_null("encoding", image.encoding)
      .text_or_null("part", image.part)
      .member("files", image.files)
      .member("frames", image.frames);
  if (image.pixels[0] > 0) json.member("pixels", image.pixels);
  if (image.problem.empty()) write_geometry(json, image.geometry);
  json.text_or_null("problem", image.problem).member("warnings", image.warnings).end_object();
}

void write_region(JsonWriter& json, const Inspection::Region& region) {
  json.begin_object()
      .member("name", region.name)
      .member("contours", region.contours)
      .member("points", region.points);
  if (region.frames) json.member("frames", *region.frames);
  json.member("measurable", region.measurable).text_or_null("problem", region.problem).end_object();
}

void write_mask(JsonWriter& json, const Inspection::Mask& mask, const Inspection& inspection) {
  json.begin_object()
      .member("path", mask.path)
      .member("kind", mask.kind)
      .text_or_null("patient", mask.patient)
      .text_or_null("study", mask.study)
      .text_or_null("case", mask.image ? inspection.images[*mask.image].name : "");
  json.key("refers_to").begin_array();
  for (const auto& reference : mask.refers_to)
    json.begin_object()
        .member("case", reference.series)
        .member("here", reference.here)
        .end_object();
  json.end_array();
  if (mask.images_named > 0)
    json.member("images_named", mask.images_named).member("images_here", mask.images_here);
  std::vector<std::string> names;
  for (const auto& region : mask.regions)
    if (region.measurable) names.push_back(region.name);
  json.member("regions", names).key("all_regions").begin_array();
  for (const auto& region : mask.regions) write_region(json, region);
  json.end_array().text_or_null("problem", mask.problem).end_object();
}

}  // namespace

InspectionCounts counts_of(const Inspection& inspection) {
  InspectionCounts counts;
  counts.patients = inspection.patients.size();
  counts.masks = inspection.masks.size();
  std::set<std::string> studies;
  for (const auto& image : inspection.images) {
    ++(image.patient.empty() ? counts.files : counts.series);
    if (!image.patient.empty()) studies.insert(image.patient + image.study);
    counts.problems += !image.problem.empty();
  }
  for (const auto& mask : inspection.masks) {
    if (!mask.patient.empty()) studies.insert(mask.patient + mask.study);
    counts.problems += !mask.problem.empty();
    for (const auto& region : mask.regions) counts.problems += !region.problem.empty();
  }
  for (const auto& group : inspection.left_out) counts.problems += group.is_problem;
  counts.studies = studies.size();
  return counts;
}

std::string orientation_of(const Geometry& geometry) {
  constexpr const char* names[] = {"sagittal", "coronal", "axial"};
  const Normal normal = normal_of(geometry);
  if (normal.degrees <= most_degrees) return names[normal.axis];
  return "oblique, " + fixed_text(normal.degrees, 0) + " degrees from " + names[normal.axis];
}

SliceRange slice_range_of(const Geometry& geometry) {
  constexpr const char* names[] = {"x", "y", "z"};
  const Normal normal = normal_of(geometry);
  const bool oblique = normal.degrees > most_degrees;
  Vector3 axis{};
  axis[normal.axis] = 1;
  if (oblique) axis = normal.vector;
  const double first = along(axis, position_mm(geometry, Index3{0, 0, 0}));
  const double last = along(axis, position_mm(geometry, Index3{0, 0, geometry.size[2] - 1}));
  return {oblique ? "normal" : names[normal.axis], {std::min(first, last), std::max(first, last)}};
}

void write_inspection_json(const Inspection& inspection, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  write_summary(json, inspection);
  json.key("patients").begin_array();
  for (const auto& patient : inspection.patients)
    json.begin_object().member("name", patient.name).member("has_id", patient.has_id).end_object();
  json.end_array().key("images").begin_array();
  for (const auto& image : inspection.images) write_image(json, image);
  json.end_array().key("masks").begin_array();
  for (const auto& mask : inspection.masks) write_mask(json, mask, inspection);
  json.end_array().key("left_out").begin_array();
  for (const auto& group : inspection.left_out)
    json.begin_object()
        .member("reason", group.reason)
        .member("count", group.files.size())
        .member("is_problem", group.is_problem)
        .member("files", group.files)
        .end_object();
  out << json.end_array().end_object().text();
}

}  // namespace radiomics
