#include "radiomics/survival/config_file.h"

#include <yaml-cpp/yaml.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv_reader.h"

namespace radiomics {
namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

void add(const std::string& place, const std::string& name, const YAML::Node& value,
         Options& options) {
  if (value.IsSequence()) {
    for (const auto& one : value) {
      require(one.IsScalar(), ErrorKind::invalid_settings,
              place + ": a list of '" + one_line(name) + "' holds more than plain values");
      options.emplace_back(name, one.Scalar());
    }
    return;
  }
  require(value.IsScalar(), ErrorKind::invalid_settings,
          place + ": '" + one_line(name) + "' has no plain value; write NAME: VALUE or a list");
  options.emplace_back(name, value.Scalar());
}

}  // namespace

Options read_config_file(const std::filesystem::path& file) {
  const std::string place = file.string();
  const std::string text = read_text(file);
  Options options;
  try {
    const YAML::Node root = YAML::Load(text);
    require(root.IsMap(), ErrorKind::invalid_settings,
            place + ": no options; write one NAME: VALUE per line");
    for (const auto& entry : root) {
      const auto name = entry.first.as<std::string>();
      require(name != "config", ErrorKind::invalid_settings,
              place + ": 'config' cannot stand in a configuration file");
      add(place + ":" + to_text(entry.first.Mark().line + 1), name, entry.second, options);
    }
  } catch (const YAML::Exception& error) {
    throw Error(ErrorKind::invalid_settings, place + ":" + to_text(error.mark.line + 1) + ": " +
                                                 one_line(error.msg) +
                                                 "; write one NAME: VALUE per line");
  }
  return options;
}

}  // namespace radiomics
