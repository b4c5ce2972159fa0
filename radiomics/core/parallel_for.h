#pragma once

#include <cstddef>
#include <functional>

namespace radiomics {

/// Calls body(i) once for every i in [0, count), on up to `threads` threads; returns when all are
/// done. A thread takes the next i that nobody has, so long items do not hold up the rest.
///
/// Let body write to slot i of a result and to nothing that is shared: then results do not depend
/// on the number of threads. A loop inside the body has its own threads: who nests loops divides
/// the number between them.
///
/// \throws what body throws for the lowest i, whatever the number of threads; items above an i that
///         has failed may then be left out.
void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& body);

}  // namespace radiomics
