#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace radiomics::samples {

/// Who a patient is said to be. Nobody: names, places and numbers are invented. They stand in the
/// headers of the images so that tests can prove that no output of the program repeats them.
struct Identity {
  std::string name;  ///< DICOM form, family^given, UTF-8
  std::string patient_id;
  std::string other_id;
  std::string birth_date;  ///< YYYYMMDD, as all dates here
  std::string sex;         ///< "F" or "M"
  int age = 0;             ///< in years, on the day of the study
  std::string study_date;
  std::string accession;
  std::string study_id;
  std::string institution;
  std::string address;
  std::string physician;
  std::string operators;
  std::string station;
  std::string serial;  ///< of the scanner
};

constexpr int identity_count = 24;

/// \param number  of the patient, 1 ... identity_count
Identity identity_of(int number, int age);

/// What must not come out again: every text of the identity, the parts of names also by themselves.
/// Without sex and age, which are data, and the study's number in the hospital, which is too short
/// to be told from any other number.
std::vector<std::string> planted_texts(const Identity& identity);

/// A DICOM UID for a thing that is named by a text: "2.25." and the decimal number of a UUID of
/// version 8, made of the first 128 bits of the text's SHA-256. Anybody may make UIDs below 2.25
/// (Rec. ITU-T X.667; DICOM PS3.5, B.2); at most 44 characters.
std::string uid(std::string_view thing);

}  // namespace radiomics::samples
