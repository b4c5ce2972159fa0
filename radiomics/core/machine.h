#pragma once

#include <cstdint>

namespace radiomics {

/// The memory that this process may use: that of the machine, or what its control group (a
/// container, a job of a cluster) is given if that is less. 0 if nobody says.
std::uintmax_t available_memory_bytes();

/// Lets this process keep memory that it has freed, up to 128 MB of it, for the next time that it
/// needs some. A program that runs over many cases takes and frees the same megabytes again and
/// again; giving them back in between cost a third of its time.
void keep_freed_memory();

/// Whether messages go to a terminal, where a person watches.
bool standard_error_is_terminal();

}  // namespace radiomics
