// Incidence by group, both causes on top of each other, and the ratios of both kinds of model.

#include <algorithm>
#include <cmath>

#include "radiomics/core/text.h"
#include "radiomics/figures/forest_figure.h"
#include "radiomics/figures/incidence_figure.h"
#include "radiomics/survival/cif_output.h"
#include "radiomics/survival/report_text.h"

namespace radiomics {
namespace {

constexpr const char* cause_names[] = {"Event of interest", "Competing event"};

IncidenceCause cause_of(const CifGroup& group, std::size_t cause) {
  const auto& curve = group.curves.incidence[cause];
  return {.label = cause_names[cause],
          .estimate = curve.estimate,
          .conf_low = curve.conf_low,
          .conf_high = curve.conf_high};
}

IncidenceGroup group_of(const CifGroup& group, const std::vector<std::size_t>& causes) {
  IncidenceGroup result{
      .label = one_line(group.label), .time = group.curves.time, .n_risk = group.curves.n_risk};
  for (const auto cause : causes) result.causes.push_back(cause_of(group, cause));
  return result;
}

std::string bands_text(const CifOptions& options) {
  return "Bands: " + percent(options.common.conf_level) + " confidence (" +
         std::string(to_string(options.conf_type())) + "). ";
}

IncidenceFigure empty_figure(const CifResult& result, const CifOptions& options) {
  IncidenceFigure figure;
  figure.title = result.endpoint;
  figure.description = "Cumulative incidence, " + counted(result.n, "patient") + ", " +
                       counted(std::size_t(result.events[0]), "event") + " and " +
                       counted(std::size_t(result.events[1]), "competing event");
  figure.x_label = cif_time_label(options);
  figure.x_tick_step = tick_step(result.whole.curves.time.back(), options.common.time_unit);
  return figure;
}

std::string by_group_svg(const CifResult& result, const CifOptions& options, std::size_t cause) {
  IncidenceFigure figure = empty_figure(result, options);
  figure.title += (cause == 0 ? "" : ": competing event") + (" by " + one_line(options.by));
  if (!result.gray.empty())
    figure.note = std::string(options.common.strata.empty() ? "Gray " : "Stratified Gray ") +
                  p_phrase(result.gray[cause].test.p_value);
  if (result.groups.size() <= 4) figure.footnote = bands_text(options);
  for (const auto& group : result.groups) {
    figure.groups.push_back(group_of(group, {cause}));
    figure.groups.back().causes[0].label.clear();  // the title says it
  }
  return to_svg(figure);
}

std::string both_causes_svg(const CifResult& result, const CifOptions& options) {
  IncidenceFigure figure = empty_figure(result, options);
  figure.footnote = bands_text(options);
  figure.groups.push_back(group_of(result.whole, {0, 1}));
  return to_svg(figure);
}

std::string stacked_svg(const CifResult& result, const CifOptions& options) {
  IncidenceFigure figure = empty_figure(result, options);
  figure.title += ": what has happened by each time";
  figure.y_label = "Share of patients";
  figure.groups.push_back(group_of(result.whole, {0, 1}));
  return to_stacked_svg(figure, 0);
}

void add_rows(ForestFigure& figure, const CauseModel& model, const std::string& group) {
  for (const auto& term : model.terms) {
    const Estimate& ratio = term.per_sd ? term.per_sd->ratio : term.ratio;
    figure.rows.push_back(
        {.label = one_line(term.term.name),
         .group = group,
         .counts = to_text(model.events) + "/" + to_text(model.n),
         .estimate = ratio.estimate,
         .conf_low = ratio.conf_low,
         .conf_high = ratio.conf_high,
         .text = ratio_with_limits(ratio.estimate, ratio.conf_low, ratio.conf_high),
         .p = std::isnan(term.p_value) ? "" : p_cell(term.p_value)});
  }
}

std::string forest_svg(const CifResult& result, const CifOptions& options) {
  const CifModels& models = *result.models;
  ForestFigure figure;
  figure.title = result.endpoint + ": rate and incidence";
  figure.description =
      "Cause-specific and subdistribution hazard ratios of the event and of the competing event";
  figure.label_heading = "Model and term";
  figure.text_heading = "Hazard ratio (" + percent(options.common.conf_level) + " CI)";
  figure.low_side = "fewer events";
  figure.high_side = "more events";
  figure.footnote = "Numeric variables per standard deviation.";
  add_rows(figure, models.cause_specific[0], "Event of interest, cause-specific (rate)");
  add_rows(figure, models.fine_gray, "Event of interest, subdistribution (incidence)");
  add_rows(figure, models.cause_specific[1], "Competing event, cause-specific (rate)");
  if (models.fine_gray_other)
    add_rows(figure, *models.fine_gray_other, "Competing event, subdistribution (incidence)");
  return to_svg(figure);
}

}  // namespace

std::string cif_time_label(const CifOptions& options) {
  const auto& unit = options.common.time_unit;
  return unit ? "Time (" + std::string(to_string(*unit)) + ")" : "Time";
}

std::vector<ReportFigure> cif_figures(const CifResult& result, const CifOptions& options) {
  const std::string stem = "cif_" + result.endpoint;
  std::vector<ReportFigure> figures;
  if (result.groups.size() < 2) {
    figures.push_back({stem + ".svg", both_causes_svg(result, options),
                       result.endpoint + ": cumulative incidence of both events"});
  } else {
    figures.push_back({stem + ".svg", by_group_svg(result, options, 0),
                       result.endpoint + " by " + options.by + ": the event of interest"});
    figures.push_back({stem + "_competing.svg", by_group_svg(result, options, 1),
                       result.endpoint + " by " + options.by + ": the competing event"});
  }
  figures.push_back({stem + "_stacked.svg", stacked_svg(result, options),
                     result.endpoint + ": all patients, by what has happened to them"});
  if (result.models)
    figures.push_back({stem + "_forest.svg", forest_svg(result, options),
                       result.endpoint + ": cause-specific and subdistribution hazard ratios"});
  return figures;
}

}  // namespace radiomics
