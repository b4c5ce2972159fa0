#include "radiomics/pipeline/select_rois.h"

#include <algorithm>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"

namespace radiomics {

std::vector<std::string> select_rois(const std::vector<std::string>& names,
                                     const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns)
    require(
        std::ranges::any_of(names, [&](const auto& name) { return matches(name, pattern); }),
        ErrorKind::unknown_region,
        "no region matches '" + one_line(pattern) + "'; there are " + one_line(join(names, ", ")));
  std::vector<std::string> selected;
  std::ranges::copy_if(names, std::back_inserter(selected), [&](const auto& name) {
    return patterns.empty() || std::ranges::any_of(patterns, [&](const auto& pattern) {
             return matches(name, pattern);
           });
  });
  return selected;
}

}  // namespace radiomics
