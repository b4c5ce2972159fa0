#include "radiomics/io/seg_nrrd.h"

#include <algorithm>
#include <optional>
#include <set>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {
namespace {

using Pairs = std::map<std::string, std::string>;

constexpr std::string_view segment = "Segment";

/// The number of the segment that a key such as Segment12_Name speaks of.
std::optional<int> number_in(const std::string& key) {
  const std::size_t end = key.find('_');
  if (!key.starts_with(segment) || end == std::string::npos) return {};
  const auto number = to_integer(std::string_view(key).substr(0, end).substr(segment.size()));
  const std::string field = key.substr(end);
  const bool defines = field == "_ID" || field == "_Name" || field == "_LabelValue";
  return defines && number && *number >= 0 ? number : std::nullopt;
}

std::set<int> numbers_in(const Pairs& pairs) {
  std::set<int> numbers;
  for (const auto& [key, value] : pairs)
    if (const auto number = number_in(key)) numbers.insert(*number);
  return numbers;
}

std::optional<std::string> field(const Pairs& pairs, int number, const char* name) {
  const auto found = pairs.find(std::string(segment) + to_text(number) + "_" + name);
  return found == pairs.end() ? std::nullopt : std::optional(found->second);
}

std::string name_of(const Pairs& pairs, int number) {
  const auto name = field(pairs, number, "Name");
  return valid_utf8(name && !name->empty() ? *name : field(pairs, number, "ID").value_or(""));
}

/// A whole number from `lowest` on; `otherwise` if the file does not state it.
int stated(const Pairs& pairs, int number, const char* name, int lowest, int otherwise,
           const std::string& subject) {
  const auto text = field(pairs, number, name);
  if (!text) return otherwise;
  const auto value = to_integer(trimmed(*text));
  require(value && *value >= lowest, ErrorKind::unreadable_file,
          subject + ": the " + name + " of segment " + to_text(number) + " is '" +
              one_line(valid_utf8(*text)) + "'; save it again with 3D Slicer");
  return *value;
}

void require_labels(const Pairs& pairs, const std::string& subject) {
  for (const char* key : {"Segmentation_SourceRepresentation", "Segmentation_MasterRepresentation"})
    if (const auto found = pairs.find(key); found != pairs.end())
      require(!found->second.starts_with("Fractional"), ErrorKind::unsupported_data,
              subject + ": holds a fractional segmentation; export a binary one from 3D Slicer");
}

}  // namespace

bool is_slicer_segmentation(const Pairs& pairs) {
  return pairs.contains("Segmentation_ReferenceImageExtentOffset") || !numbers_in(pairs).empty();
}

std::vector<SlicerSegment> slicer_segments(const Pairs& pairs, int layers,
                                           const std::string& subject) {
  require_labels(pairs, subject);
  std::vector<SlicerSegment> segments;
  for (const int number : numbers_in(pairs)) {
    const LabelKey key{stated(pairs, number, "Layer", 0, layers == 1 ? 0 : number, subject),
                       stated(pairs, number, "LabelValue", 1, 1, subject)};
    require(key.layer < layers, ErrorKind::unreadable_file,
            subject + ": segment " + to_text(number) + " is in layer " + to_text(key.layer) +
                ", but the file has " + to_text(layers) + "; save it again with 3D Slicer");
    const auto other = std::ranges::find(segments, key, &SlicerSegment::key);
    require(other == segments.end(), ErrorKind::unreadable_file,
            subject + ": two segments have the value " + to_text(key.label) + " in layer " +
                to_text(key.layer) + "; save it again with 3D Slicer");
    segments.push_back({name_of(pairs, number), key});
  }
  return segments;
}

}  // namespace radiomics
