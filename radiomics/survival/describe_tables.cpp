#include "radiomics/core/text.h"
#include "radiomics/survival/describe_output.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

std::string level_lines(const std::string& prefix, const std::string& group,
                        const DescribedVariable& variable, const GroupSummary& counts) {
  std::string text;
  for (std::size_t level = 0; level < variable.levels.size(); ++level)
    text += prefix + csv_cell(variable.levels[level]) + group + "," +
            to_text(counts.counts[level]) + "," +
            to_text(double(counts.counts[level]) / double(counts.n)) + ",,,,,,,\n";
  return text;
}

std::string number_line(const std::string& prefix, const std::string& group,
                        const NumberSummary& numbers) {
  const std::vector<double> values{numbers.median, numbers.q25, numbers.q75, numbers.mean,
                                   numbers.sd,     numbers.min, numbers.max};
  return prefix + group + ",,," + join(values, ",") + "\n";
}

}  // namespace

std::string cohort_csv(const DescribeAnalysis& analysis) {
  std::string text =
      "variable,level,group,n,n_missing,count,fraction,median,q25,q75,mean,sd,min,max\n";
  for (const auto& variable : analysis.table.variables)
    for (std::size_t g = 0; g < variable.groups.size(); ++g) {
      const auto& summary = variable.groups[g];
      const std::string prefix = csv_cell(variable.name) + ",";
      const std::string group = "," + csv_cell(g == 0 ? "all" : analysis.table.groups[g - 1]) +
                                "," + to_text(summary.n) + "," + to_text(summary.n_missing);
      text += variable.levels.empty() ? number_line(prefix, group, summary.numbers)
                                      : level_lines(prefix, group, variable, summary);
    }
  return text;
}

std::string describe_endpoints_csv(const DescribeAnalysis& analysis) {
  std::string text =
      "endpoint,n,events,n_missing,follow_up,follow_up_conf_low,follow_up_conf_high,"
      "follow_up_deaths_first,time_min,time_max,fraction_informative,median_survival,"
      "median_survival_conf_low,median_survival_conf_high\n";
  for (const auto& result : analysis.results) {
    if (result.error) continue;
    const auto& follow_up = result.follow_up;
    const auto& survival = result.median_survival;
    const std::vector<double> values{follow_up.median.estimate,
                                     follow_up.median.conf_low,
                                     follow_up.median.conf_high,
                                     follow_up.deaths_first,
                                     follow_up.min,
                                     follow_up.max,
                                     follow_up.fraction_informative,
                                     survival.estimate,
                                     survival.conf_low,
                                     survival.conf_high};
    text += csv_cell(result.endpoint) + "," + to_text(result.n) + "," + to_text(result.events) +
            "," + to_text(result.n_missing) + "," + join(values, ",") + "\n";
  }
  return text;
}

std::string missing_csv(const DescribeAnalysis& analysis) {
  std::string text = "column,missing\n";
  for (const auto& missing : analysis.missing)
    text += csv_cell(missing.column) + "," + to_text(missing.count) + "\n";
  return text;
}

CommandResult run_describe(const DescribeOptions& options, int threads) {
  const DescribeAnalysis analysis = analyse_describe(options, threads);
  CommandResult result{.warnings = analysis.warnings(), .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results)
    if (!one.error)
      files.push_back({"flow_" + one.endpoint + ".svg", describe_flow_figure(analysis, one)});
  if (!analysis.table.variables.empty()) files.push_back({"cohort.csv", cohort_csv(analysis)});
  files.push_back({"endpoints.csv", describe_endpoints_csv(analysis)});
  files.push_back({"missing.csv", missing_csv(analysis)});
  add_report(files, describe_report(analysis, options));
  files.push_back({"result.json", describe_json(analysis, options)});
  return result;
}

}  // namespace radiomics
