// make_corpus OUTPUT_DIR: the examples that the fuzzers start from, a folder for each. Small
// objects in every encoding, and the smallest files of each kind of the sample cohort.

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpls/djencode.h>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/settings/presets.h"
#include "radiomics/settings/yaml.h"
#include "samples/cohort.h"
#include "tests/fuzz/fuzz_grid.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/files.h"
#include "tests/support/packed.h"

namespace radiomics {
namespace {

using Path = std::filesystem::path;

/// The same object once more, in other transfer syntaxes.
void add_encodings(const Path& file, std::initializer_list<E_TransferSyntax> syntaxes) {
  for (const E_TransferSyntax syntax : syntaxes) {
    DcmFileFormat object;
    object.loadFile(OFFilename(file.c_str()));
    object.loadAllDataIntoMemory();
    const Path other = file.parent_path() / (file.stem().string() + "_" + std::to_string(syntax));
    if (object.getDataset()->chooseRepresentation(syntax, nullptr).good())
      object.saveFile(OFFilename((other.string() + ".dcm").c_str()), syntax, EET_UndefinedLength);
  }
}

void make_rtstruct(const Path& folder) {
  const std::string square = "10\\20\\33\\14\\20\\33\\14\\26\\33\\10\\26\\33";
  const std::string inner = "11\\22\\33\\12\\22\\33\\12\\24\\33\\11\\24\\33";
  RtFile rt;
  rt.rois = {{"GTV-1", {{"CLOSED_PLANAR", square}, {"CLOSED_PLANAR", inner}}, ""},
             {"point", {{"POINT", "11\\22\\33"}}, ""},
             {"keyhole", {{"CLOSEDPLANAR_XOR", square + "\\" + inner}}, "7"}};
  write_rtstruct(folder / "small.dcm", rt);
  rt.character_set = "ISO_IR 192";
  rt.rois[0].name = "肺";
  write_rtstruct(folder / "utf8.dcm", rt);
  add_encodings(folder / "small.dcm", {EXS_LittleEndianImplicit, EXS_BigEndianExplicit,
                                       EXS_DeflatedLittleEndianExplicit});
}

void make_seg(const Path& folder) {
  SegFile seg;
  std::vector<int> pixels(20);
  pixels[6] = pixels[7] = pixels[11] = 1;
  seg.frames = {{"10\\20\\33", 1, pixels}, {"10\\20\\36", 1, pixels}, {"10\\20\\36", 2, pixels}};
  seg.labels = {"Liver", "Tumour"};
  write_seg(folder / "binary.dcm", seg);
  SegFile fractional = seg;
  fractional.type = "FRACTIONAL";
  fractional.bits = 8;
  fractional.maximum = 255;
  for (SegFrame& frame : fractional.frames) frame.pixels[7] = 200;
  write_seg(folder / "fractional.dcm", fractional);
  for (const char* name : {"binary.dcm", "fractional.dcm"})
    add_encodings(folder / name, {EXS_LittleEndianImplicit, EXS_BigEndianExplicit,
                                  EXS_DeflatedLittleEndianExplicit, EXS_RLELossless});
}

void make_series(const Path& folder) {
  CtFile ct;
  ct.rows = ct.columns = 16;
  write_ct(folder / "small.dcm", ct);
  add_encodings(folder / "small.dcm",
                {EXS_LittleEndianImplicit, EXS_BigEndianExplicit, EXS_DeflatedLittleEndianExplicit,
                 EXS_RLELossless, EXS_JPEGProcess14SV1, EXS_JPEGProcess2_4, EXS_JPEGLSLossless});
}

void make_images(const TemporaryFolder& folder) {
  const Geometry grid{.size = {4, 4, 4}, .spacing_mm = {1.5, 2, 3}, .origin_mm = {-10, 20.5, -30}};
  std::vector<std::int16_t> voxels(grid.voxel_count());
  for (std::size_t i = 0; i < voxels.size(); ++i) voxels[i] = std::int16_t(i % 5);
  folder.write("plain.nii", nifti_bytes(grid, voxels));
  folder.write("packed.nii.gz", gzipped(nifti_bytes(grid, voxels)));
  folder.write("plain.mha", metaimage_bytes(grid, voxels));
  folder.write("packed.mha", packed_metaimage_bytes(grid, voxels));
  folder.write("plain.nrrd", nrrd_bytes(grid, voxels));
  folder.write("packed.nrrd", packed_nrrd_bytes(grid, voxels));
}

void make_settings(const Path& folder) {
  std::filesystem::create_directories(folder);
  for (const Preset& one : all_presets()) {
    std::ofstream out(folder / (std::string(one.name) + ".yaml"));
    write_settings(one.settings, one.summary, out);
  }
  std::ofstream(folder / "part.yaml") << "resample:\n  spacing_mm: [1, 1, 2]\n";
}

void make_tables(const Path& folder) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "clinical.csv")
      << "case,months,event,stage\nP1,3.5,1,II\nP2,1e1,0,\"III, A\"\nP3,NA,1,\n";
  std::ofstream(folder / "german.csv")
      << "\xef\xbb\xbfid;Monate;Ereignis\r\n1;3,5;1\r\n2; 10 ;0\r\n";
  std::ofstream(folder / "quotes.csv") << "\"a\",\"b\"\n\"x\"\"y\",\"1\n2\"\n'=A1,1e400\n";
  std::ofstream(folder / "tabs.csv") << "id\tx\n\n1\t-inf\n\n2\tNAN\n";
  std::ofstream(folder / "one_column.csv") << "a\n1\n\n2\n\n";
}

/// Copies the smallest file of a kind.
void take_smallest(std::vector<Path> files, const Path& folder) {
  if (files.empty()) return;
  const auto size = [](const Path& file) { return std::filesystem::file_size(file); };
  const Path smallest = *std::ranges::min_element(files, {}, size);
  std::filesystem::copy_file(smallest, folder / ("cohort" + smallest.extension().string()));
}

void take_from_cohort(const Path& cohort, const Path& output) {
  std::vector<Path> rtstruct, seg, slices, images;
  const DicomCatalogue catalogue = read_catalogue(cohort / "dicom");
  for (const DicomMaskObject& mask : catalogue.masks)
    (mask.modality == "SEG" ? seg : rtstruct).push_back(mask.file);
  for (const DicomSeries& series : catalogue.series) slices.push_back(series.slices.front().file);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(cohort / "nifti"))
    if (entry.path().filename() == "mask.nii") images.push_back(entry.path());
  take_smallest(rtstruct, output / "rtstruct");
  take_smallest(seg, output / "dicom_seg");
  take_smallest(slices, output / "dicom_series");
  take_smallest(images, output / "image_file");
}

void make_corpus(const Path& output) {
  DcmRLEEncoderRegistration::registerCodecs();
  DJEncoderRegistration::registerCodecs();
  DJLSEncoderRegistration::registerCodecs();
  make_rtstruct(output / "rtstruct");
  make_seg(output / "dicom_seg");
  make_series(output / "dicom_series");
  const TemporaryFolder temporary;
  make_images(temporary);
  std::filesystem::copy(temporary.path(), output / "image_file");
  make_settings(output / "settings");
  make_tables(output / "csv");
  samples::make_cohort(temporary / "cohort", 2);
  take_from_cohort(temporary / "cohort", output);
}

}  // namespace
}  // namespace radiomics

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_corpus OUTPUT_DIR   (a new folder)\n";
    return 64;
  }
  try {
    radiomics::make_corpus(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << "make_corpus: error: " << error.what() << "\n";
    return 2;
  }
}
