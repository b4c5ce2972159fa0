#include "radiomics/pipeline/contact_sheets.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <set>

#include "radiomics/core/error.h"
#include "radiomics/core/parallel_for.h"
#include "radiomics/core/write_file.h"
#include "radiomics/pipeline/failures.h"
#include "radiomics/pipeline/load.h"
#include "radiomics/qc/contact_sheet.h"

namespace radiomics {
namespace {

struct DrawnRegion {
  SheetEntry entry;  ///< without the name of its file
  std::vector<unsigned char> png;
};

/// One case as pictures in memory. Only files need an order: cases are drawn at the same time and
/// written one after the other.
struct DrawnCase {
  std::string name;
  std::vector<DrawnRegion> regions;
  std::vector<Failure> failures;
};

DrawnRegion draw(const OpenedCase& opened, const std::string& roi, double margin_mm) {
  const Geometry& grid = opened.image.geometry;
  const RegionMask drawn = drawn_region(opened, roi);
  const Field field = field_around(grid, drawn.mask.box, margin_mm);
  DrawnRegion region;
  region.png = contact_sheet(opened.image.read(field.box), drawn.mask, field,
                             {opened.name, roi, opened.image.modality});
  region.entry = {opened.name, roi, "", region_size(drawn.mask), drawn.warnings};
  return region;
}

void draw_regions(const Case& input, double margin_mm, DrawnCase& result) {
  const OpenedCase opened = open_case(input);
  result.name = opened.name;
  for (const std::string& roi : opened.rois) try {
      result.regions.push_back(draw(opened, roi, margin_mm));
    } catch (const Error& error) {
      result.failures.push_back(failure_to_read({input, opened.name, roi}, error));
    }
}

DrawnCase drawn_case(const Case& input, double margin_mm) {
  DrawnCase result{input.name, {}, {}};
  try {
    draw_regions(input, margin_mm, result);
  } catch (const Error& error) {
    result.failures.push_back(failure_of_case(input, error));
  } catch (const std::exception& error) {  // memory ran out
    result.failures.push_back({input.name, "", "sheet", "internal", error.what()});
  }
  return result;
}

/// The folder with what has been written to it.
class SheetFolder {
 public:
  explicit SheetFolder(const std::filesystem::path& path) : path_(path) { make_folder(path_); }

  void write(DrawnCase& drawn, ContactSheets& sheets) {
    for (DrawnRegion& region : drawn.regions) {
      SheetEntry& entry = region.entry;
      entry.file = sheet_file_name(entry.case_name, entry.roi, names_);
      write_bytes(entry.file, reinterpret_cast<const char*>(region.png.data()), region.png.size());
      sheets.written.push_back(std::move(entry));
    }
    std::ranges::move(drawn.failures, std::back_inserter(sheets.failures));
  }

  void write_index(const ContactSheets& sheets) const {
    const std::string page = index_html(sheets.written, sheets.failures);
    write_bytes("index.html", page.data(), page.size());
  }

 private:
  void write_bytes(const std::string& name, const char* bytes, std::size_t count) const {
    write_file(path_ / name, [&](std::ostream& out) { out.write(bytes, std::streamsize(count)); });
  }

  std::filesystem::path path_;
  std::set<std::string> names_;
};

}  // namespace

ContactSheets write_contact_sheets(const CaseList& list, const std::filesystem::path& output,
                                   const ContactSheetOptions& options) {
  SheetFolder folder(output);
  ContactSheets sheets{{}, list.failures};
  const auto step = std::size_t(std::max(1, options.jobs));
  for (std::size_t first = 0; first < list.cases.size(); first += step) {
    std::vector<DrawnCase> drawn(std::min(step, list.cases.size() - first));
    parallel_for(drawn.size(), options.jobs, [&](std::size_t i) {
      drawn[i] = drawn_case(list.cases[first + i], options.margin_mm);
    });
    for (DrawnCase& one : drawn) {
      const std::size_t written = sheets.written.size(), failed = sheets.failures.size();
      folder.write(one, sheets);
      if (options.drawn)
        options.drawn(one.name, std::span(sheets.written).subspan(written),
                      std::span(sheets.failures).subspan(failed));
    }
  }
  folder.write_index(sheets);
  return sheets;
}

}  // namespace radiomics
