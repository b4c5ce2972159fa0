#include "radiomics/qc/index_html.h"

#include <algorithm>

#include "radiomics/core/text.h"
#include "radiomics/qc/contact_sheet.h"

namespace radiomics {
namespace {

constexpr std::size_t longest_part = 70;

bool is_kept(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

std::string safe_part(const std::string& name) {
  std::string part;
  for (const char c : name) {
    if (is_kept(c))
      part += c;
    else if (!part.ends_with('-'))
      part += '-';
  }
  part.resize(std::min(part.size(), longest_part));
  return part;
}

std::string escaped(const std::string& name) {
  std::string html;
  for (const char c : shown(name)) switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  return html;
}

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>radiomics qc</title>
<style>
body { background: #13161b; color: #edeff3; font: 15px "DejaVu Sans", sans-serif; margin: 24px auto;
  max-width: 1600px; padding: 0 16px; }
a { color: inherit; }
table { border-collapse: collapse; margin-bottom: 24px; }
th, td { text-align: left; padding: 3px 18px 3px 0; vertical-align: top; }
th, .quiet { color: #9ea8b8; font-weight: normal; }
.warning { color: #ffcc29; }
img { display: block; width: 100%; height: auto; margin: 6px 0 32px; }
h2 { font-size: 18px; margin: 0; }
</style>
</head>
<body>
)";

std::string failure_table(std::span<const Failure> failures) {
  if (failures.empty()) return "";
  std::string html =
      "<table>\n<tr><th>case</th><th>region</th><th colspan=\"2\">not drawn</th></tr>\n";
  for (const Failure& failure : failures)
    html += "<tr><td>" + escaped(failure.case_name) + "</td><td>" + escaped(failure.roi) +
            "</td><td class=\"warning\">" + escaped(failure.kind) + "</td><td>" +
            escaped(failure.message) + "</td></tr>\n";
  return html + "</table>\n";
}

std::string sheet_table(std::span<const SheetEntry> sheets) {
  std::string html =
      "<table>\n<tr><th>case</th><th>region</th><th>voxels</th><th>ml</th><th>warnings</th></tr>\n";
  for (const SheetEntry& sheet : sheets)
    html += "<tr><td>" + escaped(sheet.case_name) + "</td><td><a href=\"#" + escaped(sheet.file) +
            "\">" + escaped(sheet.roi) + "</a></td><td>" + to_text(sheet.size.voxels) +
            "</td><td>" + fixed_text(sheet.size.volume_ml, 3) + "</td><td class=\"warning\">" +
            escaped(join(sheet.warnings, "; ")) + "</td></tr>\n";
  return html + "</table>\n";
}

std::string picture(const SheetEntry& sheet) {
  const std::string file = escaped(sheet.file), roi = escaped(sheet.roi);
  const std::string name = escaped(sheet.case_name);
  return "<h2 id=\"" + file + "\">" + name + " <span class=\"quiet\">" + roi + "</span></h2>\n" +
         "<a href=\"" + file + "\"><img src=\"" + file + "\" alt=\"Contact sheet of " + name +
         ", " + roi + "\" width=\"" + to_text(contact_sheet_width) + "\" height=\"" +
         to_text(contact_sheet_height) + "\" loading=\"lazy\"></a>\n";
}

}  // namespace

std::string sheet_file_name(const std::string& case_name, const std::string& roi,
                            std::set<std::string>& used) {
  std::string stem = safe_part(case_name) + '_' + safe_part(roi);
  if (stem.front() == '.') stem.front() = '-';
  std::string name = stem + ".png";
  for (int number = 2; !used.insert(lower_case(name)).second; ++number)
    name = stem + '-' + to_text(number) + ".png";
  return name;
}

std::string index_html(std::span<const SheetEntry> sheets, std::span<const Failure> failures) {
  std::string html(head);
  html +=
      "<h1>" + to_text(sheets.size()) + (sheets.size() == 1 ? " region" : " regions") + "</h1>\n";
  html += failure_table(failures);
  if (!sheets.empty()) html += sheet_table(sheets);
  for (const SheetEntry& sheet : sheets) html += picture(sheet);
  return html + "</body>\n</html>\n";
}

}  // namespace radiomics
