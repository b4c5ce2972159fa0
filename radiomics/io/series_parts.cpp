// Attributes: DICOM PS3.3, C.7.6.1 and C.7.6.2 (image), C.7.6.18 (cardiac), C.8.3.1 (MR), C.8.9
// (PET), C.7.6.16.2 (functional groups).

#include "radiomics/io/series_parts.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcitem.h>

#include "radiomics/core/text.h"
#include "radiomics/io/dicom_tolerances.h"
#include "radiomics/io/slice_plane.h"
#include "radiomics/io/slice_stack.h"

namespace radiomics {
namespace {

struct Place {
  DcmTagKey group;  ///< functional group of a multi-frame object
  DcmTagKey tag;
};

struct PartAttribute {
  const char* words;
  bool shows_value;  ///< numbers only: what else it may hold is never shown
  std::vector<Place> places;
};

constexpr std::size_t acquisition = 0;  // of part_attributes()

const std::vector<PartAttribute>& part_attributes() {
  static const std::vector<PartAttribute> list = {
      {"acquisition",
       true,
       {{DCM_FrameContentSequence, DCM_FrameAcquisitionNumber},
        {DCM_UndefinedTagKey, DCM_AcquisitionNumber}}},
      {"stack", true, {{DCM_FrameContentSequence, DCM_StackID}}},
      {"temporal position",
       true,
       {{DCM_FrameContentSequence, DCM_TemporalPositionIndex},
        {DCM_UndefinedTagKey, DCM_TemporalPositionIdentifier}}},
      {"percent of the cardiac phase",
       true,
       {{DCM_CardiacSynchronizationSequence, DCM_NominalPercentageOfCardiacPhase}}},
      {"trigger time",
       true,
       {{DCM_CardiacSynchronizationSequence, DCM_NominalCardiacTriggerDelayTime},
        {DCM_UndefinedTagKey, DCM_TriggerTime}}},
      {"frame reference time", true, {{DCM_UndefinedTagKey, DCM_FrameReferenceTime}}},
      {"echo", true, {{DCM_UndefinedTagKey, DCM_EchoNumbers}}},
      {"echo time",
       true,
       {{DCM_MREchoSequence, DCM_EffectiveEchoTime}, {DCM_UndefinedTagKey, DCM_EchoTime}}},
      {"b-value", true, {{DCM_MRDiffusionSequence, DCM_DiffusionBValue}}},
      {"inversion time", true, {{DCM_UndefinedTagKey, DCM_InversionTime}}},
      {"image type",
       false,
       {{DCM_CTImageFrameTypeSequence, DCM_FrameType},
        {DCM_MRImageFrameTypeSequence, DCM_FrameType},
        {DCM_PETFrameTypeSequence, DCM_FrameType},
        {DCM_UndefinedTagKey, DCM_ImageType}}},
      {"tube voltage", true, {{DCM_UndefinedTagKey, DCM_KVP}}},
      {"time point",
       false,
       {{DCM_FrameContentSequence, DCM_FrameAcquisitionDateTime},
        {DCM_UndefinedTagKey, DCM_AcquisitionTime}}},
      {"time point", false, {{DCM_UndefinedTagKey, DCM_ContentTime}}},
  };
  return list;
}

std::string value_at(const ImageHeader& header, const Place& place) {
  OFString value;
  DcmItem& item = header.holder(place.group, place.tag);
  if (item.findAndGetOFStringArray(place.tag, value).bad()) return {};
  return std::string(trimmed(std::string_view(value.data(), value.size())));
}

/// Numbers as numbers: "05" is 5. Texts come after them.
struct Value {
  std::optional<double> number;
  std::string text;  ///< empty for a number

