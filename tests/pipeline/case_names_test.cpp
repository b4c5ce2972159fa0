#include "radiomics/pipeline/case_names.h"

#include <fstream>
#include <set>
#include <sstream>

#include "radiomics/io/dicom_catalogue.h"
#include "radiomics/pipeline/case_list.h"
#include "radiomics/pipeline/linkage.h"
#include "tests/support/dicom_writer.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

TEST(SafeName, IsSafeInPathsTablesAndSpreadsheets) {
  EXPECT_EQ(safe_name("PAT-001_a.b"), "PAT-001_a.b");
  EXPECT_EQ(safe_name("  12 34 "), "12_34");
  EXPECT_EQ(safe_name("../../evil"), "_._.._evil");
  EXPECT_EQ(safe_name("=cmd|'x'!A1,\"\n"), "_cmd__x__A1__");
  EXPECT_EQ(safe_name("-1"), "_1");
  EXPECT_EQ(safe_name("\xe8\x82\xba"), "\xe8\x82\xba");
  EXPECT_EQ(safe_name("\xff"), "\xef\xbf\xbd");
  EXPECT_EQ(safe_name(""), "");
  EXPECT_EQ(safe_name(" \t"), "");
}

std::vector<std::string> numbered(const std::vector<std::string>& names) {
  std::vector<Case> cases;
  for (const std::string& name : names) cases.emplace_back().name = name;
  number_repeated_names(cases);
  std::vector<std::string> result;
  for (const Case& one : cases) result.push_back(one.name);
  return result;
}

TEST(RepeatedNames, AreNumberedWithoutTakingAnotherName) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(numbered({"a", "b", "a", "a"}), (Names{"a", "b", "a-2", "a-3"}));
  EXPECT_EQ(numbered({"a", "a", "a-2", "a"}), (Names{"a", "a-3", "a-2", "a-4"}));
  EXPECT_EQ(numbered({"a-2", "a", "a", "a-2"}), (Names{"a-2", "a", "a-3", "a-2-2"}));
}

/// A series with its structure set in a folder of its own.
void write_patient(const TemporaryFolder& folder, const std::string& name,
                   const std::string& patient_id, const std::string& series_uid) {
  CtFile ct;
  ct.patient_id = patient_id;
  ct.series_uid = series_uid;
  write_ct_series(folder / name, 2, ct);
  RtFile rt;
  rt.patient_id = patient_id;
  rt.series_uid = series_uid;
  rt.rois = {{"GTV", {{"CLOSED_PLANAR", "0\\0\\0\\3\\0\\0\\3\\3\\0"}}, ""}};
  write_rtstruct(folder / (name + "/rt.dcm"), rt);
}

std::vector<std::string> names_of(const CaseList& list) {
  std::vector<std::string> names;
  for (const Case& one : list.cases) names.push_back(one.name);
  return names;
}

TEST(CaseNaming, HashPatientIdOrFolder) {
  const TemporaryFolder folder;
  write_patient(folder, "a/ct", "P/1", "1.2.3.1");
  write_patient(folder, "b/ct", "P2", "1.2.3.2");
  write_patient(folder, "b/ct2", "P2", "1.2.3.3");
  using Names = std::vector<std::string>;
  EXPECT_EQ(names_of(list_cases(folder.path())),
            (Names{series_name("1.2.3.1"), series_name("1.2.3.2"), series_name("1.2.3.3")}));
  EXPECT_EQ(names_of(list_cases(folder.path(), CaseNaming::patient_id)),
            (Names{"P_1", "P2", "P2-2"}));
  EXPECT_EQ(names_of(list_cases(folder.path(), CaseNaming::folder)), (Names{"a", "b", "b-2"}));
  EXPECT_EQ(names_of(list_cases(folder / "a/ct", CaseNaming::folder)), (Names{"ct"}))
      << "images that lie in the folder itself";
}

