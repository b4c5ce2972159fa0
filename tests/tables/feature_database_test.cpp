#include "radiomics/tables/feature_database.h"

#include <cmath>
#include <csignal>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "tests/support/errors.h"
#include "tests/support/files.h"
#include "tests/support/table.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

using Cells = std::vector<std::string>;

const Provenance provenance{
    .input = "cohort", .settings = {{"resample.spacing_mm", "2, 2, 2"}}, .warnings = {"a", "b"}};

/// What a query gives: the cells of all rows one after the other, each as SQL literal.
Cells query(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  Cells cells;
  const auto collect = [](void* into, int count, char** texts, char**) {
    for (int i = 0; i < count; ++i)
      static_cast<Cells*>(into)->push_back(texts[i] ? texts[i] : "NULL");
    return 0;
  };
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), collect, &cells, &message), SQLITE_OK) << message;
  sqlite3_free(message);
  sqlite3_close(database);
  return cells;
}

class FeatureDatabaseTest : public testing::Test {
 protected:
  FeatureDatabaseTest() {
    header_.carried_columns = {"age", "Age"};
    rows_ = {table_row("a", "GTV", 3), table_row("a", "heart \"x\"\n", 3)};
    rows_[0].carried = {"007", "=A1"};
    rows_[0].warnings = {"one", "two"};
    rows_[1].carried = {"", "\xc3\xa4"};
    rows_[1].values = {std::nan(""), std::numeric_limits<double>::infinity(), 0.1};
    failures_ = {{"a", "x", "read", "unreadable_file", "it's gone"}};
  }

  void write(const std::filesystem::path& file) const {
    FeatureDatabase database(file, header_, provenance);
    database.add("a", rows_, failures_);
    database.add("b", {&rows_[0], 1}, {});
    database.add("c", {}, failures_);
    database.finish();
  }

