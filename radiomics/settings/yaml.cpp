#include "radiomics/settings/yaml.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/settings/presets.h"
#include "radiomics/settings/setting_keys.h"

namespace radiomics {
namespace {

constexpr std::uintmax_t largest_file = 1 << 20;  // a complete one has a few kB

/// How many letters have to be inserted, deleted or replaced to make one word of the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t(0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string_view step_of(std::string_view key) { return key.substr(0, key.find('.')); }

std::string_view last_part(std::string_view key) { return key.substr(key.find('.') + 1); }

/// The known key that is most like an unknown one; its last part counts most, as it may have been
/// put below another step.
std::string_view nearest_key(std::string_view unknown) {
  const auto distance = [&](const SettingKey& key) {
    return 2 * edit_distance(last_part(key.name), last_part(unknown)) +
           edit_distance(step_of(key.name), step_of(unknown));
  };
  return std::ranges::min_element(all_setting_keys(), {}, distance)->name;
}

bool is_step(std::string_view name) {
  return std::ranges::any_of(all_setting_keys(),
                             [&](const SettingKey& key) { return step_of(key.name) == name; });
}

const SettingKey& known_key(const std::string& name) {
  const auto keys = all_setting_keys();
  const auto found = std::ranges::find(keys, name, &SettingKey::name);
  require(found != keys.end(), ErrorKind::invalid_settings,
          "unknown key " + shown(name) + "; the nearest is " + std::string(nearest_key(name)));
  return *found;
}

/// Reads the nodes of one document into settings.
class Reader {
 public:
  Reader(std::string_view name, const Settings& base) : name_(name), settings_(base) {}

  Settings read(const YAML::Node& document) {
    if (!document.IsNull()) read_steps(document);
    if (const SettingKey* key = first_invalid(settings_)) {
      const auto line = lines_.find(key->name);
      fail(line == lines_.end() ? 0 : line->second, refusal(*key, to_text(key->value(settings_))));
    }
    return settings_;
  }

  [[noreturn]] void fail(int line, const std::string& text) const {
    const std::string place = line > 0 ? ":" + radiomics::to_text(line) : "";
    throw Error(ErrorKind::invalid_settings, name_ + place + ": " + text);
  }

 private:
  static int line_of(const YAML::Node& node) { return node.Mark().line + 1; }

  void read_steps(const YAML::Node& document) {
    if (!document.IsMap())
      fail(line_of(document), "steps with their keys are expected, such as 'resample:'");
    for (const auto& entry : document) {
      const YAML::Node &step = entry.first, &keys = entry.second;
      const std::string name = word(step, "the name of a step");
      once(name, step);
      if (!is_step(name)) unknown(name + (keys.IsMap() && keys.size() > 0 ? "" : "." + name), step);
      if (keys.IsNull()) continue;
      if (!keys.IsMap()) fail(line_of(keys), name + ": keys of this step are expected below it");
      for (const auto& one : keys)
        read_key(name + "." + word(one.first, "the name of a key"), one.first, one.second);
    }
  }

  void read_key(const std::string& name, const YAML::Node& place, const YAML::Node& node) {
    const int line = line_of(place);
    once(name, place);
    try {
      const SettingKey& key = known_key(name);
      const SettingValue value = value_of(node, name);
      require(key.set(settings_, value), ErrorKind::invalid_settings, refusal(key, to_text(value)));
      lines_[key.name] = line;
    } catch (const Error& error) {
      fail(line, error.what());
    }
  }

  /// A step that is not known: perhaps a key without its step.
  [[noreturn]] void unknown(const std::string& name, const YAML::Node& place) const {
    const std::string given = name.substr(0, name.find('.'));
    fail(line_of(place), "unknown key " + shown(given) + "; the nearest is " +
                             std::string(name.find('.') == std::string::npos ? nearest_step(given)
                                                                             : nearest_key(name)));
  }

  static std::string_view nearest_step(std::string_view unknown) {
    return step_of(std::ranges::min_element(all_setting_keys(), {}, [&](const SettingKey& key) {
                     return edit_distance(step_of(key.name), unknown);
                   })->name);
  }

  void once(const std::string& name, const YAML::Node& place) {
    if (!seen_.insert(name).second)
      fail(line_of(place), shown(name) + ": given twice; keep one of them");
  }

