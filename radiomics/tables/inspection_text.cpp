// An inspection as lines for people.

#include <algorithm>
#include <filesystem>

#include "radiomics/core/text.h"
#include "radiomics/tables/inspection.h"

namespace radiomics {
namespace {

constexpr std::size_t line_width = 140;
constexpr std::size_t most_name_width = 40;
constexpr std::size_t most_examples = 3;
constexpr std::size_t most_references = 4;

using Depth = std::size_t;  // of indentation, two blanks each

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
  return to_text(count) + " " + std::string(count == 1 ? one : several);
}

std::string counted(std::size_t count, const std::string& one) {
  return counted(count, one, one + "s");
}

/// Columns on a terminal: Chinese, Japanese and Korean characters and pictures take two.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // not the start of a character
    width += (byte >= 0xE3 && byte <= 0xED) || byte >= 0xF0 ? 2 : 1;
  }
  return width;
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, width_of(text)), ' ');
}

/// A text on lines that are not too long, cut at blanks; all but the first go in deeper.
void write_wrapped(Depth depth, std::string_view text, std::ostream& out) {
  out << std::string(2 * depth, ' ');
  std::size_t used = 2 * depth;
  bool starts = true;
  for (const std::string& word : split(one_line(text), ' ')) {
    if (!starts && used + 1 + width_of(word) > line_width) {
      out << '\n' << std::string(2 * depth + 4, ' ');
      used = 2 * depth + 4;
    } else if (!starts) {
      out << ' ';
      ++used;
    }
    out << word;
    used += width_of(word);
    starts = false;
  }
  out << '\n';
}

void write_problem(Depth depth, const std::string& problem, std::ostream& out) {
  if (!problem.empty()) write_wrapped(depth, "problem: " + problem, out);
}

// ---- masks ----

/// "18 contours", "2 points, not measured"
std::string contents_of(const Inspection::Region& region) {
  std::vector<std::string> parts;
  if (region.contours > 0) parts.push_back(counted(std::size_t(region.contours), "contour"));
  if (region.points > 0) parts.push_back(counted(std::size_t(region.points), "point"));
  if (region.frames && *region.frames > 0)
    parts.push_back(counted(std::size_t(*region.frames), "frame"));
  if (!region.measurable)
    parts.push_back(parts.empty() ? "empty: nothing was drawn" : "not measured");
  return join(parts, ", ");
}

void write_regions(Depth depth, const Inspection::Mask& mask, std::ostream& out) {
  std::size_t width = 0;
  for (const auto& region : mask.regions)
    width = std::max(width, width_of(one_line(region.name)) + 2);
  width = std::min(width, most_name_width);
  for (const auto& region : mask.regions) {
    const std::string name = "'" + one_line(region.name) + "'", contents = contents_of(region);
    out << std::string(2 * depth, ' ')
        << (contents.empty() ? name : padded(name, width) + "  " + contents) << '\n';
    write_problem(depth + 1, region.problem, out);
  }
}

void write_references(Depth depth, const Inspection::Mask& mask, std::ostream& out) {
  const bool only_its_image = mask.image && mask.refers_to.size() == 1;
  if (!mask.refers_to.empty() && !only_its_image) {
    std::vector<std::string> parts;
    for (const auto& reference : mask.refers_to) {
      if (parts.size() == most_references) {
        parts.push_back(to_text(mask.refers_to.size() - most_references) + " more");
        break;
      }
      parts.push_back(reference.series + (reference.here ? " (here)" : " (not here)"));
    }
    write_wrapped(depth, "refers to " + join(parts, ", "), out);
  }
  if (mask.refers_to.empty() && mask.kind != "labels") write_wrapped(depth, "names no series", out);
  if (mask.images_here < mask.images_named)
    write_wrapped(depth,
                  "refers to " + counted(mask.images_named, "image") + ", of which " +
                      to_text(mask.images_here) + " lie here",
                  out);
}

void write_mask(Depth depth, const Inspection::Mask& mask, std::ostream& out) {
  write_wrapped(depth, mask.kind + "  " + mask.path, out);
  write_references(depth + 1, mask, out);
  write_problem(depth + 1, mask.problem, out);
  write_regions(depth + 1, mask, out);
}

/// Returns whether there are any.
bool write_masks_of(std::size_t image, const Inspection& inspection, Depth depth,
                    std::ostream& out) {
  bool any = false;
  for (const auto& mask : inspection.masks) {
    if (mask.image != image) continue;
    write_mask(depth, mask, out);
    any = true;
  }
  return any;
}

// ---- images ----

/// NIfTI holds numbers of seven digits: 1.9, not 1.899999976158142.
std::string short_text(double mm) { return rounded_text(mm, 6); }

std::string described(const Geometry& geometry) {
  std::vector<std::string> spacing;
  for (const double mm : geometry.spacing_mm) spacing.push_back(short_text(mm));
  const SliceRange range = slice_range_of(geometry);
  return join(geometry.size, "x") + " voxels of " + join(spacing, "x") + " mm, " +
         orientation_of(geometry) + ", " + range.axis + " " + short_text(range.mm[0]) +
         (geometry.size[2] > 1 ? " to " + short_text(range.mm[1]) : "") + " mm";
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "this folder" : folder;
}

