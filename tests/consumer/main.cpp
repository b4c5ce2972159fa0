// Extracts the features of one case with the installed library: consumer IMAGE MASK.

#include <cstdio>

#include <radiomics/pipeline/extract.h>
#include <radiomics/settings/presets.h>

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  const radiomics::Settings& settings = radiomics::preset("native");
  const radiomics::Extraction result = extract(radiomics::case_of(argv[1], argv[2], "A"), settings);
  for (const auto& failure : result.failures) std::puts(failure.message.c_str());
  const auto columns = columns_of(settings);
  for (const auto& row : result.rows)
    for (std::size_t i = 0; i < columns.size(); ++i)
      std::printf("%s %s %.17g\n", row.roi.c_str(), column_name(columns[i]).c_str(), row.values[i]);
  return result.rows.empty() ? 2 : 0;
}
