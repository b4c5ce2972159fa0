#include "radiomics/survival/output_files.h"

#include "radiomics/core/write_file.h"

namespace radiomics {

void write_files(const std::filesystem::path& folder, const std::vector<OutputFile>& files) {
  make_folder(folder);
  for (const OutputFile& file : files)
    write_file(folder / file.name, [&](std::ostream& out) { out << file.content; });
}

}  // namespace radiomics
