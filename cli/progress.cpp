#include "cli/progress.h"

#include <cmath>
#include <cstdio>
#include <iostream>

#include "cli/messages.h"
#include "cli/options.h"
#include "radiomics/core/text.h"

namespace cli {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// "0:17", "12:05", "3:20:00"
std::string clock_text(double seconds) {
  const auto total = static_cast<long>(std::lround(seconds));
  char text[32];
  if (total < 3600)
    std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
  else
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", total / 3600, total / 60 % 60, total % 60);
  return text;
}

}  // namespace

std::string progress_line(const ProgressState& state) {
  constexpr std::size_t width = 24;
  const std::size_t done = state.done_before + state.finished;
  const std::size_t filled = state.cases == 0 ? width : width * done / state.cases;
  std::string line = "[";
  line.append(filled, '#').append(width - filled, '-');
  line += "] " + radiomics::to_text(done) + "/" + number_of(state.cases, "case");
  line += ", " + radiomics::to_text(state.failed) + " failed";
  if (state.finished == 0 || state.seconds <= 0) return line;
  const double rate = double(state.finished) / state.seconds;
  line += ", " + radiomics::rounded_text(rate, 3) + "/s, ";
  return line + clock_text(double(state.cases - done) / rate) + " left";
}

Progress::Progress(bool on_terminal) : on_terminal_(on_terminal) {}

void Progress::start(std::size_t cases, std::size_t done_before) {
  cases_ = cases;
  done_before_ = done_before;
  begin_ = drawn_ = Clock::now();
  if (done_before > 0)
    std::cerr << number_of(done_before, "case") << " of " << cases << " done before\n";
  if (on_terminal_) draw();
}

void Progress::finished(const std::string& case_name, const radiomics::Extraction& result) {
  ++finished_;
  failed_ += result.failures.empty() ? 0 : 1;
  if (!on_terminal_) return print_case(case_name, result);
  for (const auto& row : result.rows) warnings_ += row.warnings.size();
  constexpr double between_drawings_s = 0.1;
  const bool is_due = seconds_since(drawn_) >= between_drawings_s;
  if (result.failures.empty() && !is_due && done_before_ + finished_ < cases_) return;
  clear_line();
  print_failures(result.failures);
  draw();
}

void Progress::warning(const std::string& text) {
  clear_line();
  print_warning(text);
}

void Progress::end() {
  if (!on_terminal_) return;
  std::cerr << '\n';
  if (warnings_ > 0) std::cerr << number_of(warnings_, "warning") << ", see the column warnings\n";
}

void Progress::draw() {
  drawn_ = Clock::now();
  clear_line();
  std::cerr << progress_line({cases_, done_before_, finished_, failed_, seconds_since(begin_)})
            << std::flush;
}

void Progress::clear_line() const {
  if (on_terminal_) std::cerr << "\r\033[K";
}

void Progress::print_case(const std::string& case_name, const radiomics::Extraction& result) const {
  std::cerr << done_before_ + finished_ << "/" << cases_ << " " << radiomics::one_line(case_name)
            << ": " << number_of(result.rows.size(), "region");
  if (!result.failures.empty()) std::cerr << ", " << result.failures.size() << " refused";
  std::cerr << '\n';
  for (const auto& row : result.rows)
    for (const std::string& warning : row.warnings)
      print_warning(case_name + ", region '" + row.roi + "': " + warning);
  print_failures(result.failures);
}

}  // namespace cli