  std::size_t files_left() const {
    return std::size_t(std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
  }

  FeatureTable header_ = table_header(3);
  std::vector<FeatureTable::Row> rows_;
  std::vector<Failure> failures_;
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "features.db";
};

TEST_F(FeatureDatabaseTest, FeaturesAreTheLongTable) {
  write(file_);
  EXPECT_EQ(query(file_, "SELECT group_concat(name) FROM pragma_table_info('features')"),
            (Cells{"case,roi,image_type,family,feature,ibsi_code,aggregation,value,unit"}));
  EXPECT_EQ(query(file_, "SELECT * FROM features LIMIT 1"),
            (Cells{"a", "GTV", "filter0", "glcm", "mean", "ABCD", "IAZD", "-20.0", "intensity"}));
  EXPECT_EQ(query(file_, "SELECT count(*) FROM features"), (Cells{"9"}));
  EXPECT_EQ(query(file_,
                  "SELECT typeof(value), value = 0.1, value > 1e308 FROM features"
                  " WHERE roi LIKE 'heart%'"),
            (Cells{"null", "NULL", "NULL", "real", "0", "1", "real", "1", "0"}));
}

TEST_F(FeatureDatabaseTest, CasesTellTheirState) {
  write(file_);
  EXPECT_EQ(query(file_, "SELECT * FROM cases"),
            (Cells{"a", "partly", "2", "1", "b", "measured", "1", "0", "c", "refused", "0", "1"}));
  EXPECT_EQ(query(file_, "SELECT * FROM failures LIMIT 1"),
            (Cells{"a", "x", "read", "unreadable_file", "it's gone"}));
}

TEST_F(FeatureDatabaseTest, RegionsKeepTextsAndCounts) {
  write(file_);
  EXPECT_EQ(query(file_, "SELECT roi, age, typeof(age), Age_2, warnings FROM regions LIMIT 2"),
            (Cells{"GTV", "007", "text", "=A1", "one; two", "heart \"x\"\n", "", "text", "\xc3\xa4",
                   ""}));
  EXPECT_EQ(query(file_,
                  "SELECT diagnostics_mask_voxels, typeof(diagnostics_mask_voxels),"
                  " typeof(diagnostics_grey_levels), diagnostics_image_size,"
                  " typeof(diagnostics_image_size) FROM regions LIMIT 1"),
            (Cells{"12345", "integer", "integer", "512x512x120", "text"}));
  const Cells columns = query(file_, "SELECT name FROM pragma_table_info('regions')");
  EXPECT_EQ(columns.size(), 5 + diagnostic_columns().size());
  for (const auto& column : diagnostic_columns())
    EXPECT_NE(std::find(columns.begin(), columns.end(), column.name), columns.end());
}

TEST_F(FeatureDatabaseTest, NamesAreMadeUnique) {
  header_.carried_columns = {
      "",    "x_2",     "X",        "x",        "x\"y; DROP TABLE cases", "WARNINGS",
      "roi", "Unnamed", "\xc3\x84", "\xc3\xa4", "diagnostics_modality"};
  FeatureDatabase(file_, header_, provenance).finish();
  const Cells columns = query(file_, "SELECT name FROM pragma_table_info('regions')");
  EXPECT_EQ(Cells(columns.begin() + 2, columns.begin() + 13),
            (Cells{"unnamed", "x_2", "X", "x_3", "x\"y; DROP TABLE cases", "WARNINGS_2", "roi_2",
                   "Unnamed_2", "\xc3\x84", "\xc3\xa4", "diagnostics_modality_2"}));
}

TEST_F(FeatureDatabaseTest, ProvenanceHoldsEverySetting) {
  write(file_);
  EXPECT_EQ(query(file_, "SELECT * FROM provenance"),
            (Cells{"program", "radiomics", "version", program_version(), "input", "cohort",
                   "settings_sha256", settings_sha256(provenance), "setting:resample.spacing_mm",
                   "2, 2, 2", "warning", "a", "warning", "b"}));
}

TEST_F(FeatureDatabaseTest, TheSameCallsGiveTheSameBytes) {
  header_ = table_header(200);  // more than the cache holds: pages go to the file meanwhile
  const auto write_many = [&](const std::filesystem::path& file) {
    FeatureDatabase database(file, header_, provenance);
    for (int i = 0; i < 700; ++i) {
      const auto row = table_row("case " + std::to_string(i), "GTV", 200);
      database.add(row.case_name, {&row, 1}, failures_);
    }
    database.finish();
  };
  write_many(folder_ / "one.db");
  write_many(folder_ / "other.db");
  const std::string bytes = bytes_of(folder_ / "one.db");
  EXPECT_GT(bytes.size(), 9u << 20) << "the cache has 8 MiB";
  EXPECT_TRUE(bytes == bytes_of(folder_ / "other.db"));
  EXPECT_EQ(query(folder_ / "one.db", "PRAGMA integrity_check"), (Cells{"ok"}));
  EXPECT_EQ(files_left(), 2u);
}

TEST_F(FeatureDatabaseTest, AnOldFileIsReplacedAtTheEndOnly) {
  folder_.write("features.db", "old");
  {
    FeatureDatabase database(file_, header_, provenance);
    database.add("a", rows_, {});
    EXPECT_EQ(bytes_of(file_), "old");
  }
  EXPECT_EQ(bytes_of(file_), "old");
  EXPECT_EQ(files_left(), 1u) << "no temporary file";
  write(file_);
  EXPECT_EQ(query(file_, "SELECT count(*) FROM cases"), (Cells{"3"}));
  EXPECT_EQ(files_left(), 1u);
}

TEST_F(FeatureDatabaseTest, WhatCannotBeWrittenIsAnError) {
  folder_.write("file", "");
  EXPECT_ERROR(write(folder_ / "file" / "features.db"), ErrorKind::unwritable_output, "file");
  std::filesystem::create_directory(file_);
  EXPECT_ERROR(write(file_), ErrorKind::unwritable_output, "features.db: cannot be written");
  EXPECT_EQ(files_left(), 2u) << "no temporary file";
}

/// No file of this process may become larger, as on a full disk.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit less = before_;
    less.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &less);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);  // NOLINT: an error of write() instead
  }
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(FeatureDatabaseTest, AFullDiskIsAnErrorAndLeavesNothing) {
  header_ = table_header(200);
  const auto row = table_row("a", "GTV", 200);
  for (const rlim_t bytes : {rlim_t(0), rlim_t(1) << 16, rlim_t(4) << 20}) {
    std::optional<SmallFiles> limit(bytes);
    const Error error = error_of([&] {
      FeatureDatabase database(file_, header_, provenance);
      for (int i = 0; i < 700; ++i) database.add("a", {&row, 1}, {});
      database.finish();
    });
    limit.reset();
    EXPECT_EQ(error.kind(), ErrorKind::unwritable_output) << error.what();
    EXPECT_EQ(files_left(), 0u);
  }
}

TEST_F(FeatureDatabaseTest, TooManyCarriedColumnsAreRefused) {
  header_.carried_columns.clear();
  for (int i = 0; i < 1986; ++i) header_.carried_columns.push_back("c" + std::to_string(i));
  FeatureDatabase(file_, header_, provenance).finish();
  header_.carried_columns.emplace_back("one more");
  EXPECT_ERROR(FeatureDatabase(file_, header_, provenance), ErrorKind::unsupported_data,
               "room for 1986 further columns, the list of cases has 1987");
}

}  // namespace
}  // namespace radiomics