TEST(CaseNaming, OneNameForTwoPatientsIsRefused) {
  const TemporaryFolder folder;
  write_patient(folder, "all/1", "P/1", "1.2.3.1");
  write_patient(folder, "all/2", "P 1", "1.2.3.2");
  EXPECT_ERROR(list_cases(folder.path(), CaseNaming::patient_id), ErrorKind::ambiguous_input,
               "several patients would be called 'P_1'; use --case-from hash");
  EXPECT_ERROR(list_cases(folder.path(), CaseNaming::folder), ErrorKind::ambiguous_input,
               "several patients would be called 'all'");
  EXPECT_EQ(list_cases(folder.path()).cases.size(), 2u);
}

TEST(CaseNaming, WithoutPatientIdACaseIsAFailure) {
  const TemporaryFolder folder;
  write_patient(folder, "a", "P1", "1.2.3.1");
  write_patient(folder, "b", "", "1.2.3.2");
  const CaseList list = list_cases(folder.path(), CaseNaming::patient_id);
  EXPECT_EQ(names_of(list), std::vector<std::string>{"P1"});
  ASSERT_EQ(list.failures.size(), 1u);
  EXPECT_EQ(list.failures[0].case_name, series_name("1.2.3.2"));
  EXPECT_EQ(list.failures[0].kind, "unsupported_data");
  EXPECT_TRUE(list.failures[0].message.starts_with("b/0.dcm: has no PatientID"));
}

TEST(CaseNaming, ListsNameTheirCasesThemselves) {
  const TemporaryFolder folder;
  const auto list = folder.write("list.csv", "image,mask\na,b\n");
  EXPECT_ERROR(list_cases(list, CaseNaming::folder), ErrorKind::invalid_settings, "column case");
}

// ---- linkage ----

TEST(Linkage, SaysWhoTheCasesAndTheFailuresAre) {
  const TemporaryFolder folder;
  write_patient(folder, "a", "P,1", "1.2.3.1");
  write_patient(folder, "b", "P2", "1.2.3.2");
  std::filesystem::remove(folder / "b/rt.dcm");
  write_patient(folder, "c", "P3", "1.2.3.3");
  std::filesystem::remove(folder / "c/0.dcm");
  std::filesystem::remove(folder / "c/1.dcm");
  const CaseList list = list_cases(folder.path());
  std::ostringstream out;
  write_linkage_csv(linkage_of(list, folder.path()), out);
  EXPECT_EQ(out.str(), "case,path,mask,PatientID,StudyInstanceUID,SeriesInstanceUID\n" +
                           series_name("1.2.3.1") + ",a/0.dcm,a/rt.dcm,\"P,1\",1.2.2,1.2.3.1\n" +
                           series_name("1.2.3.2") + ",b/0.dcm,,P2,1.2.2,1.2.3.2\n" +
                           series_name("1.2.3.3") + ",,c/rt.dcm,P3,1.2.2,1.2.3.3\n");
  std::set<std::string> linked;
  for (const LinkedCase& one : linkage_of(list, folder.path())) linked.insert(one.case_name);
  for (const Failure& failure : list.failures)
    EXPECT_TRUE(linked.contains(failure.case_name)) << failure.message;
}

TEST(Linkage, OfAListLooksIntoItsFolders) {
  const TemporaryFolder folder;
  write_patient(folder, "a", "P1", "1.2.3.1");
  const auto file =
      folder.write("list.csv", "image,mask\na,a/rt.dcm\nx.nii,y.nii\nnone,none.dcm\n");
  const auto linked = linkage_of(list_cases(file), file);
  ASSERT_EQ(linked.size(), 3u);
  EXPECT_EQ(linked[0].case_name, series_name("1.2.3.1"));
  EXPECT_EQ(linked[0].path, "a");
  EXPECT_EQ(linked[0].patient_id, "P1");
  EXPECT_EQ(linked[0].series_uid, "1.2.3.1");
  EXPECT_EQ(linked[1].case_name, "x");
  EXPECT_EQ(linked[1].patient_id, "");
}

}  // namespace
}  // namespace radiomics
