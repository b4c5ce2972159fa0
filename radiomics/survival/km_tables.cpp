#include "radiomics/core/text.h"
#include "radiomics/survival/endpoint_results.h"
#include "radiomics/survival/km_output.h"
#include "radiomics/survival/report_parts.h"
#include "radiomics/tables/csv.h"

namespace radiomics {
namespace {

/// Calls row(prefix, group) for every group; prefix is its "endpoint,group,".
template <class Row>
void for_each_group(const KmAnalysis& analysis, Row row) {
  for (const auto& result : analysis.results)
    for (const auto& group : result.groups)
      row(csv_cell(result.endpoint) + "," + csv_cell(group.label) + ",", group);
}

}  // namespace

std::string km_curves_csv(const KmAnalysis& analysis) {
  std::string text =
      "endpoint,group,time,n_risk,n_event,n_censor,estimate,std_error,conf_low,conf_high,"
      "cumulative_hazard,cumulative_hazard_std_error\n";
  for_each_group(analysis, [&text](const std::string& prefix, const KmGroup& group) {
    const auto& curve = group.curve;
    for (std::size_t i = 0; i < curve.table.time.size(); ++i) {
      const std::vector<int> counts{curve.table.n_risk[i], curve.table.n_event[i],
                                    curve.table.n_censor[i]};
      const std::vector<double> values{
          curve.estimate[i],  curve.std_error[i],         curve.conf_low[i],
          curve.conf_high[i], curve.cumulative_hazard[i], curve.cumulative_hazard_std_error[i]};
      text += prefix + to_text(curve.table.time[i]) + "," + join(counts, ",") + "," +
              join(values, ",") + "\n";
    }
  });
  return text;
}

std::string km_groups_csv(const KmAnalysis& analysis) {
  std::string text = "endpoint,group,n,events";
  for (const char* quantile : {"q25", "median", "q75"})
    for (const char* part : {"", "_conf_low", "_conf_high"})
      text += "," + std::string(quantile) + part;
  text += ",rmst_tau,rmst,rmst_std_error\n";
  for_each_group(analysis, [&text](const std::string& prefix, const KmGroup& group) {
    std::vector<double> values;
    for (const auto& quantile : group.quantiles)
      values.insert(values.end(), {quantile.estimate, quantile.conf_low, quantile.conf_high});
    values.insert(values.end(), {group.rmst.tau, group.rmst.estimate, group.rmst.std_error});
    text += prefix + to_text(group.data.size()) + "," + to_text(group.data.events()) + "," +
            join(values, ",") + "\n";
  });
  return text;
}

std::string km_horizons_csv(const KmAnalysis& analysis) {
  std::string text = "endpoint,group,time,n_risk,estimate,std_error,conf_low,conf_high\n";
  for_each_group(analysis, [&text](const std::string& prefix, const KmGroup& group) {
    for (const auto& horizon : group.horizons) {
      const std::vector<double> values{horizon.estimate, horizon.std_error, horizon.conf_low,
                                       horizon.conf_high};
      text += prefix + to_text(horizon.time) + "," + to_text(horizon.n_risk) + "," +
              join(values, ",") + "\n";
    }
  });
  return text;
}

CommandResult run_km(const KmOptions& options, int threads) {
  const KmAnalysis analysis = analyse_km(options, threads);
  CommandResult result{.warnings = analysis.warnings(), .errors = errors_of(analysis.results)};
  auto& files = result.files;
  for (const auto& one : analysis.results)
    if (!one.error) files.push_back({km_figure_name(one), km_figure(one, options)});
  files.push_back({"km.csv", km_curves_csv(analysis)});
  files.push_back({"km_groups.csv", km_groups_csv(analysis)});
  if (!options.common.horizons.empty())
    files.push_back({"km_horizons.csv", km_horizons_csv(analysis)});
  add_report(files, km_report(analysis, options));
  files.push_back({"result.json", km_json(analysis, options)});
  return result;
}

}  // namespace radiomics
