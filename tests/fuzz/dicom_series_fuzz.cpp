// One slice of a series, decoded. A single slice has no spacing to be opened with: what would be
// read of a series of many is called here.

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/io/dicom_series.h"
#include "radiomics/io/slice_reader.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace radiomics;
  const auto file = fuzz_file("slice.dcm", data, size);
  allowing_refusal([&] {
    const DicomCatalogue catalogue = read_catalogue(file);
    for (const DicomSeries& series : catalogue.series) {
      allowing_refusal([&] { open_series(series); });
      for (const DicomSlice& slice : series.slices) {
        const bool would_be_decoded = slice.number_of_frames == 1 && slice.samples_per_pixel == 1 &&
                                      slice.rows > 0 && slice.columns > 0;
        if (would_be_decoded) allowing_refusal([&] { decode_slice(slice); });
      }
    }
  });
  return 0;
}
