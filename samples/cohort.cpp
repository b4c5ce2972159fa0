#include "samples/cohort.h"

#include <set>
#include <system_error>

#include "radiomics/core/error.h"
#include "radiomics/core/parallel_for.h"
#include "radiomics/core/text.h"
#include "samples/clinical.h"
#include "samples/dicom_objects.h"
#include "samples/files.h"
#include "samples/nifti.h"
#include "samples/truth.h"

namespace radiomics::samples {
namespace {

namespace fs = std::filesystem;

/// "0007": folders count the patients and say nothing else.
std::string folder_number(int number) {
  const std::string text = to_text(number);
  return std::string(4 - text.size(), '0') + text;
}

void write_series(const fs::path& study, const Patient& patient, const CtSeries& series) {
  write_ct(study / to_text(series.number), patient, series, scanned(patient.phantom, series.grid));
}

void write_dicom(const fs::path& root, const Patient& patient) {
  const fs::path study = root / folder_number(patient.number) / "1";
  const CtSeries planning = planning_series(patient);
  write_series(study, patient, planning);
  if (patient.traits.second_series) write_series(study, patient, second_series(patient));
  const fs::path folder = study / to_text(patient.traits.mask_beside_images ? planning.number : 10);
  if (patient.mask == MaskKind::seg)
    write_seg(folder, patient, planning);
  else
    write_rtstruct(folder, patient, planning);
}

std::string image_name(const Patient& patient) {
  return patient.number % 4 == 2 ? "image.nii.gz" : "image.nii";
}

void write_nifti_case(const fs::path& root, const Patient& patient) {
  const fs::path folder = root / patient.case_name;
  const std::string& description = patient.identity.name;
  write_nifti(folder / image_name(patient), scanned(patient.phantom, patient.grid), description);
  write_nifti(folder / "mask.nii", voxelised(primary_tumour(patient), patient.grid), description);
}

std::string cases_csv(const std::vector<Patient>& patients) {
  std::string text = "case,image,mask,roi,scanner\n";
  for (const Patient& patient : patients) {
    if (patient.mask != MaskKind::nifti) continue;
    const std::string& name = patient.case_name;
    text += name + "," + name + "/" + image_name(patient) + "," + name + "/mask.nii," +
            patient.rois[0].name + "," + (patient.number % 3 ? "A" : "B") + "\n";
  }
  return text;
}

// Lower case: patterns ignore the case. A name of another lesion matches none.
constexpr const char* primary_tumour_names[] = {
    "gtv",          "gtvp",         "gtv1",      "gtv-1", "gtv_*",  "gtv t",
    "gtv primary*", "gross tumour", "neoplasm*", "tumor", "tumour", "1"};

std::string names_csv() {
  std::string text = "name,pattern\n";
  for (const std::string name : primary_tumour_names) text += "primary," + name + "\n";
  return text;
}

void write_junk(const fs::path& dicom) {
  write_file(dicom / "readme.txt", "Export of the planning system. Not for diagnosis.\n");
  write_file(dicom / "0003" / "notes.txt", "Contours checked twice.\n");
  write_file(dicom / "0007" / "1" / "2" / "export.log", "all images written\nno errors\n");
}

void write_tables(const fs::path& output, const std::vector<Patient>& patients) {
  write_file(output / "nifti" / "cases.csv", cases_csv(patients));
  write_file(output / "names.csv", names_csv());
  write_file(output / "clinical.csv", clinical_csv(patients));
  write_file(output / "truth.csv", truth_csv(patients));
  write_file(output / "planted_identities.txt", join(planted_identities(patients), "\n") + "\n");
}

void require_empty(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error) && !error) return;
  require(fs::is_directory(folder, error) && fs::is_empty(folder, error) && !error,
          ErrorKind::unwritable_output,
          folder.string() + ": is not an empty folder; name a new one for the cohort");
}

void add_series_uids(const Patient& patient, const CtSeries& series, std::set<std::string>& uids) {
  uids.insert(uid_of(patient, series.part));
  for (int z = 0; z < series.grid.size[2]; ++z) uids.insert(slice_uid(patient, series, z));
}

void add_uids(const Patient& patient, std::set<std::string>& uids) {
  for (const char* part : {"study", "frame", "mask series", "mask"})
    uids.insert(uid_of(patient, part));
  if (patient.mask == MaskKind::seg) uids.insert(uid_of(patient, "dimensions"));
  add_series_uids(patient, planning_series(patient), uids);
  if (patient.traits.second_series) add_series_uids(patient, second_series(patient), uids);
}

}  // namespace

std::vector<std::string> planted_identities(const std::vector<Patient>& patients) {
  std::set<std::string> texts;
  for (const Patient& patient : patients) {
    if (patient.mask == MaskKind::nifti) {  // its header has room for the name only
      texts.insert(patient.identity.name);
      continue;
    }
    for (const std::string& text : planted_texts(patient.identity)) texts.insert(text);
    add_uids(patient, texts);
  }
  return {texts.begin(), texts.end()};
}

void make_cohort(const std::filesystem::path& output, int threads) {
  require_empty(output);
  const std::vector<Patient> patients = cohort_patients();
  parallel_for(patients.size(), threads, [&](std::size_t i) {
    if (patients[i].mask == MaskKind::nifti)
      write_nifti_case(output / "nifti", patients[i]);
    else
      write_dicom(output / "dicom", patients[i]);
  });
  write_junk(output / "dicom");
  write_tables(output, patients);
}

}  // namespace radiomics::samples
