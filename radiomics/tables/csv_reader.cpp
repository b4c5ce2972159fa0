#include "radiomics/tables/csv_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "radiomics/core/error.h"
#include "radiomics/core/text.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

/// What cells point into: the text of the file, and the cells whose quotes are not as in the text.
struct CsvText {
  std::string text;
  std::deque<std::string> unquoted{};  // grows without moving what it holds
};

struct Record {
  std::size_t cells = 0;
  int line = 0;             ///< where it starts
  bool empty_line = false;  ///< a cell of "" in quotes is none
};

/// Cuts text into records, one per call.
class Scanner {
 public:
  Scanner(CsvText& storage, std::string_view text, const std::string& name, char separator)
      : storage_(storage), text_(text), name_(name), separator_(separator) {
    for (const char c : {separator, '\n', '\r', '"'})
      ends_run_[static_cast<unsigned char>(c)] = true;
  }

  bool at_end() const { return position_ == text_.size(); }

  /// Appends the cells of the next record.
  Record next(std::vector<std::string_view>& cells) {
    Record record{.line = line_};
    const std::size_t before = cells.size(), start = position_;
    for (;;) {
      cells.push_back(!at_end() && text_[position_] == '"' ? quoted_cell() : bare_cell());
      if (at_end() || text_[position_] != separator_) break;
      ++position_;
    }
    record.cells = cells.size() - before;
    record.empty_line = position_ == start;
    if (!at_end()) end_line();
    return record;
  }

 private:
  static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

  [[noreturn]] void refuse(int line, const std::string& problem) const {
    throw Error(ErrorKind::unreadable_file, name_ + ":" + to_text(line) + ": " + problem);
  }

  std::string_view bare_cell() {
    const auto first = position_;
    const char* const end = text_.data() + text_.size();
    const char* next = text_.data() + first;
    while (next != end && !ends_run_[static_cast<unsigned char>(*next)]) ++next;
    position_ = std::size_t(next - text_.data());
    if (!at_end() && text_[position_] == '"')
      refuse(line_, "a quote inside a cell; put the cell in quotes and double those inside");
    return text_of_csv_cell(text_.substr(first, position_ - first));
  }

  std::string_view quoted_cell() {
    const int start = line_;
    const auto first = position_ + 1;
    bool doubled = false;
    for (++position_;; ++position_) {
      if (at_end()) refuse(start, "a quote that is never closed; close it");
      if (text_[position_] == '"') {
        if (++position_; at_end() || text_[position_] != '"') break;
        doubled = true;
      } else if (ends_line(position_)) {
        ++line_;
      }
    }
    if (!at_end() && text_[position_] != separator_ && !is_line_end(text_[position_]))
      refuse(line_, "text after a closing quote; double the quotes that belong to the cell");
    const std::string_view cell = text_.substr(first, position_ - 1 - first);
    return text_of_csv_cell(doubled ? with_single_quotes(cell) : cell);
  }

  std::string_view with_single_quotes(std::string_view cell) {
    std::string& text = storage_.unquoted.emplace_back();
    for (std::size_t i = 0; i < cell.size(); ++i) {
      text += cell[i];
      if (cell[i] == '"') ++i;
    }
    return text;
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

  CsvText& storage_;
  std::string_view text_;
  const std::string& name_;
  char separator_;
  std::size_t position_ = 0;
  int line_ = 1;
  std::array<bool, 256> ends_run_{};  ///< the characters at which a bare cell ends
};

/// How many bytes at the start are ASCII without NUL, in steps of eight.
std::size_t plain_bytes(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, high_bits = 0x8080808080808080;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if (((word | (word - ones)) & high_bits) != 0) break;  // a byte above 127, or one of 0
  }
  return i;
}

void check_utf8(std::string_view text, const std::string& name) {
  for (std::size_t i = plain_bytes(text); i < text.size();) {
    const auto length = utf8_length(text.substr(i));
    if (length == 0 || text[i] == '\0') {
      const auto line = 1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(i), '\n');
      throw Error(ErrorKind::unreadable_file,
                  name + ":" + to_text(line) + ": not UTF-8 text; save the table as CSV UTF-8");
    }
    i += length;
    i += plain_bytes(text.substr(i));
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
                  column.empty() ? name +
                                       ":1: several columns have no name; name them, or delete "
                                       "those that are empty"
                                 : name + ":1:" + one_line(column) +
                                       ": two columns have this name; rename one");
}

