#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "radiomics/pipeline/extract.h"

namespace cli {

/// Tells on standard error how a run over many cases goes: on a terminal as one line that is drawn
/// again and again (cases done, failed, rate, time left), else as one line per case. Warnings are
/// printed where it is no terminal, else counted: they stand in the table. Failures are printed in
/// both. To be called by one thread at a time.
class Progress {
 public:
  explicit Progress(bool on_terminal);

  void start(std::size_t cases, std::size_t done_before);
  void finished(const std::string& case_name, const radiomics::Extraction& result);
  void warning(const std::string& text);
  /// Ends the line on a terminal.
  void end();

  std::size_t finished_cases() const { return finished_; }

 private:
  void draw();
  void clear_line() const;
  void print_case(const std::string& case_name, const radiomics::Extraction& result) const;

  bool on_terminal_;
  std::size_t cases_ = 0, done_before_ = 0, finished_ = 0, failed_ = 0, warnings_ = 0;
  std::chrono::steady_clock::time_point begin_, drawn_;
};

/// "[#####---------------] 312/1000 cases, 3 failed, 41.2/s, 0:17 left": how far a run is.
/// \param seconds  since it began; the rate is that of the cases that were finished in it
struct ProgressState {
  std::size_t cases = 0, done_before = 0, finished = 0, failed = 0;
  double seconds = 0;
};
std::string progress_line(const ProgressState& state);

}  // namespace cli
