#include "radiomics/tables/feature_database.h"

#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/core/write_file.h"

namespace radiomics {
namespace {

// One transaction without a journal: what is not finished is thrown away as a whole. Bounded
// memory, as pages go to the file when the cache (in KiB) is full. The flush at the end is ours.
constexpr const char* begin_sql =
    "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8192; BEGIN";

constexpr const char* fixed_tables_sql =
    "CREATE TABLE features (\"case\" TEXT, roi TEXT, image_type TEXT, family TEXT, feature TEXT,"
    " ibsi_code TEXT, aggregation TEXT, value REAL, unit TEXT);"
    "CREATE TABLE cases (\"case\" TEXT, status TEXT, regions INTEGER, failures INTEGER);"
    "CREATE TABLE failures (\"case\" TEXT, roi TEXT, step TEXT, kind TEXT, message TEXT);"
    "CREATE TABLE provenance (\"key\" TEXT, value TEXT)";

std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string(2, c) : std::string(1, c);
  return quoted + '"';
}

/// Names that SQLite tells apart, for the carried columns beside ours.
std::vector<std::string> distinct_names(const std::vector<std::string>& carried) {
  std::set<std::string> taken{"case", "roi", "warnings"};
  for (const auto& column : diagnostic_columns()) taken.insert(lower_case(column.name));
  std::vector<std::string> names;
  for (const std::string& name : carried) {
    const std::string wanted = name.empty() ? "unnamed" : valid_utf8(name);
    std::string free = wanted;
    for (int number = 2; !taken.insert(lower_case(free)).second; ++number)
      free = wanted + "_" + to_text(number);
    names.push_back(free);
  }
  return names;
}

std::string regions_sql(const std::vector<std::string>& carried) {
  std::string sql = "CREATE TABLE regions (\"case\" TEXT, roi TEXT, ";
  for (const std::string& name : distinct_names(carried)) sql += quoted_name(name) + " TEXT, ";
  sql += "warnings TEXT";
  for (const auto& column : diagnostic_columns())
    sql += ", " + quoted_name(column.name) + (column.is_count ? " INTEGER" : " TEXT");
  return sql + ")";
}

std::size_t region_cells(const FeatureTable& header) {
  return 3 + header.carried_columns.size() + diagnostic_columns().size();
}

std::string_view status_of(std::size_t regions, std::size_t failures) {
  if (failures == 0) return "measured";
  return regions == 0 ? "refused" : "partly";
}

/// An INSERT whose cells are bound from left to right; those behind keep what was bound before.
class Insertion {
 public:
  Insertion(sqlite3* database, std::string_view table, std::size_t cells) {
    std::string sql = "INSERT INTO " + std::string(table) + " VALUES (?";
    for (std::size_t i = 1; i < cells; ++i) sql += ",?";
    ok_ = sqlite3_prepare_v3(database, (sql + ")").c_str(), -1, SQLITE_PREPARE_PERSISTENT,
                             &statement_, nullptr) == SQLITE_OK;
  }
  Insertion(const Insertion&) = delete;
  Insertion& operator=(const Insertion&) = delete;
  ~Insertion() { sqlite3_finalize(statement_); }

  /// The next cell to be bound, counted from 0.
  Insertion& at(int cell) {
    cell_ = cell;
    return *this;
  }
  /// A text that lives until it is bound anew.
  Insertion& text(std::string_view text) {
    return bound(sqlite3_bind_text(statement_, ++cell_, text.data() ? text.data() : "",
                                   int(text.size()), SQLITE_STATIC));
  }
  Insertion& copy_of(std::string_view text) {
    return bound(sqlite3_bind_text(statement_, ++cell_, text.data() ? text.data() : "",
                                   int(text.size()), SQLITE_TRANSIENT));
  }
  Insertion& number(double value) {  // SQLite takes NaN for NULL
    return bound(sqlite3_bind_double(statement_, ++cell_, value));
  }
  Insertion& count(std::size_t value) {
    return bound(sqlite3_bind_int64(statement_, ++cell_, sqlite3_int64(value)));
  }

  /// \return whether this row, and all before it, went in
  bool insert() {
    ok_ = ok_ && sqlite3_step(statement_) == SQLITE_DONE && sqlite3_reset(statement_) == SQLITE_OK;
    return ok_;
  }

 private:
  Insertion& bound(int code) {
    ok_ = ok_ && code == SQLITE_OK;
    return *this;
  }

  sqlite3_stmt* statement_ = nullptr;
  int cell_ = 0;
  bool ok_ = false;
};

/// A file of SQLite under its temporary name.
class DatabaseFile {
 public:
  explicit DatabaseFile(const std::filesystem::path& file)
      : file_(file), temporary_(temporary_name(file)) {
    if (file.has_parent_path()) make_folder(file.parent_path());
    remove_temporary();  // of a killed process that had the same number
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(temporary_.c_str(), &database_, flags, nullptr) != SQLITE_OK) {
      close();  // SQLite hands out a connection in any case
      refuse_to_write(file_);
    }
  }
  DatabaseFile(const DatabaseFile&) = delete;
  DatabaseFile& operator=(const DatabaseFile&) = delete;
  ~DatabaseFile() {
    close();
    if (!finished_) remove_temporary();
  }

