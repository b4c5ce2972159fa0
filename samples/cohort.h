#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "samples/patients.h"

namespace radiomics::samples {

/// Writes the synthetic cohort into a new or empty folder:
///
///   dicom/              the export of a hospital: 21 patients, about 700 files
///     0001/1/2/...        patient / study / series: CT, then RTSTRUCT or SEG
///     readme.txt, ...     files that are no DICOM
///   nifti/              3 patients
///     cases.csv           case,image,mask,roi,scanner; paths relative to it
///     phantom-14/...      image.nii.gz or image.nii, mask.nii
///   names.csv           synonyms for radiomics batch: primary for every patient's primary tumour
///   clinical.csv        one row per patient; see clinical.h
///   truth.csv           one row per lesion; see truth.h
///   planted_identities.txt   one text per line that no output may contain: names, numbers, dates,
///                       institutions and all UIDs of the DICOM objects. Look for dates (eight
///                       digits) with no digit or "." beside them: long numbers may hold them
///
/// `case` in clinical.csv and truth.csv is what `radiomics batch` calls the case. Names of folders
/// and files hold nothing of planted_identities.txt. The files are the same, byte for byte, on
/// every run, for any number of threads, and on every machine whose arithmetic is IEEE 754.
///
/// Cost: 27 MB, about 1 s.
/// \throws Error unwritable_output if the folder is not empty or something cannot be written
void make_cohort(const std::filesystem::path& output, int threads = 1);

/// What planted_identities.txt holds: sorted, each once.
std::vector<std::string> planted_identities(const std::vector<Patient>& patients);

}  // namespace radiomics::samples
