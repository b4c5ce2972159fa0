#include "radiomics/tables/csv_reader.h"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

struct Record {
  std::vector<std::string> cells;
  int line = 0;         ///< where it starts
  bool quoted = false;  ///< whether any of its cells is in quotes: "" is not an empty line

  bool empty_line() const { return cells.size() == 1 && cells[0].empty() && !quoted; }
};

/// Cuts text into records, one per call.
class Scanner {
 public:
  Scanner(std::string_view text, const std::string& name, char separator)
      : text_(text), name_(name), separator_(separator) {}

  bool at_end() const { return position_ == text_.size(); }

  Record next() {
    Record record{.cells = {}, .line = line_};
    for (;;) {
      if (!at_end() && text_[position_] == '"') {
        record.cells.push_back(quoted_cell());
        record.quoted = true;
      } else {
        record.cells.push_back(bare_cell());
      }
      if (at_end()) return record;
      if (text_[position_] != separator_) break;
      ++position_;
    }
    end_line();
    return record;
  }

 private:
  static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

  [[noreturn]] void refuse(int line, const std::string& problem) const {
    throw Error(ErrorKind::unreadable_file, name_ + ":" + to_text(line) + ": " + problem);
  }

  std::string bare_cell() {
    const auto first = position_;
    while (!at_end() && text_[position_] != separator_ && !is_line_end(text_[position_])) {
      if (text_[position_] == '"')
        refuse(line_, "a quote inside a cell; put the cell in quotes and double those inside");
      ++position_;
    }
    return std::string(text_of_csv_cell(text_.substr(first, position_ - first)));
  }

  std::string quoted_cell() {
    const int start = line_;
    std::string cell;
    for (++position_;; ++position_) {
      if (at_end()) refuse(start, "a quote that is never closed; close it");
      if (text_[position_] == '"') {
        if (++position_; at_end() || text_[position_] != '"') break;
      } else if (ends_line(position_)) {
        ++line_;
      }
      cell += text_[position_];
    }
    if (!at_end() && text_[position_] != separator_ && !is_line_end(text_[position_]))
      refuse(line_, "text after a closing quote; double the quotes that belong to the cell");
    return std::string(text_of_csv_cell(cell));
  }

  /// Whether a line ends with this character: the second one of CR LF.
  bool ends_line(std::size_t position) const {
    return text_[position] == '\n' || (text_[position] == '\r' && (position + 1 == text_.size() ||
                                                                   text_[position + 1] != '\n'));
  }

  void end_line() {
    while (!ends_line(position_)) ++position_;
    ++position_;
    ++line_;
  }

  std::string_view text_;
  const std::string& name_;
  char separator_;
  std::size_t position_ = 0;
  int line_ = 1;
};

void check_utf8(std::string_view text, const std::string& name) {
  for (std::size_t i = 0; i < text.size();) {
    const auto length = utf8_length(text.substr(i));
    if (length == 0 || text[i] == '\0') {
      const auto line = 1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(i), '\n');
      throw Error(ErrorKind::unreadable_file,
                  name + ":" + to_text(line) + ": not UTF-8 text; save the table as CSV UTF-8");
    }
    i += length;
  }
}

void check_header(const std::vector<std::string>& columns, const std::string& name,
                  char separator) {
  if (columns.size() == 1)
    for (const char other : {',', ';', '\t', '|'}) {
      if (other == separator || columns[0].find(other) == std::string::npos) continue;
      const std::string called = other == '\t' ? "tab" : std::string(1, other);
      throw Error(ErrorKind::separator, name + ":1: all in one column: looks like " + called +
                                            " separated; name the separator (--sep '" + called +
                                            "') or save the table with '" + separator + "'");
    }
  std::set<std::string> seen;
  for (const auto& column : columns)
    if (!seen.insert(column).second)
      throw Error(ErrorKind::duplicate_column,
                  name + ":1:" + one_line(column) + ": two columns have this name; rename one");
}

}  // namespace

TextTable parse_csv(std::string_view text, const std::string& name, char separator) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  check_utf8(text, name);
  Scanner scanner(text, name, separator);
  TextTable table;
  std::vector<Record> held;  // empty lines of a table of one column: cells if more follows
  while (!scanner.at_end()) {
    Record record = scanner.next();
    if (table.columns.empty()) {
      if (record.empty_line()) continue;
      check_header(record.cells, name, separator);
      table.columns = std::move(record.cells);
      continue;
    }
    if (record.empty_line()) {
      if (table.columns.size() == 1) held.push_back(std::move(record));
      continue;
    }
    require(record.cells.size() == table.columns.size(), ErrorKind::ragged_row,
            name + ":" + to_text(record.line) + ": " + to_text(record.cells.size()) +
                " cells where the header has " + to_text(table.columns.size()) +
                "; complete the row, or quote a cell that holds the separator");
    held.push_back(std::move(record));
    for (auto& complete : held) {
      table.rows.push_back(std::move(complete.cells));
      table.lines.push_back(complete.line);
    }
    held.clear();
  }
  require(!table.columns.empty(), ErrorKind::empty_file, name + ": empty file; export it again");
  require(!table.rows.empty(), ErrorKind::no_rows,
          name + ": no rows below the header; export it again");
  return table;
}

std::string read_text(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto status = std::filesystem::status(file, ignored);
  require(std::filesystem::exists(status), ErrorKind::unreadable_file,
          file.string() + ": no such file; check the path");
  require(std::filesystem::is_regular_file(status), ErrorKind::unreadable_file,
          file.string() + ": not a file; name a file");
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  require(stream.is_open() && !text.bad(), ErrorKind::unreadable_file,
          file.string() + ": cannot be read; check its permissions");
  return std::move(text).str();
}

TextTable read_csv(const std::filesystem::path& file, char separator) {
  return parse_csv(read_text(file), file.string(), separator);
}

}  // namespace radiomics