  sqlite3* get() const { return database_; }

  void check(bool ok) const {
    if (!ok) refuse_to_write(file_);
  }
  void execute(const std::string& sql) const {
    check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  }

  /// No statement may be left.
  void finish() {
    execute("COMMIT");
    check(close());
    replace_file(temporary_, file_);
    finished_ = true;
  }

 private:
  bool close() { return sqlite3_close(std::exchange(database_, nullptr)) == SQLITE_OK; }
  void remove_temporary() const {
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
  }

  std::filesystem::path file_, temporary_;
  sqlite3* database_ = nullptr;
  bool finished_ = false;
};

void require_room(sqlite3* database, const std::filesystem::path& file,
                  const FeatureTable& header) {
  const auto most = std::size_t(sqlite3_limit(database, SQLITE_LIMIT_COLUMN, -1));
  const std::size_t ours = region_cells(header) - header.carried_columns.size();
  require(region_cells(header) <= most, ErrorKind::unsupported_data,
          file.string() + ": a database has room for " + to_text(most - ours) +
              " further columns, the list of cases has " + to_text(header.carried_columns.size()) +
              "; leave some out");
}

}  // namespace

class FeatureDatabase::Connection {
 public:
  Connection(const std::filesystem::path& path, const FeatureTable& header,
             const Provenance& provenance)
      : file_(path), columns_(header.columns) {
    require_room(file_.get(), path, header);
    file_.execute(begin_sql);
    file_.execute(fixed_tables_sql);
    file_.execute(regions_sql(header.carried_columns));
    features_.emplace(file_.get(), "features", 9);
    cases_.emplace(file_.get(), "cases", 4);
    regions_.emplace(file_.get(), "regions", region_cells(header));
    failures_.emplace(file_.get(), "failures", 5);
    add_provenance(provenance);
  }

  void add_case(const std::string& name, std::size_t regions, std::size_t failures) {
    cases_->at(0).text(name).text(status_of(regions, failures)).count(regions).count(failures);
    file_.check(cases_->insert());
  }

  void add_region(const FeatureTable::Row& row) {
    const std::string warnings = join(row.warnings, "; ");
    regions_->at(0).text(row.case_name).text(row.roi);
    for (const std::string& text : row.carried) regions_->text(text);
    regions_->text(warnings);
    for (const auto& column : diagnostic_columns())  // counts become integers by their column
      regions_->copy_of(column.text(row.diagnostics));
    file_.check(regions_->insert());
  }

  void add_features(const FeatureTable::Row& row) {
    features_->at(0).text(row.case_name).text(row.roi);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto& [image_type, family, definition, aggregation] = columns_[i];
      features_->at(2).text(image_type).text(family).text(definition.name).text(definition.ibsi);
      features_->text(ibsi_code(aggregation)).number(row.values[i]).text(definition.unit);
      file_.check(features_->insert());
    }
  }

  void add_failure(const Failure& failure) {
    failures_->at(0).text(failure.case_name).text(failure.roi).text(failure.step);
    file_.check(failures_->text(failure.kind).text(failure.message).insert());
  }

  void finish() {
    for (auto* insertion : {&features_, &cases_, &regions_, &failures_}) insertion->reset();
    file_.finish();
  }

 private:
  void add_provenance(const Provenance& provenance) {
    Insertion rows(file_.get(), "provenance", 2);
    const auto add = [&](const std::string& key, const std::string& value) {
      file_.check(rows.at(0).text(key).text(value).insert());
    };
    add("program", "radiomics");
    add("version", program_version());
    add("input", provenance.input);
    add("settings_sha256", settings_sha256(provenance));
    for (const auto& [name, value] : provenance.settings) add("setting:" + name, value);
    for (const std::string& warning : provenance.warnings) add("warning", warning);
  }

  DatabaseFile file_;  // before the statements: it is closed after them
  std::vector<FeatureTable::Column> columns_;
  std::optional<Insertion> features_, cases_, regions_, failures_;
};

FeatureDatabase::FeatureDatabase(const std::filesystem::path& file, const FeatureTable& header,
                                 const Provenance& provenance)
    : connection_(std::make_unique<Connection>(file, header, provenance)) {}

FeatureDatabase::~FeatureDatabase() = default;

void FeatureDatabase::add(const std::string& case_name, std::span<const FeatureTable::Row> rows,
                          std::span<const Failure> failures) {
  connection_->add_case(case_name, rows.size(), failures.size());
  for (const auto& row : rows) {
    connection_->add_region(row);
    connection_->add_features(row);
  }
  for (const Failure& failure : failures) connection_->add_failure(failure);
}

void FeatureDatabase::finish() { connection_->finish(); }

}  // namespace radiomics
