#include "radiomics/settings/setting_keys.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "radiomics/core/text.h"

namespace radiomics {
namespace {

// Values as words and back. parse() takes a value over, or returns false and leaves it alone.

SettingValue as_value(bool value) { return value ? "true" : "false"; }

bool parse(const SettingValue& from, bool& to) {
  const auto* word = std::get_if<std::string>(&from);
  if (!word || (*word != "true" && *word != "false")) return false;
  to = *word == "true";
  return true;
}

SettingValue as_value(double value) { return to_text(value); }

std::optional<double> number_in(const std::string& word) {
  const auto number = to_number(word);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

bool parse(const SettingValue& from, double& to) {
  const auto* word = std::get_if<std::string>(&from);
  const auto number = word ? number_in(*word) : std::nullopt;
  if (number) to = *number;
  return number.has_value();
}

SettingValue as_value(const std::optional<double>& value) {
  return value ? to_text(*value) : "none";
}

bool parse(const SettingValue& from, std::optional<double>& to) {
  double number = 0;
  if (from == SettingValue("none"))
    to.reset();
  else if (parse(from, number))
    to = number;
  else
    return false;
  return true;
}

SettingValue as_value(const Vector3& value) {
  SettingList list;
  for (const double number : value) list.push_back(to_text(number));
  return list;
}

bool parse(const SettingValue& from, Vector3& to) {
  const auto* list = std::get_if<SettingList>(&from);
  if (!list || list->size() != to.size()) return false;
  Vector3 numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto number = number_in((*list)[i]);
    if (!number) return false;
    numbers[i] = *number;
  }
  to = numbers;
  return true;
}

constexpr std::pair<Interpolation, std::string_view> interpolations[] = {
    {Interpolation::nearest, "nearest"},
    {Interpolation::linear, "linear"},
    {Interpolation::cubic, "cubic"}};

SettingValue as_value(Interpolation value) {
  for (const auto& [kind, word] : interpolations)
    if (kind == value) return std::string(word);
  return "";
}

bool parse(const SettingValue& from, Interpolation& to) {
  for (const auto& [kind, word] : interpolations)
    if (from == SettingValue(std::string(word))) {
      to = kind;
      return true;
    }
  return false;
}

struct BinsValue {
  SettingValue operator()(const FixedBinSize& bins) const {
    return SettingMap{{"width", to_text(bins.width)}, {"first_edge", to_text(bins.first_edge)}};
  }
  SettingValue operator()(const FixedBinNumber& bins) const {
    return SettingMap{{"number", to_text(bins.count)}};
  }
  SettingValue operator()(const NoBins&) const { return "none"; }
};

SettingValue as_value(const Bins& value) { return std::visit(BinsValue{}, value); }

bool parse_width(const SettingMap& map, Bins& to) {
  const auto* before = std::get_if<FixedBinSize>(&to);
  if (!before && map.size() < 2) return false;  // nothing to complete it from
  FixedBinSize bins = before ? *before : FixedBinSize{};
  for (const auto& [name, word] : map) {
    const auto number = number_in(word);
    if (!number || (name != "width" && name != "first_edge")) return false;
    (name == "width" ? bins.width : bins.first_edge) = *number;
  }
  to = bins;
  return true;
}

bool parse(const SettingValue& from, Bins& to) {
  if (from == SettingValue("none")) {
    to = NoBins{};
    return true;
  }
  const auto* map = std::get_if<SettingMap>(&from);
  if (!map || map->empty()) return false;
  if (!map->contains("number")) return parse_width(*map, to);
  const auto count = to_integer(map->at("number"));
  if (!count || map->size() != 1) return false;
  to = FixedBinNumber{*count};
  return true;
}

std::string name_of(Aggregation aggregation) {
  return std::string(column_suffix(aggregation).substr(1));  // as columns end, without the "_"
}

SettingValue as_value(const std::vector<Aggregation>& value) {
  SettingList list;
  for (const Aggregation aggregation : value) list.push_back(name_of(aggregation));
  return list;
}

bool parse(const SettingValue& from, std::vector<Aggregation>& to) {
  const auto* list = std::get_if<SettingList>(&from);
  if (!list) return false;
  std::vector<Aggregation> result;
  for (const std::string& word : *list) {
    const auto found = std::ranges::find(all_aggregations(), word, name_of);
    if (found == all_aggregations().end()) return false;
    result.push_back(*found);
  }
  to = result;
  return true;
}

// What is allowed beyond the words.

bool any(const Settings&) { return true; }

bool valid_spacing(const Settings& settings) {
  return std::ranges::all_of(settings.prepare.resample.spacing_mm,
                             [](double mm) { return mm >= 0 && std::isfinite(mm); });
}

bool valid_mask_interpolation(const Settings& settings) {
  return settings.prepare.resample.mask != Interpolation::cubic;
}

bool valid_threshold(const Settings& settings) {
  const double part = settings.prepare.resample.mask_threshold;
  return part > 0 && part <= 1;
}

bool finite_if_given(const std::optional<double>& value) { return !value || std::isfinite(*value); }

bool valid_lowest(const Settings& settings) {
  return finite_if_given(settings.prepare.resegment.lowest);
}

bool valid_highest(const Settings& settings) {
  const auto& [lowest, highest, sigma] = settings.prepare.resegment;
  return finite_if_given(highest) && (!lowest || !highest || *lowest <= *highest);
}

bool valid_sigma(const Settings& settings) {
  const auto sigma = settings.prepare.resegment.sigma;
  return finite_if_given(sigma) && (!sigma || *sigma > 0);
}

bool valid_margin(const Settings& settings) {
  return settings.prepare.margin_mm >= 0 && settings.prepare.margin_mm <= 1000;
}

struct ValidBins {
  int most;

