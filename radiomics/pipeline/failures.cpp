#include "radiomics/pipeline/failures.h"

#include "radiomics/core/text.h"
#include "radiomics/pipeline/match.h"

namespace radiomics {

Failure failure_of_case(const Case& input, const Error& error) {
  return {input.name, "", "open", std::string(to_string(error.kind())),
          without_folder(error.what(), input.folder)};
}

Failure failure_to_read(const RegionOfCase& region, const Error& error) {
  return {region.name, region.roi, "read", std::string(to_string(error.kind())),
          without_folder(error.what(), region.input.folder)};
}

Failure failure_to_measure(const RegionOfCase& region, const std::string& step,
                           const Error& error) {
  const std::string where = region.input.mask + ": region '" + one_line(region.roi) + "': ";
  return {region.name, region.roi, step, std::string(to_string(error.kind())),
          without_folder(where + error.what(), region.input.folder)};
}

}  // namespace radiomics
