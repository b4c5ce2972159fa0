// A structure set: catalogue, references, and the mask of every region on the grid of the small
// examples.

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/rtstruct.h"
#include "tests/fuzz/fuzz_file.h"
#include "tests/fuzz/fuzz_grid.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace radiomics;
  const auto file = fuzz_file("rtstruct.dcm", data, size);
  allowing_refusal([&] { read_catalogue(file); });
  allowing_refusal([&] {
    const MaskSource source = open_rtstruct(file);
    for (const std::string& name : source.names)
      allowing_refusal([&] { source.mask(name, fuzz_grid); });
  });
  return 0;
}