  std::string word(const YAML::Node& node, const std::string& what) const {
    if (!node.IsScalar()) fail(line_of(node), what + " must be one word");
    return node.Scalar();
  }

  /// A part of a value; read_key() says in which line it stands.
  static std::string part_of(const YAML::Node& node, const std::string& name) {
    require(node.IsScalar(), ErrorKind::invalid_settings,
            name + ": every part of its value must be one word");
    return node.Scalar();
  }

  static SettingValue value_of(const YAML::Node& node, const std::string& name) {
    if (node.IsScalar()) return node.Scalar();
    require(!node.IsNull(), ErrorKind::invalid_settings,
            name + ": has no value; give one or remove the key");
    if (node.IsSequence()) {
      SettingList list;
      for (const YAML::Node& item : node) list.push_back(part_of(item, name));
      return list;
    }
    SettingMap map;
    for (const auto& entry : node) {
      const std::string part = part_of(entry.first, name);
      require(map.emplace(part, part_of(entry.second, name)).second, ErrorKind::invalid_settings,
              name + ": " + shown(part) + " is given twice");
    }
    return map;
  }

  std::string name_;
  Settings settings_;
  std::set<std::string> seen_;
  std::map<std::string_view, int> lines_;  ///< where the keys of the file stand
};

/// Passes over a document.
class Unheard : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// Whether anything stands behind the first document. YAML::LoadAll() would not end where the
/// parser finds one empty document after the other in what it does not get past, such as a comma.
bool goes_on_behind_a_document(const std::string& yaml) {
  std::istringstream text(yaml);
  YAML::Parser parser(text);
  Unheard document;
  return parser.HandleNextDocument(document) && bool(parser);
}

/// A comment of lines that fit a page.
void write_comment(std::string_view text, std::ostream& out) {
  constexpr std::size_t width = 96;
  std::string line;
  for (const std::string& word : split(text, ' ')) {
    if (line.size() + 1 + word.size() > width) {
      out << "  #" << line << '\n';
      line.clear();
    }
    line += " " + word;
  }
  out << "  #" << line << '\n';
}

}  // namespace

void write_settings(const Settings& settings, std::string_view title, std::ostream& out) {
  out << "# " << one_line(title) << "\n"
      << "# A file may hold fewer keys; those that are left out are as in the preset.\n";
  std::string_view step;
  for (const SettingKey& key : all_setting_keys()) {
    out << '\n';
    if (step != step_of(key.name)) out << (step = step_of(key.name)) << ":\n";
    write_comment(key.comment, out);
    write_comment("Allowed: " + std::string(key.allowed), out);
    write_comment("Default: " + to_text(key.value(preset("default"))), out);
    out << "  " << last_part(key.name) << ": " << to_text(key.value(settings)) << '\n';
  }
}

Settings parse_settings(std::string_view yaml, std::string_view name, const Settings& base) {
  Reader reader(name, base);
  YAML::Node document;
  try {
    if (goes_on_behind_a_document(std::string(yaml)))
      reader.fail(0, "holds several documents; keep one");
    document = YAML::Load(std::string(yaml));
  } catch (const YAML::Exception& error) {
    reader.fail(error.mark.line + 1, "no YAML: " + one_line(error.msg));
  }
  return reader.read(document);
}

Settings read_settings(const std::filesystem::path& file, const Settings& base) {
  std::error_code ignored;
  require(std::filesystem::is_regular_file(file, ignored), ErrorKind::unreadable_file,
          file.string() + ": no such file; name a settings file");
  require(std::filesystem::file_size(file, ignored) <= largest_file, ErrorKind::unreadable_file,
          file.string() + ": larger than 1 MiB; name a settings file");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  require(in.good() || in.eof(), ErrorKind::unreadable_file,
          file.string() + ": cannot be read; check its permissions");
  return parse_settings(text.str(), file.string(), base);
}

Settings settings_from(const std::vector<std::pair<std::string, std::string>>& described,
                       std::string_view name) {
  std::string yaml;
  std::string_view step;
  for (const auto& [key, value] : described) {
    if (step != step_of(key)) yaml += std::string(step = step_of(key)) + ":\n";
    yaml += "  " + std::string(last_part(key)) + ": " + value + "\n";
  }
  return parse_settings(yaml, name, Settings{});
}

}  // namespace radiomics
