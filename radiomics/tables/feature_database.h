#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "radiomics/tables/feature_table.h"
#include "radiomics/tables/provenance.h"

namespace radiomics {

/// Writes features.db, an SQLite database, case after case and in bounded memory. The same calls
/// give the same bytes. Tables:
///
///   features    the long table: case, roi, image_type, family, feature, ibsi_code, aggregation,
///               value (NULL if undefined), unit
///   cases       one row per add(): case, status (measured, partly, refused), regions, failures
///   regions     case, roi, the carried columns, warnings, diagnostics_* as in the wide table
///   failures    case, roi, step, kind, message
///   provenance  key, value: program, version, input, settings_sha256, setting:NAME, warning
///
/// Counts are INTEGER, values REAL, all else TEXT: carried columns, too, as they were written.
/// SQLite does not tell "Age" from "age": a carried column whose name is taken, by one of ours or
/// by one before it, gets the first free one of NAME_2, NAME_3, ...; one without a name is
/// "unnamed".
///
/// There are no indexes: one over the features would cost half of the time and a fifth of the size
/// again, and a query of one feature over 1000 cases takes a fraction of a second without.
class FeatureDatabase {
 public:
  /// Begins a file under a temporary name beside `file`. Of `header`, the columns are used.
  /// \throws Error unwritable_output; unsupported_data if there are more carried columns than a
  ///         table of SQLite can have
  FeatureDatabase(const std::filesystem::path& file, const FeatureTable& header,
                  const Provenance& provenance);
  FeatureDatabase(const FeatureDatabase&) = delete;
  FeatureDatabase& operator=(const FeatureDatabase&) = delete;
  /// Removes the temporary file if finish() was not reached.
  ~FeatureDatabase();

  /// A case with its regions and failures; a name may come again.
  /// \throws Error unwritable_output
  void add(const std::string& case_name, std::span<const FeatureTable::Row> rows,
           std::span<const Failure> failures);

  /// Flushes the file to the disk and gives it its name. To be called once, as the last.
  /// \throws Error unwritable_output
  void finish();

 private:
  class Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace radiomics
