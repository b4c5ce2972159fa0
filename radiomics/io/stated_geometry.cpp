#include "radiomics/io/stated_geometry.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <string_view>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

using Fields = std::map<std::string, std::string>;

// A header with a thousand segments has some hundred kilobytes.
constexpr std::streamoff most_header_bytes = 16 << 20;

/// The lines "name: value" of a header, with names in small letters. It ends with an empty line or
/// with the line of a name.
Fields fields_of(const std::string& file, std::string_view separator, std::string_view last_name) {
  std::ifstream stream(file, std::ios::binary);
  Fields fields;
  for (std::string line; std::getline(stream, line) && stream.tellg() < most_header_bytes;) {
    if (trimmed(line).empty()) break;
    const std::size_t place = line.find(separator);
    if (place == std::string::npos || line.front() == '#') continue;
    const std::string name = lower_case(trimmed(line.substr(0, place)));
    fields.try_emplace(name, trimmed(line.substr(place + separator.size())));
    if (name == last_name) break;
  }
  return fields;
}

std::string value_of(const Fields& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

bool has_any(const Fields& fields, std::initializer_list<const char*> names) {
  return std::ranges::any_of(names, [&](const char* name) { return fields.contains(name); });
}

void require_spacing(bool stated, const std::string& file, const std::string& remedy) {
  require(stated, ErrorKind::unsupported_data,
          file + ": does not state the size of its voxels; add " + remedy);
}

void require_unit(bool is_mm, const std::string& unit, const std::string& file) {
  require(
      is_mm, ErrorKind::unsupported_data,
      file + ": its spacing is in " + one_line(valid_utf8(unit)) + "; convert it to millimetres");
}

/// NRRD's units stand in quotation marks, one for each axis: "mm" "mm" "mm".
bool all_mm(std::string units) {
  std::ranges::replace(units, '"', ' ');
  for (const std::string& unit : split(units, ' '))
    if (!trimmed(unit).empty() && trimmed(unit) != "mm") return false;
  return true;
}

bool is_spacing(const std::string& values) {
  for (const std::string& value : split(values, ' '))
    if (const auto number = to_number(value); number && *number > 0) return true;
  return false;
}

bool is_anatomical(const std::string& space) {
  constexpr std::string_view known[] = {"left-posterior-superior", "lps",
                                        "right-anterior-superior", "ras",
                                        "left-anterior-superior",  "las"};
  return std::ranges::find(known, space) != std::end(known);
}

}  // namespace

std::vector<std::string> check_nrrd_header(const std::string& file) {
  const Fields fields = fields_of(file, ": ", "");
  require_spacing(fields.contains("space directions") || is_spacing(value_of(fields, "spacings")),
                  file, "space directions or spacings");
  for (const char* units : {"space units", "units"})
    require_unit(all_mm(value_of(fields, units)), value_of(fields, units), file);
  const std::string space = lower_case(value_of(fields, "space"));
  if (space.empty()) return {no_orientation};
  require(is_anatomical(space), ErrorKind::unsupported_data,
          file + ": its space '" + one_line(valid_utf8(space)) +
              "' is not that of a patient; convert it to left-posterior-superior");
  return {};
}

std::vector<std::string> check_metaimage_header(const std::string& file) {
  const Fields fields = fields_of(file, "=", "elementdatafile");
  require_spacing(has_any(fields, {"elementspacing", "elementsize"}), file, "ElementSpacing");
  const std::string unit = value_of(fields, "distanceunits");
  require_unit(unit.empty() || unit == "mm" || unit == "?", unit, file);
  const std::string slope = value_of(fields, "elementtointensityfunctionslope");
  const std::string offset = value_of(fields, "elementtointensityfunctionoffset");
  require((slope.empty() || to_number(slope) == 1) && (offset.empty() || to_number(offset) == 0),
          ErrorKind::unsupported_data,
          file + ": its ElementToIntensityFunction of slope '" + one_line(valid_utf8(slope)) +
              "' and offset '" + one_line(valid_utf8(offset)) +
              "' is not applied; store the intensities themselves");
  const bool placed = has_any(
      fields, {"offset", "origin", "position", "transformmatrix", "rotation", "orientation"});
  return placed ? std::vector<std::string>{} : std::vector<std::string>{no_orientation};
}

}  // namespace radiomics
