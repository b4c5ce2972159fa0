#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace radiomics {

/// A CSV file as text cells. Rectangular: every row has one cell per column.
struct TextTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;  ///< the line of the file on which each row starts; the header is line 1
};

}  // namespace radiomics
