#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace radiomics {

/// A CSV file as text cells. Rectangular: every row has one cell per column.
struct TextTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;  ///< the line of the file on which each row starts; the header is line 1
};

/// The same with cells that point into the text of the file, for tables of many cells. Copies share
/// the text.
struct CsvCells {
  std::vector<std::string> columns;
  std::vector<std::string_view> cells;  ///< row after row
  std::vector<int> lines;               ///< as in TextTable, one per row
  std::shared_ptr<const void> text;     ///< what the cells point into

  std::size_t rows() const { return lines.size(); }
  std::string_view at(std::size_t row, std::size_t column) const {
    return cells[row * columns.size() + column];
  }
};

/// Those rows, in that order.
CsvCells rows_of(const CsvCells& table, const std::vector<std::size_t>& rows);

/// Reads RFC 4180 text in UTF-8: a header and at least one row. Cells are kept as they are written,
/// blanks included; what they mean is for the caller to decide. Only the apostrophe in front of a
/// text that would be a formula without it is taken away, as csv_cell() put it there: "'=A1" is
/// =A1.
///
/// Accepted beyond the RFC: a byte order mark, lines that end in LF or CR alone, another separator,
/// and empty lines, which are skipped (in a table of one column they are empty cells, but for those
/// at the end of the file). Never guessed: the separator, an encoding, a missing cell.
///
/// `name` is what messages call the file. They read NAME:LINE:COLUMN: text.
/// \throws Error  empty_file; no_rows if there is a header only; duplicate_column; ragged_row;
///                separator if the header is one cell that another separator would split;
///                unreadable_file if quotes do not match or the text is not UTF-8
/// \source RFC 4180, doi:10.17487/RFC4180
TextTable parse_csv(std::string_view text, const std::string& name, char separator = ',');
CsvCells parse_csv_cells(std::string text, const std::string& name, char separator = ',');

/// The bytes of a file.
/// \throws Error unreadable_file if it is absent, no regular file or cannot be read
std::string read_text(const std::filesystem::path& file);

/// parse_csv() of a file, which messages call by its path as given.
TextTable read_csv(const std::filesystem::path& file, char separator = ',');

}  // namespace radiomics
