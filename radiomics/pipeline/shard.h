#pragma once

#include <cstddef>

namespace radiomics {

/// The part of a cohort that one of several runs takes: every `count`-th case.
struct Shard {
  int index = 1;  ///< 1 ... count
  int count = 1;

  bool takes(std::size_t position) const {
    return position % std::size_t(count) == std::size_t(index - 1);
  }
  /// What makes no case belongs to the first.
  bool takes_unmatched() const { return index == 1; }
};

}  // namespace radiomics