  explicit Value(const std::string& stored) : number(to_number(stored)) {
    if (!number || !std::isfinite(*number)) {
      number.reset();
      text = stored;
    }
  }
  auto key() const { return std::pair(number ? std::pair(0, *number) : std::pair(1, 0.0), text); }
  bool operator<(const Value& other) const { return key() < other.key(); }
};

using Attributes = std::vector<std::size_t>;  // indices of part_attributes(): one or two
using Key = std::vector<Value>;
using Slices = std::vector<const DicomSlice*>;
using Groups = std::map<Key, Slices>;

Key key_of(const DicomSlice& slice, const Attributes& attributes) {
  Key key;
  for (const std::size_t attribute : attributes)
    key.emplace_back(std::string(slice.part_values[attribute]));
  return key;
}

Groups grouped(const Slices& slices, const Attributes& attributes) {
  Groups groups;
  for (const DicomSlice* slice : slices) groups[key_of(*slice, attributes)].push_back(slice);
  return groups;
}

// --- places --------------------------------------------------------------------------------------

/// What has a place of its own: neither a localizer nor the copy of another file.
Slices slices_that_count(const DicomSeries& series) {
  Slices result;
  std::set<std::pair<std::string, int>> seen;
  for (const DicomSlice& slice : series.slices) {
    const bool is_new = seen.insert({slice.sop_instance_uid, slice.frame}).second;
    if (!is_localizer(slice) && (is_new || slice.sop_instance_uid.empty()))
      result.push_back(&slice);
  }
  return result;
}

bool same_plane(const DicomSlice& a, const DicomSlice& b) {
  for (int i = 0; i < 6; ++i)
    if (std::abs((*a.orientation)[i] - (*b.orientation)[i]) > dicom_tolerance::direction)
      return false;
  for (int i = 0; i < 2; ++i)
    if (std::abs((*a.pixel_spacing_mm)[i] - (*b.pixel_spacing_mm)[i]) >
        dicom_tolerance::pixel_spacing * (*b.pixel_spacing_mm)[i])
      return false;
  return a.rows == b.rows && a.columns == b.columns;
}

bool have_places(const Slices& slices) {
  return slices.size() > 1 && std::ranges::all_of(slices, [](const DicomSlice* slice) {
           return slice->position_mm && slice->orientation && slice->pixel_spacing_mm &&
                  slice->part_values.size() == part_attributes().size();
         });
}

/// Along the normal, in order.
std::vector<double> places_mm(const Slices& slices) {
  const Vector3 normal = normal_of(*slices.front());
  std::vector<double> places;
  for (const DicomSlice* slice : slices) places.push_back(dot(*slice->position_mm, normal));
  std::ranges::sort(places);
  return places;
}

bool share_a_place(const std::vector<double>& places) {
  return std::ranges::adjacent_find(places, [](double a, double b) {
           return b - a <= dicom_tolerance::same_place_mm;
         }) != places.end();
}

bool all_in_one_place(const std::vector<double>& places) {
  return places.back() - places.front() <= dicom_tolerance::same_place_mm;
}

bool evenly_spaced(const std::vector<double>& places) {
  const double step = (places.back() - places.front()) / double(places.size() - 1);
  for (std::size_t i = 1; i + 1 < places.size(); ++i)
    if (std::abs(places[i] - places[0] - double(i) * step) > dicom_tolerance::slice_position * step)
      return false;
  return true;
}

/// Whether images may be one volume: one plane, and a place for each.
bool may_be_one_volume(const Slices& slices) {
  return std::ranges::all_of(
             slices,
             [&](const DicomSlice* slice) { return same_plane(*slice, *slices.front()); }) &&
         !share_a_place(places_mm(slices));
}

// --- which attribute -----------------------------------------------------------------------------

bool groups_are_volumes(const Groups& groups, const Slices& all) {
  if (2 * groups.size() > all.size() && !all_in_one_place(places_mm(all))) return false;
  return std::ranges::all_of(groups,
                             [](const auto& group) { return may_be_one_volume(group.second); });
}

bool groups_are_even_and_overlap(const Groups& groups) {
  std::vector<std::pair<double, double>> extents;
  for (const auto& [key, slices] : groups) {
    const std::vector<double> places = places_mm(slices);
    if (places.size() < 2 || !evenly_spaced(places)) return false;
    extents.emplace_back(places.front(), places.back());
  }
  std::ranges::sort(extents);
  return std::ranges::adjacent_find(extents, [](const auto& a, const auto& b) {
           return b.first < a.second;
         }) != extents.end();
}

bool all_have(const Slices& slices, std::size_t attribute) {
  return std::ranges::none_of(
      slices, [&](const DicomSlice* slice) { return slice->part_values[attribute].empty(); });
}

Attributes attributes_that_vary(const Slices& slices) {
  Attributes result;
  for (std::size_t i = 0; i < part_attributes().size(); ++i)
    if (all_have(slices, i) && grouped(slices, {i}).size() > 1) result.push_back(i);
  return result;
}

/// The first attribute, or the first two together, whose values are volumes.
std::optional<Attributes> separating_attributes(const Slices& slices) {
  const Attributes varying = attributes_that_vary(slices);
  const auto separates = [&](const Attributes& attributes) {
    return groups_are_volumes(grouped(slices, attributes), slices);
  };
  for (const std::size_t one : varying)
    if (separates({one})) return Attributes{one};
  for (std::size_t i = 0; i < varying.size(); ++i)
    for (std::size_t j = i + 1; j < varying.size(); ++j)
      if (separates({varying[i], varying[j]})) return Attributes{varying[i], varying[j]};
  return {};
}

std::optional<Attributes> telling_attributes(const Slices& slices) {
  if (!have_places(slices)) return {};
  if (!may_be_one_volume(slices)) return separating_attributes(slices);
  if (!evenly_spaced(places_mm(slices)) && all_have(slices, acquisition) &&
      groups_are_even_and_overlap(grouped(slices, {acquisition})))
    return Attributes{acquisition};
  return {};
}

// --- the parts -----------------------------------------------------------------------------------

/// The words of an image type that DICOM defines; others could be anything.
std::string known_words(const std::string& image_type) {
  static const std::set<std::string> known = {
      "ORIGINAL", "DERIVED", "PRIMARY", "SECONDARY", "AXIAL",     "MPR",      "MIP",
      "MAX_IP",   "MIN_IP",  "MEAN",    "AVERAGE",   "M",         "P",        "R",
      "I",        "PHASE",   "REAL",    "MAGNITUDE", "IMAGINARY", "ADC",      "FAT",
      "WATER",    "SUM",     "VOLUME",  "IN_PHASE",  "OUT_PHASE", "SUBTRACT", "PERFUSION"};
  std::vector<std::string> words = split(image_type, '\\');
  std::erase_if(words, [](const std::string& word) { return !known.contains(word); });
  return join(words, " ");
}

/// The distinct values of one attribute among the groups, to tell their ranks.
std::set<Value> values_of(const Groups& groups, std::size_t place_in_key) {
  std::set<Value> values;
  for (const auto& [key, slices] : groups) values.insert(key[place_in_key]);
  return values;
}

std::string words_of(const Key& key, const Attributes& attributes, const Groups& groups) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const PartAttribute& attribute = part_attributes()[attributes[i]];
    const std::set<Value> values = values_of(groups, i);
    const auto rank = std::distance(values.begin(), values.find(key[i])) + 1;
    const bool shown = attribute.shows_value && key[i].number;
    words.push_back(std::string(attribute.words) + " " +
                    (shown ? to_text(*key[i].number) : to_text(rank)));
    if (const std::string known = known_words(key[i].text); !known.empty())
      words.back() += " (" + known + ")";
  }
  return join(words, ", ");
}

