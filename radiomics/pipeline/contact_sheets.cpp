#include "radiomics/pipeline/contact_sheets.h"

#include <optional>

#include "radiomics/core/parallel_for.h"
#include "radiomics/core/write_file.h"
#include "radiomics/pipeline/select_rois.h"
#include "radiomics/qc/contact_sheet.h"

namespace radiomics {
namespace {

/// One region of an opened case, before and after it is drawn.
struct Task {
  SheetEntry entry;
  std::optional<SheetFailure> failure;
  std::vector<unsigned char> png;
};

void draw(const ImageSource& image, const MaskSource& mask, double margin_mm, Task& task) {
  const RegionMask region = mask.mask(task.entry.roi, image.geometry);
  const Field field = field_around(image.geometry, region.mask.box, margin_mm);
  task.png = contact_sheet(image.read(field.box), region.mask, field,
                           {task.entry.case_name, task.entry.roi, image.modality});
  task.entry.size = region_size(region.mask);
  task.entry.warnings = region.warnings;
}

/// Draws all regions of a case. What fails is noted in its task.
std::vector<Task> drawn(const Case& input, const ContactSheetOptions& options,
                        std::set<std::string>& used_names) {
  const MaskSource mask = input.open_mask();
  const ImageSource image = input.open_image(mask);
  std::vector<Task> tasks;
  for (const std::string& roi : select_rois(mask.names, input.rois)) {
    Task task;
    task.entry = {input.name, roi, sheet_file_name(input.name, roi, used_names), {}, {}};
    tasks.push_back(std::move(task));
  }
  parallel_for(tasks.size(), options.threads, [&](std::size_t i) {
    try {
      draw(image, mask, options.margin_mm, tasks[i]);
    } catch (const Error& error) {
      tasks[i].failure = SheetFailure{input.name, tasks[i].entry.roi, error.kind(), error.what()};
    }
  });
  return tasks;
}

}  // namespace

ContactSheets write_contact_sheets(std::span<const Case> cases, const std::filesystem::path& output,
                                   const ContactSheetOptions& options) {
  make_folder(output);
  ContactSheets sheets;
  std::set<std::string> used_names;
  for (const Case& input : cases) {
    if (options.on_case) options.on_case(input.name);
    std::vector<Task> tasks;
    try {
      tasks = drawn(input, options, used_names);
    } catch (const Error& error) {
      sheets.failures.push_back({input.name, "", error.kind(), error.what()});
    }
    for (Task& task : tasks) {
      if (task.failure) {
        sheets.failures.push_back(std::move(*task.failure));
        continue;
      }
      write_file(output / task.entry.file, [&](std::ostream& out) {
        out.write(reinterpret_cast<const char*>(task.png.data()), std::streamsize(task.png.size()));
      });
      sheets.written.push_back(std::move(task.entry));
    }
  }
  write_file(output / "index.html",
             [&](std::ostream& out) { out << index_html(sheets.written, sheets.failures); });
  return sheets;
}

}  // namespace radiomics
