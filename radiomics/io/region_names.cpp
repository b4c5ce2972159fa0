#include "radiomics/io/region_names.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {

std::size_t only_index_of(const std::string& name, const std::vector<std::string>& names,
                          const std::string& subject) {
  const auto count = std::ranges::count(names, name);
  require(count != 0, ErrorKind::unknown_region,
          subject + ": has no region '" + one_line(name) + "', but " + join(names, ", ") +
              "; choose one of them");
  require(count == 1, ErrorKind::ambiguous_input,
          subject + ": has " + to_text(count) + " regions '" + one_line(name) +
              "'; give them different names");
  return std::size_t(std::ranges::find(names, name) - names.begin());
}

void warn_of_replaced_characters(MaskSource& source) {
  const auto replaced = std::ranges::count_if(source.names, [](const std::string& name) {
    return name.find("\xef\xbf\xbd") != std::string::npos;
  });
  if (replaced > 0)
    source.warnings.push_back("names that are no text in the file's character set: " +
                              to_text(replaced));
}

}  // namespace radiomics