  bool operator()(const FixedBinSize& bins) const {
    return bins.width > 0 && std::isfinite(bins.width) && std::isfinite(bins.first_edge);
  }
  bool operator()(const FixedBinNumber& bins) const {
    return bins.count >= 1 && bins.count <= most;
  }
  bool operator()(const NoBins&) const { return true; }
};

bool valid_texture_bins(const Settings& settings) {
  return std::visit(ValidBins{max_level_count}, settings.summary.texture_bins);
}

bool valid_ivh_bins(const Settings& settings) {
  return std::visit(ValidBins{max_ivh_bins}, settings.summary.ivh_bins);
}

bool valid_aggregations(const Settings& settings) {
  std::vector<Aggregation> sorted = settings.summary.aggregations;
  std::ranges::sort(sorted);
  return std::ranges::adjacent_find(sorted) == sorted.end() &&
         !std::ranges::binary_search(sorted, Aggregation::none);
}

/// A row of the table for the member that `member` returns a reference to.
template <auto member>
constexpr SettingKey key(std::string_view name, std::string_view comment, std::string_view allowed,
                         bool (*valid)(const Settings&) = any) {
  return {
      name,
      comment,
      allowed,
      [](const Settings& settings) {
        Settings copy = settings;
        return as_value(member(copy));
      },
      [](Settings& settings, const SettingValue& value) { return parse(value, member(settings)); },
      valid};
}

// The members that the rows stand for.

auto& spacing_mm(Settings& s) { return s.prepare.resample.spacing_mm; }
auto& image_interpolation(Settings& s) { return s.prepare.resample.image; }
auto& mask_interpolation(Settings& s) { return s.prepare.resample.mask; }
auto& mask_threshold(Settings& s) { return s.prepare.resample.mask_threshold; }
auto& round_intensities(Settings& s) { return s.prepare.resample.round_intensities; }
auto& largest_part(Settings& s) { return s.prepare.largest_part; }
auto& margin_mm(Settings& s) { return s.prepare.margin_mm; }
auto& lowest(Settings& s) { return s.prepare.resegment.lowest; }
auto& highest(Settings& s) { return s.prepare.resegment.highest; }
auto& sigma(Settings& s) { return s.prepare.resegment.sigma; }
auto& texture_bins(Settings& s) { return s.summary.texture_bins; }
auto& aggregations(Settings& s) { return s.summary.aggregations; }
auto& ivh_bins(Settings& s) { return s.summary.ivh_bins; }

constexpr SettingKey table[] = {
    key<spacing_mm>(
        "resample.spacing_mm",
        "Distance in mm between the centres of voxels after resampling, along columns, rows and "
        "slices (x, y, z).",
        "three numbers, each 0 or more; 0 keeps that axis as scanned", valid_spacing),
    key<image_interpolation>(
        "resample.image_interpolation",
        "How intensities between voxels are found. A cubic spline is smoothest, but can overshoot.",
        "nearest, linear, cubic"),
    key<mask_interpolation>("resample.mask_interpolation",
                            "How the outline between voxels is found.", "nearest, linear",
                            valid_mask_interpolation),
    key<mask_threshold>(
        "resample.mask_threshold",
        "A resampled voxel belongs to the region if at least this part of it lies inside.",
        "a number above 0, at most 1", valid_threshold),
    key<round_intensities>(
        "resample.round_intensities",
        "Round intensities to whole numbers after resampling, as Hounsfield units are.",
        "true, false"),
    key<largest_part>(
        "region.largest_part",
        "Keep the largest connected part of the region only (voxels that share a corner are "
        "connected).",
        "true, false"),
    key<margin_mm>("region.margin_mm",
                   "Image in mm that is kept around the region, if something looks there.",
                   "a number from 0 to 1000", valid_margin),
    key<lowest>(
        "resegment.lowest",
        "Voxels with a lower intensity are left out of all but the shape features. In units of the "
        "image (HU for CT).",
        "a number, or none", valid_lowest),
    key<highest>("resegment.highest",
                 "Voxels with a higher intensity are left out of all but the shape features.",
                 "a number not below resegment.lowest, or none", valid_highest),
    key<sigma>("resegment.sigma",
               "Voxels further from the mean of the region than this many standard deviations are "
               "left out, too.",
               "a number above 0, or none", valid_sigma),
    key<texture_bins>(
        "texture.bins",
        "Grey levels of texture and of the intensity histogram: bins of one width in units of the "
        "image from a first edge, a number of bins between the lowest and the highest intensity of "
        "the region, or none (intensities are grey levels already, whole numbers from 1).",
        "{width: a number above 0, first_edge: a number}, {number: a whole number from 1 to "
        "65535}, none",
        valid_texture_bins),
    key<aggregations>(
        "texture.aggregations",
        "From which matrices texture is made: one column per feature and aggregation, whose name "
        "ends like this.",
        "a list of some of 2d_avg, 2d_s_mrg, 2.5d_d_mrg, 2.5d_v_mrg, 3d_avg, 3d_v_mrg (GLCM, "
        "GLRLM), 2d, 2.5d, 3d (GLSZM, GLDZM, NGTDM, NGLDM), each once",
        valid_aggregations),
    key<ivh_bins>(
        "ivh.bins",
        "Bins of the intensity-volume histogram: none takes intensities as they are in steps of "
        "one unit of the image, right for HU; images in other units need bins. Intensities at a "
        "volume are then centres of bins of one width, or numbers of bins.",
        "{width: a number above 0, first_edge: a number}, {number: a whole number from 1 to "
        "1000000}, none",
        valid_ivh_bins),
};

}  // namespace

std::string to_text(const SettingValue& value) {
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  if (const auto* list = std::get_if<SettingList>(&value)) return "[" + join(*list, ", ") + "]";
  SettingList entries;
  for (const auto& [name, word] : std::get<SettingMap>(value))
    entries.push_back(name + ": " + word);
  return "{" + join(entries, ", ") + "}";
}

std::span<const SettingKey> all_setting_keys() { return table; }

const SettingKey* first_invalid(const Settings& settings) {
  const auto* found =
      std::ranges::find_if(table, [&](const SettingKey& key) { return !key.valid(settings); });
  return found == std::end(table) ? nullptr : found;
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 80;
  return one_line(text.substr(0, most)) + (text.size() > most ? "..." : "");
}

std::string refusal(const SettingKey& key, std::string_view value) {
  return std::string(key.name) + ": " + shown(value) +
         " is not allowed; allowed: " + std::string(key.allowed);
}

}  // namespace radiomics
