#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/forest_figure.h"
#include "radiomics/figures/residual_figure.h"
#include "radiomics/figures/spline_figure.h"
#include "radiomics/statistics/local_regression.h"
#include "radiomics/survival/cox_output.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

constexpr std::size_t most_panels = 8;

std::string counts_text(int events, std::size_t n) { return to_text(events) + "/" + to_text(n); }

ForestRow numeric_row(const CoxModelResult& result, const TermResult& term) {
  const Estimate& ratio = term.per_sd->ratio;
  return {.label = one_line(term.term.name) + ", per SD",
          .counts = counts_text(result.events, result.n),
          .estimate = ratio.estimate,
          .conf_low = ratio.conf_low,
          .conf_high = ratio.conf_high,
          .text = ratio_with_limits(ratio.estimate, ratio.conf_low, ratio.conf_high),
          .p = std::isnan(term.p_value) ? "" : p_cell(term.p_value)};
}

ForestRow level_row(const LevelCount& level, const TermResult* term) {
  ForestRow row{.label = one_line(level.level),
                .group = one_line(level.variable),
                .counts = counts_text(level.events, level.n)};
  if (!term) {
    row.text = "reference";
    return row;
  }
  row.estimate = term->ratio.estimate;
  row.conf_low = term->ratio.conf_low;
  row.conf_high = term->ratio.conf_high;
  row.text = ratio_with_limits(row.estimate, row.conf_low, row.conf_high);
  row.p = std::isnan(term->p_value) ? "" : p_cell(term->p_value);
  return row;
}

/// All levels of a factor, the reference first.
void add_levels(const CoxModelResult& result, const std::string& variable, ForestFigure& figure) {
  for (const auto& level : result.levels) {
    if (level.variable != variable) continue;
    const auto term = std::ranges::find_if(result.terms, [&level](const TermResult& one) {
      return one.term.variable == level.variable && one.term.level == level.level;
    });
    figure.rows.push_back(level_row(level, term == result.terms.end() ? nullptr : &*term));
  }
}

ResidualPanel panel_of(const CoxModelResult& result, std::size_t term) {
  const auto& schoenfeld = result.schoenfeld;
  const auto column = schoenfeld.scaled.column(term);
  const auto& scaled = result.terms[term].per_sd;
  const double unit = scaled ? scaled->unit : 1;  // a coefficient per mm3 is too small to read
  ResidualPanel panel{.term = one_line(result.terms[term].term.name) + (scaled ? ", per SD" : ""),
                      .note = p_phrase(result.proportional_hazards[0].test.per_term[term].p_value),
                      .time = schoenfeld.time,
                      .residual = {column.begin(), column.end()},
                      .coefficient = result.terms[term].estimate * unit};
  for (double& residual : panel.residual) residual *= unit;
  const LocalRegression smooth = local_regression(panel.time, panel.residual);
  panel.smooth_time = smooth.x;
  panel.smooth = smooth.y;
  for (std::size_t i = 0; i < smooth.x.size(); ++i) {
    panel.smooth_low.push_back(smooth.y[i] - 2 * smooth.std_error[i]);
    panel.smooth_high.push_back(smooth.y[i] + 2 * smooth.std_error[i]);
  }
  return panel;
}

std::string spline_svg(const CoxModelResult& result, const FittedSpline& spline,
                       const CoxModelOptions& options) {
  const std::string variable = one_line(spline.knots.variable);
  SplineFigure figure{.title = result.endpoint + " by " + variable,
                      .description = "Log hazard ratio of " + variable + ", a spline with " +
                                     to_text(spline.knots.knots.size()) + " knots",
                      .note = "nonlinearity: " + p_phrase(spline.nonlinearity.p_value),
                      .x_label = variable,
                      .footnote = "Against the median, " + value_text(spline.reference, 4) +
                                  ". Band: " + percent(options.common.conf_level) +
                                  " limits. Dotted: knots. Ticks: patients.",
                      .x = spline.x,
                      .knots = spline.knots.knots,
                      .observed = spline.observed};
  for (const auto& one : spline.log_ratio) {
    figure.log_ratio.push_back(one.estimate);
    figure.low.push_back(one.conf_low);
    figure.high.push_back(one.conf_high);
  }
  return to_svg(figure);
}

std::string spline_caption(const CoxModelResult& result, const FittedSpline& spline,
                           const CoxModelOptions& options) {
  const bool others = result.terms.size() >= spline.knots.knots.size();
  return result.endpoint + ": log hazard ratio of " + one_line(spline.knots.variable) +
         " against its median (" + value_text(spline.reference, 4) + ") with " +
         percent(options.common.conf_level) + " limits" +
         (others ? ", the other variables held fixed" : "") + ", over the middle 95 % of the " +
         "patients. Restricted cubic spline with " + to_text(spline.knots.knots.size()) +
         " knots; test of nonlinearity " + p_phrase(spline.nonlinearity.p_value) +
         ", of any association " + p_phrase(spline.association.p_value) + ".";
}

}  // namespace

std::string cox_forest(const CoxModelResult& result, const CoxModelOptions& options) {
  ForestFigure figure;
  figure.title = result.endpoint + ": hazard ratios";
  figure.description = "Hazard ratios of a Cox model of " + counted(result.n, "patient") +
                       " with " + counted(std::size_t(result.events), "event");
  figure.label_heading = "Variable";
  figure.text_heading = "Hazard ratio (" + percent(options.common.conf_level) + " CI)";
  figure.low_side = "fewer events";
  figure.high_side = "more events";
  std::string factor;
  for (const auto& term : result.terms) {
    if (term.term.level.empty()) {
      if (!result.is_spline(term.term.variable)) figure.rows.push_back(numeric_row(result, term));
    } else if (term.term.variable != factor) {
      factor = term.term.variable;
      add_levels(result, factor, figure);
    }
  }
  figure.footnote = "Numeric variables per standard deviation.";
  if (!result.splines.empty()) figure.footnote += " Splines have no single ratio: not shown.";
  return to_svg(figure);
}

std::vector<ReportFigure> cox_spline_figures(const CoxModelResult& result,
                                             const CoxModelOptions& options) {
  std::vector<ReportFigure> figures;
  for (const auto& spline : result.splines) {
    if (spline.log_ratio.empty()) continue;
    figures.push_back({.file = "spline_" + result.endpoint + "_" +
                               to_text(&spline - result.splines.data() + 1) + ".svg",
                       .svg = spline_svg(result, spline, options),
                       .caption = spline_caption(result, spline, options)});
  }
  return figures;
}

std::string cox_schoenfeld(const CoxModelResult& result, const CoxModelOptions& options) {
  ResidualFigure figure;
  figure.title = result.endpoint + ": does a coefficient change with time?";
  figure.description = "Scaled Schoenfeld residuals of each term against time";
  figure.x_label = options.common.time_unit
                       ? "Time (" + std::string(to_string(*options.common.time_unit)) + ")"
                       : "Time";
  figure.footnote =
      "Points: scaled Schoenfeld residuals. Line: local regression, 2 standard errors. Dashed: "
      "the coefficient.";
  for (std::size_t j = 0; j < result.terms.size() && figure.panels.size() < most_panels; ++j) {
    if (result.terms[j].status != TermStatus::ok || result.has_infinite_term()) continue;
    if (result.schoenfeld.scaled.rows == 0) continue;
    figure.panels.push_back(panel_of(result, j));
  }
  return figure.panels.empty() ? "" : to_svg(figure);
}

}  // namespace radiomics
