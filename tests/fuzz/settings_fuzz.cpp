// The text of a settings file. Whatever it holds, there is one way to refuse it.

#include "radiomics/settings/presets.h"
#include "radiomics/settings/yaml.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace radiomics;
  static const Settings base = preset("default");
  try {
    parse_settings({reinterpret_cast<const char*>(data), size}, "settings.yaml", base).check();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::invalid_settings) std::abort();
    if (std::string(error.what()).find('\n') != std::string::npos) std::abort();
  }
  return 0;
}
