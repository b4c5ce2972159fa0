#include "radiomics/pipeline/failures.h"

#include "radiomics/core/text.h"
#include "radiomics/pipeline/match.h"

namespace radiomics {

Failure failure_of_case(const Case& input, const Error& error) {
  return {input.name, "", "open", std::string(to_string(error.kind())),
          without_folder(error.what(), input.folder)};
}

Failure failure_of_region(const Case& input, const std::string& name, const std::string& roi,
                          const std::string& step, const Error& error) {
  const std::string where = input.mask + ", region '" + one_line(roi) + "': ";
  return {name, roi, step, std::string(to_string(error.kind())),
          without_folder(where + error.what(), input.folder)};
}

}  // namespace radiomics