DicomSeries without_slices(const DicomSeries& series) {
  DicomSeries result;
  result.series_uid = series.series_uid;
  result.study_uid = series.study_uid;
  result.frame_of_reference_uid = series.frame_of_reference_uid;
  result.modality = series.modality;
  result.patient_id = series.patient_id;
  return result;
}

std::vector<DicomSeries> cut(DicomSeries series, const Attributes& attributes,
                             const Groups& groups) {
  std::vector<DicomSeries> parts;
  std::map<Key, std::size_t> numbers;
  for (const auto& [key, slices] : groups) {
    numbers[key] = parts.size();
    parts.push_back(without_slices(series));
    parts.back().part = words_of(key, attributes, groups);
    parts.back().part_number = int(parts.size());
  }
  for (DicomSlice& slice : series.slices) {
    const auto place = numbers.find(key_of(slice, attributes));
    const bool stays = is_localizer(slice) || place == numbers.end();
    parts[stays ? 0 : place->second].slices.push_back(std::move(slice));
  }
  return parts;
}

}  // namespace

std::vector<std::string> part_values(const ImageHeader& header) {
  std::vector<std::string> values;
  for (const PartAttribute& attribute : part_attributes()) {
    std::string& value = values.emplace_back();
    for (const Place& place : attribute.places)
      if (value.empty()) value = value_at(header, place);
  }
  return values;
}

std::string acquisition_of(const DicomSlice& slice) {
  return slice.part_values.empty() ? "" : std::string(slice.part_values[acquisition]);
}

std::vector<DicomSeries> split_into_parts(DicomSeries series) {
  const Slices slices = slices_that_count(series);
  const std::optional<Attributes> attributes = telling_attributes(slices);
  std::vector<DicomSeries> parts;
  if (!attributes) {
    parts.push_back(std::move(series));
    return parts;
  }
  const Groups groups = grouped(slices, *attributes);
  return cut(std::move(series), *attributes, groups);
}

const DicomSeries* series_with_images(const std::vector<const DicomSeries*>& series,
                                      const std::vector<std::string>& instance_uids) {
  const std::set<std::string_view> wanted(instance_uids.begin(), instance_uids.end());
  const auto holds_any = [&](const DicomSeries* one) {
    return std::ranges::any_of(one->slices, [&](const DicomSlice& slice) {
      return wanted.contains(slice.sop_instance_uid);
    });
  };
  if (std::ranges::count_if(series, holds_any) != 1) return nullptr;
  return *std::ranges::find_if(series, holds_any);
}

}  // namespace radiomics