void write_series(Depth depth, const Inspection::Image& image, std::ostream& out) {
  std::string line = image.name + "  " + image.modality;
  line += (image.part.empty() ? "" : ", " + image.part) + "  ";
  if (image.problem.empty()) line += described(image.geometry) + ", ";
  if (image.frames > 0) line += counted(image.frames, "frame") + " in ";
  line += counted(image.files, "file");
  if (!image.problem.empty()) line += " of " + join(image.pixels, "x") + " pixels";
  write_wrapped(depth, line + ", " + image.encoding, out);
  write_wrapped(depth + 1, "in " + folder_of(image.path), out);
}

void write_image(std::size_t i, const Inspection& inspection, Depth depth, std::ostream& out) {
  const Inspection::Image& image = inspection.images[i];
  if (image.patient.empty())
    write_wrapped(
        depth, image.path + (image.problem.empty() ? "  " + described(image.geometry) : ""), out);
  else
    write_series(depth, image, out);
  write_problem(depth + 1, image.problem, out);
  for (const std::string& warning : image.warnings)
    write_wrapped(depth + 1, "warning: " + warning, out);
  if (!write_masks_of(i, inspection, depth + 1, out) && !image.patient.empty())
    write_wrapped(depth + 1, "no mask belongs to it", out);
}

// ---- patients ----

/// What the objects of a patient or a study are called in the order of the files.
std::vector<std::string> studies_of(const std::string& patient, const Inspection& inspection) {
  std::vector<std::string> studies;
  const auto add = [&](const auto& objects) {
    for (const auto& object : objects)
      if (object.patient == patient && std::ranges::count(studies, object.study) == 0)
        studies.push_back(object.study);
  };
  add(inspection.images);
  add(inspection.masks);
  return studies;
}

void write_study(const std::string& patient, const std::string& study, const Inspection& inspection,
                 std::ostream& out) {
  const auto belongs = [&](const auto& object) {
    return object.patient == patient && object.study == study;
  };
  out << "  " << (study.empty() ? "objects without a study" : "study " + study) << '\n';
  for (std::size_t i = 0; i < inspection.images.size(); ++i)
    if (belongs(inspection.images[i])) write_image(i, inspection, 2, out);
  bool first = true;
  for (const auto& mask : inspection.masks) {
    if (!belongs(mask) || mask.image) continue;
    if (first) out << "    without an image\n";
    first = false;
    write_mask(3, mask, out);
  }
}

void write_patient(const Inspection::Patient& patient, const Inspection& inspection,
                   std::ostream& out) {
  out << '\n'
      << patient.name << (patient.has_id ? "" : " (no PatientID: a study stands for a patient)")
      << '\n';
  for (const std::string& study : studies_of(patient.name, inspection))
    write_study(patient.name, study, inspection, out);
}

void write_files(const Inspection& inspection, std::ostream& out) {
  bool first = true;
  for (std::size_t i = 0; i < inspection.images.size(); ++i) {
    if (!inspection.images[i].patient.empty()) continue;
    if (first) out << "\nimage files\n";
    first = false;
    write_image(i, inspection, 1, out);
  }
}

void write_left_out(const Inspection& inspection, std::ostream& out) {
  if (!inspection.left_out.empty()) out << "\nleft out\n";
  for (const auto& group : inspection.left_out) {
    const std::string line = counted(group.files.size(), "file") + ": " + group.reason;
    write_wrapped(1, (group.is_problem ? "problem: " : "") + line, out);
    if (!group.is_problem) continue;
    const std::size_t shown = std::min(group.files.size(), most_examples);
    for (std::size_t i = 0; i < shown; ++i) write_wrapped(2, group.files[i], out);
    if (shown < group.files.size())
      out << "    and " << group.files.size() - shown << " more (--format json lists them)\n";
  }
}

std::string problems_of(const InspectionCounts& counts) {
  return counts.problems == 0 ? "no problems" : counted(counts.problems, "problem");
}

std::string headline(const InspectionCounts& counts) {
  std::vector<std::string> parts;
  if (counts.patients > 0) {
    parts.push_back(counted(counts.patients, "patient"));
    parts.push_back(counted(counts.studies, "study", "studies"));
    parts.push_back(to_text(counts.series) + " series");
  }
  if (counts.files > 0) parts.push_back(counted(counts.files, "image file"));
  parts.push_back(counted(counts.masks, "mask"));
  parts.push_back(problems_of(counts));
  return join(parts, ", ");
}

}  // namespace

void write_inspection_text(const Inspection& inspection, std::ostream& out) {
  const InspectionCounts counts = counts_of(inspection);
  out << headline(counts) << '\n';
  for (const auto& patient : inspection.patients) write_patient(patient, inspection, out);
  write_files(inspection, out);
  bool first = true;
  for (const auto& mask : inspection.masks) {
    if (mask.image || !mask.patient.empty()) continue;
    if (first) out << "\nmasks\n";
    first = false;
    write_mask(1, mask, out);
  }
  write_left_out(inspection, out);
  out << '\n' << problems_of(counts) << '\n';
}

}  // namespace radiomics
