#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "radiomics/settings/settings.h"

namespace radiomics {

using SettingList = std::vector<std::string>;
using SettingMap = std::map<std::string, std::string>;

/// A value as it stands in a settings file: one word, a list or named words.
using SettingValue = std::variant<std::string, SettingList, SettingMap>;

/// The value on one line: "linear", "[2, 2, 2]", "{first_edge: -1000, width: 25}".
std::string to_text(const SettingValue& value);

/// One setting: everything that files, provenance, checks and documentation know of it.
struct SettingKey {
  std::string_view name;     ///< step and key: "resample.spacing_mm"
  std::string_view comment;  ///< what it does, in sentences
  std::string_view allowed;  ///< its values, in words that go on after "allowed: "
  SettingValue (*value)(const Settings&);
  /// Takes a value over; false if it is not of the kind or the words that the key takes.
  bool (*set)(Settings&, const SettingValue&);
  bool (*valid)(const Settings&);  ///< whether the value is allowed, beside the others
};

/// Every setting, grouped by step in the order of the steps.
std::span<const SettingKey> all_setting_keys();

/// The first key whose value is not allowed, or null.
const SettingKey* first_invalid(const Settings& settings);

/// A text of a file as messages show it: on one line and not longer than a line.
std::string shown(std::string_view text);

/// "resample.mask_threshold: 1.5 is not allowed; allowed: ..."
std::string refusal(const SettingKey& key, std::string_view value);

}  // namespace radiomics
