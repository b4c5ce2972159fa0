#pragma once

#include <cstdint>

namespace radiomics {

/// The memory that this process may use: that of the machine, or what its control group (a
/// container, a job of a cluster) is given if that is less. 0 if nobody says.
std::uintmax_t available_memory_bytes();

/// Whether messages go to a terminal, where a person watches.
bool standard_error_is_terminal();

}  // namespace radiomics
