// NIfTI, NRRD and MetaImage, plain or compressed, as an image and as labels. The name of the file
// says nothing: every reader looks at the content, but for that of NIfTI, which wants its suffix.

#include <algorithm>

#include "radiomics/io/image_io.h"
#include "tests/fuzz/fuzz_file.h"

namespace {

void read_image(const std::filesystem::path& file) {
  using namespace radiomics;
  allowing_refusal([&] {
    const ImageSource source = open_image_file(file);
    const Index3 last{std::min(source.geometry.size[0], 8) - 1, 0, source.geometry.size[2] - 1};
    source.read({{0, 0, source.geometry.size[2] - 1}, last});
  });
  allowing_refusal([&] {
    const MaskSource source = open_label_file(file);
    for (const std::string& name : source.names)
      allowing_refusal([&] { source.mask(name, {.size = {4, 4, 4}}); });
  });
}

std::string suffix_of(const std::uint8_t* data, std::size_t size) {
  const std::string start(data, data + std::min<std::size_t>(size, 4));
  if (start == "NRRD") return ".nrrd";
  if (start == "Obje" || start == "NDim") return ".mha";
  return start.starts_with("\x1f\x8b") ? ".nii.gz" : ".nii";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_image(radiomics::fuzz_file("image" + suffix_of(data, size), data, size));
  return 0;
}
