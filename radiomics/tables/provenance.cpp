#include "radiomics/tables/provenance.h"

#include "radiomics/core/sha256.h"

namespace radiomics {

std::string program_version() { return RADIOMICS_VERSION; }  // defined by the build

std::string settings_sha256(const Provenance& provenance) {
  Sha256 hash;
  for (const auto& [name, value] : provenance.settings)
    hash.add(name).add("=").add(value).add("\n");
  return hash.hex();
}

}  // namespace radiomics
