#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "radiomics/pipeline/case_list.h"

namespace radiomics {

/// Who is meant by the name of a case. It identifies a person: for the file of --linkage only,
/// never for a message or another output.
struct LinkedCase {
  std::string case_name;
  std::string path;  ///< of the image, relative to what the user typed; "" if there is none
  std::string mask;  ///< likewise
  std::string patient_id, study_uid, series_uid;  ///< "" for files that are no DICOM
};

/// The cases of a list in its order; then, of a folder, series and masks that make no case, by the
/// names that the failure table gives them.
///
/// Reads the headers of the input once more, so that nothing that identifies a person is carried
/// through a run that does not ask for it. What cannot be read has no identity here; the run says
/// why. \param input, options  what list_cases() was given
std::vector<LinkedCase> linkage_of(const CaseList& list, const std::filesystem::path& input,
                                   const CatalogueOptions& options = {});

/// case,path,mask,PatientID,StudyInstanceUID,SeriesInstanceUID
void write_linkage_csv(const std::vector<LinkedCase>& cases, std::ostream& out);

}  // namespace radiomics
