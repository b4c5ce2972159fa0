#include "radiomics/report/report_document.h"

#include <utility>

namespace radiomics {

Paragraph paragraph(std::string text) { return {{{.text = std::move(text)}}}; }

ReportTable table_of(std::vector<std::string> headings, int left) {
  ReportTable table;
  for (auto& heading : headings) {
    const bool words = int(table.columns.size()) < left;
    table.columns.push_back({std::move(heading), words ? Align::left : Align::right});
  }
  return table;
}

}  // namespace radiomics
