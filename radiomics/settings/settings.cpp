#include "radiomics/settings/settings.h"

#include "radiomics/core/error.h"
#include "radiomics/settings/setting_keys.h"

namespace radiomics {

void Settings::check() const {
  const SettingKey* key = first_invalid(*this);
  if (key) throw Error(ErrorKind::invalid_settings, refusal(*key, to_text(key->value(*this))));
}

std::vector<std::pair<std::string, std::string>> describe(const Settings& settings) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const SettingKey& key : all_setting_keys())
    result.emplace_back(key.name, to_text(key.value(settings)));
  return result;
}

}  // namespace radiomics
