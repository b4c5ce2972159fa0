#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace radiomics {

/// Conformance with IBSI 1 of the program as it runs here.
struct SelfTest {
  struct Row {
    std::string configuration;  ///< "digital phantom", "A" ... "E"
    std::string family;         ///< "morphology"
    int values = 0;             ///< published values that this family has there
    int met = 0;                ///< of them
  };
  std::vector<Row> rows;
  std::vector<std::string> misses;  ///< one line for each value that is not met
  std::vector<std::string> notes;   ///< what was not tested, and why
};

/// Compares with the published values: on the digital phantom, which is built in, and on the CT
/// phantom where `data` holds the folder ibsi with its files.
/// \param data  "" for the digital phantom alone
/// \throws Error if files of the data are there but cannot be read
SelfTest run_selftest(const std::filesystem::path& data);

}  // namespace radiomics