std::vector<std::string> read_header(Scanner& scanner, const std::string& name, char separator) {
  std::vector<std::string_view> cells;
  bool found = false;
  while (!found && !scanner.at_end()) {
    cells.clear();
    found = !scanner.next(cells).empty_line;
  }
  require(found, ErrorKind::empty_file, name + ": empty file; export it again");
  std::vector<std::string> columns(cells.begin(), cells.end());
  check_header(columns, name, separator);
  return columns;
}

[[noreturn]] void refuse_ragged(const Record& record, std::size_t width, const std::string& name) {
  throw Error(ErrorKind::ragged_row,
              name + ":" + to_text(record.line) + ": " + to_text(record.cells) +
                  " cells where the header has " + to_text(width) +
                  "; complete the row, or quote a cell that holds the separator");
}

/// Empty lines of a table of one column are cells if more follows.
/// `most_cells` is a guess for the memory to set aside.
void read_rows(Scanner& scanner, CsvCells& table, const std::string& name, std::size_t most_cells) {
  const std::size_t width = table.columns.size();
  table.cells.reserve(most_cells);
  table.lines.reserve(most_cells / width);
  std::size_t complete = 0;
  while (!scanner.at_end()) {
    const Record record = scanner.next(table.cells);
    if (record.empty_line && width > 1) {
      table.cells.pop_back();
      continue;
    }
    if (record.cells != width) refuse_ragged(record, width, name);
    table.lines.push_back(record.line);
    if (!record.empty_line) complete = table.lines.size();
  }
  table.lines.resize(complete);
  table.cells.resize(complete * width);
}

}  // namespace

CsvCells rows_of(const CsvCells& table, const std::vector<std::size_t>& rows) {
  CsvCells part{.columns = table.columns, .cells = {}, .lines = {}, .text = table.text};
  const std::size_t width = table.columns.size();
  for (const std::size_t row : rows) {
    const auto first = table.cells.begin() + std::ptrdiff_t(row * width);
    part.cells.insert(part.cells.end(), first, first + std::ptrdiff_t(width));
    part.lines.push_back(table.lines[row]);
  }
  return part;
}

CsvCells parse_csv_cells(std::string bytes, const std::string& name, char separator) {
  const auto storage = std::make_shared<CsvText>(CsvText{.text = std::move(bytes)});
  std::string_view text = storage->text;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  check_utf8(text, name);
  Scanner scanner(*storage, text, name, separator);
  CsvCells table{
      .columns = read_header(scanner, name, separator), .cells = {}, .lines = {}, .text = storage};
  const auto lines = std::size_t(std::ranges::count(text, '\n'));
  read_rows(scanner, table, name, std::min(lines * table.columns.size(), text.size()));
  require(!table.lines.empty(), ErrorKind::no_rows,
          name + ": no rows below the header; export it again");
  return table;
}

TextTable parse_csv(std::string_view text, const std::string& name, char separator) {
  const CsvCells cells = parse_csv_cells(std::string(text), name, separator);
  TextTable table{.columns = cells.columns, .rows = {}, .lines = cells.lines};
  const auto width = std::ptrdiff_t(cells.columns.size());
  for (auto cell = cells.cells.begin(); cell != cells.cells.end(); cell += width)
    table.rows.emplace_back(cell, cell + width);
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
  std::string text;
  const auto size = std::filesystem::file_size(file, ignored);
  if (!ignored) text.resize(size);
  stream.read(text.data(), std::streamsize(text.size()));
  text.resize(std::size_t(stream.gcount()));
  if (stream && stream.peek() != EOF) {  // a file of /proc has no size, and any may have grown
    std::ostringstream rest;
    rest << stream.rdbuf();
    text += rest.str();
  }
  require(stream.is_open() && !stream.bad(), ErrorKind::unreadable_file,
          file.string() + ": cannot be read; check its permissions");
  return text;
}

TextTable read_csv(const std::filesystem::path& file, char separator) {
  return parse_csv(read_text(file), file.string(), separator);
}

}  // namespace radiomics
