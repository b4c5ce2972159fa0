#include "radiomics/pipeline/case_names.h"

#include <map>
#include <set>

#include "radiomics/core/text.h"
#include "radiomics/pipeline/case_list.h"

namespace radiomics {

std::string safe_name(std::string_view text) {
  std::string name = valid_utf8(trimmed(text));
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter_or_digit =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool mark = c == '_' || (i > 0 && (c == '.' || c == '-'));
    const bool beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
    if (!letter_or_digit && !mark && !beyond_ascii) name[i] = '_';
  }
  return name;
}

void number_repeated_names(std::vector<Case>& cases) {
  std::set<std::string> taken;
  for (const Case& one : cases) taken.insert(one.name);
  std::map<std::string, int> seen;
  for (Case& one : cases) {
    const std::string base = one.name;
    if (++seen[base] == 1) continue;
    while (!taken.insert(one.name = base + "-" + to_text(seen[base])).second) ++seen[base];
  }
}

}  // namespace radiomics
