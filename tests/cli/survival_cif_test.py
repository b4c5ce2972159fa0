"""Runs whole command lines of `radiomics survival cif`: exit codes, messages, files, the numbers of R.

usage: survival_cif_test.py PROGRAM"""
import math
import unittest
import xml.etree.ElementTree

from survival_cases import DATA, SurvivalTest, cases, needs_data, program

PROGRAM = program()

# Relative, as the README of the data sets them.
CURVES, FINE_GRAY, COX, LIKELIHOOD = 1e-10, 1e-6, 1e-8, 1e-9

TABLE = """PatientID,months,status,lr,os_months,dead,stage,x
P1,5,1,1,9,1,II,3
P2,8,0,0,8,0,I,2
P3,3,2,0,3,1,I,2
P4,9,1,1,9,0,II,4
P5,12,0,0,15,0,I,1
P6,4,1,1,6,1,II,2
P7,6,0,0,7,1,I,3
"""
LR = "--endpoint LR:time=months,event=status,competing=2"
PAIRS = "--competing LR=months/lr,death=os_months/dead"


class CifTest(SurvivalTest):
    program, command = PROGRAM, "cif"

    def setUp(self):
        super().setUp()
        self.write("c.csv", TABLE)


class Commands(CifTest):
    def test_files(self):
        result, messages = self.result(f"--clinical c.csv {LR} --by stage --covariates x --horizon 6 --newdata c.csv")
        self.assertEqual([line.split(": ")[2] for line in messages.splitlines()],
                         ["level_without_events", "low_events_per_parameter"])
        self.assertEqual(sorted(path.name for path in (self.folder / "out").iterdir()),
                         ["cif.csv", "cif_LR.svg", "cif_LR_competing.svg", "cif_LR_forest.svg", "cif_LR_stacked.svg",
                          "cif_horizons.csv", "cif_predictions.csv", "cif_terms.csv", "report.html", "report.md",
                          "result.json"])
        self.assertEqual(result["config"]["std_error"], "infinitesimal_jackknife")
        self.assertEqual(result["config"]["newdata"], "c.csv")
        self.assertEqual(len(self.rows("cif_predictions.csv")), 7)
        for path in (self.folder / "out").glob("*.svg"):
            xml.etree.ElementTree.parse(path)
        for name in ("report.md", "report.html"):
            self.assertNotIn("P1", (self.folder / "out" / name).read_text())

    def test_one_group_shows_both_causes(self):
        self.result(f"--clinical c.csv {LR}")
        figure = (self.folder / "out/cif_LR.svg").read_text()
        self.assertIn("Competing event", figure)
        self.assertFalse((self.folder / "out/cif_LR_competing.svg").exists())
        self.assertEqual({row["cause"] for row in self.rows("cif.csv")}, {"1", "2"})

    def test_refusals(self):
        self.refused("--clinical c.csv --endpoint OS:time=os_months,event=dead", "invalid_argument", "OS",
                     "--competing")
        result, messages = self.result(f"--clinical c.csv --endpoint OS:time=os_months,event=dead {LR}", code=1)
        self.assertIn("error", result["results"][0])
        self.assertEqual(result["results"][1]["events"], 3)
        self.assertIn("radiomics: error: invalid_argument: OS: ", messages)
        self.write("none.csv", "t,s,x\n1,0,1\n2,2,2\n")
        none = "--clinical none.csv --endpoint LR:time=t,event=s,competing=2"
        self.assertIn("no_events", self.result(none)[1])
        self.refused(f"{none} --covariates x", "no_events")
        self.write("new.csv", "y\n1\n")
        self.refused(f"--clinical c.csv {LR} --covariates x --newdata new.csv", "column_not_found", "new.csv")
        self.assertEqual(self.run_program(f"--clinical c.csv {LR} --newdata c.csv --output o").returncode, 64)
        self.assertEqual(self.run_program(f"--clinical c.csv {LR} --std-error best --output o").returncode, 64)

    def test_pairs_of_columns_say_when_the_rest_were_last_seen(self):
        result, _ = self.result(f"--clinical c.csv {PAIRS} --horizon 6")
        # P7 was free of disease at 6 and died at 7: the competing event, at 7.
        self.assertEqual([cause["events"] for cause in result["results"][0]["groups"][0]["causes"]], [3, 2])
        report = (self.folder / "out/report.md").read_text()
        self.assertIn("time in the column months (the last assessment of the disease)", report)
        self.assertIn("time in the column os\\_months", report)

    def test_conf_type_and_level(self):
        def limits(flags):
            result, _ = self.result(f"--clinical c.csv {LR} --horizon 6 {flags}")
            horizon = result["results"][0]["groups"][0]["causes"][0]["horizons"][0]
            return horizon["estimate"], horizon["std_error"], horizon["conf_low"], horizon["conf_high"]
        estimate, error, low, high = limits("--conf-type plain")
        self.assertAlmostEqual(low, max(0, estimate - 1.959963984540054 * error), places=14)
        _, _, narrow, _ = limits("--conf-type plain --conf 0.5")
        self.assertGreater(narrow, low)
        self.assertAlmostEqual(limits("")[3], min(1, estimate * math.exp(1.959963984540054 * error / estimate)),
                               places=14)
        self.assertNotEqual(limits("--std-error delta")[1], error)

    def test_same_bytes_on_any_threads(self):
        self.same_bytes_on_any_threads(
            f"--clinical c.csv {LR} {PAIRS.replace('LR=', 'LR2=')} --by stage --covariates x --horizon 6")


@needs_data
class Reference(CifTest):
    def expect_state(self, ours, reference, row, state, what):
        self.same(ours["estimate"], reference["pstate"][row][state], CURVES, what)
        self.same(ours["std_error"], reference["se_infinitesimal_jackknife"][row][state], CURVES, what + " se")
        if ours["std_error"] == 0:
            return  # R has limits 0 and 0, or none
        self.same(ours["conf_low"], reference["lower_log95"][row][state], CURVES, what + " low")
        self.same(ours["conf_high"], reference["upper_log95"][row][state], CURVES, what + " high")

    def expect_curves(self, result, delta, expect, times, what):
        """How many times could be compared: R carries the last value on beyond follow-up, this does not."""
        compared = 0
        for g, group in enumerate(result["groups"]):
            reference = expect["survival_aalen_johansen"][group["group"]]
            for row, time in enumerate(times):
                place = f"{what} {group['group']} at {time}"
                horizons = [cause["horizons"][row] for cause in group["causes"]]
                self.assertEqual(horizons[0]["n_risk"], reference["n_risk"][row], place)
                self.assertEqual(horizons[0]["time"], time)
                if horizons[0]["beyond_follow_up"]:
                    self.assertIsNone(horizons[0]["estimate"])
                    continue
                compared += 1
                self.expect_state(group["event_free"]["horizons"][row], reference, row, 0, place + " free")
                for k, horizon in enumerate(horizons):
                    self.expect_state(horizon, reference, row, k + 1, f"{place} cause {k + 1}")
                    of_r = k * len(result["groups"]) + g
                    self.assertEqual(expect["cmprsk"]["curves"][of_r], f"{group['group']} {k + 1}")
                    error = delta["groups"][g]["causes"][k]["horizons"][row]["std_error"]
                    self.same(error ** 2, expect["cmprsk"]["var"][of_r][row], CURVES, place + " var")
                self.same(group["naive"][row]["estimate"],
                          expect["naive_1_minus_KM_cause1"][group["group"]][row], CURVES, place + " naive")
        return compared

    def expect_case(self, identity, flags, spec, expect):
        by = f" --by {spec['group']}" if spec["group"] else ""
        times = ",".join(str(time) for time in spec["times"])
        words = f"{flags}{by} --horizon {times}"
        result = self.result(words)[0]["results"][0]
        delta = self.result(f"{words} --std-error delta")[0]["results"][0]
        self.assertEqual((result["std_error_method"], delta["std_error_method"]),
                         ("infinitesimal_jackknife", "delta"))
        for k, gray in enumerate(result["gray"]):
            reference = expect["gray_test"]
            self.assertEqual((str(gray["cause"]), gray["df"]), (reference["cause"][k], reference["df"][k]))
            self.same(gray["statistic"], reference["stat"][k], CURVES, identity + " Gray")
            # cmprsk takes p as 1 - cdf, which leaves an absolute error of the machine epsilon.
            self.assertLessEqual(abs(gray["p_value"] - reference["p"][k]), 1e-10 * reference["p"][k] + 2.3e-16)
        self.assertEqual(len(result["gray"]), 2 if "gray_test" in expect else 0)
        return self.expect_curves(result, delta, expect, spec["times"], identity)

    def test_incidences(self):
        compared = 0
        for identity, files, spec, expect in cases("cif", 3):
            compared += self.expect_case(
                identity, f"--clinical {files[0]} --endpoint E:time={spec['time']},event={spec['status']},competing=2",
                spec, expect)
        self.assertEqual(compared, 21)

    def test_demo_study_by_status_and_by_pairs(self):
        compared = 0
        for identity, files, spec, expect in cases("demo_study/cif", 2):
            name = spec["time"].split("_")[0]
            status = f"--endpoint E:time={spec['time']},event={spec['status']},competing=2"
            pairs = f"--competing E={name}_months/{name}_event,death=os_months/os_event"
            compared += self.expect_case(identity, f"--clinical {files[0]} {status}", spec, expect)
            first = self.result(f"--clinical {files[0]} {status} --by stage --horizon 12,24 --covariates diam_cm")
            second = self.result(f"--clinical {files[0]} {pairs} --by stage --horizon 12,24 --covariates diam_cm")
            self.assertEqual(first[0]["results"], second[0]["results"], identity)
        self.assertEqual(compared, 12)

    def expect_terms(self, terms, expect, tolerance, what):
        self.assertEqual(len(terms), len(expect["coef"]), what)
        for j, term in enumerate(terms):
            error = expect["se"][j]
            # A coefficient that should be 0 is judged against its standard error.
            self.assertLessEqual(abs(term["estimate"] - expect["coef"][j]), tolerance * error, f"{what} {j}")
            self.same(term["std_error"], error, tolerance, f"{what} se {j}")

    def expect_fine_gray(self, fine_gray, expect, what):
        self.assertEqual(fine_gray["n"], expect["n"])
        self.assertEqual([term["term"] for term in fine_gray["terms"]], expect["names"])
        self.expect_terms(fine_gray["terms"], expect, FINE_GRAY, what)
        for j, term in enumerate(fine_gray["terms"]):
            self.same(term["statistic"], expect["z"][j], FINE_GRAY, what + " z", scale=1)
            self.same(term["p_value"], expect["p"][j], FINE_GRAY, what + " p")
            for key, name in (("estimate", "sHR"), ("conf_low", "lower95"), ("conf_high", "upper95")):
                self.same(term["hazard_ratio"][key], expect[name][j], FINE_GRAY, f"{what} {name}")
        self.same(fine_gray["log_likelihood"], expect["loglik"], LIKELIHOOD, what)
        self.same(fine_gray["log_likelihood_null"], expect["loglik_null"], LIKELIHOOD, what)

    def expect_predictions(self, fine_gray, predict, what):
        self.assertEqual([one["row"] for one in fine_gray["predictions"]],
                         list(range(1, len(predict["cif"]) + 1)))
        for one, reference in zip(fine_gray["predictions"], predict["cif"]):
            self.all_same([horizon["estimate"] for horizon in one["horizons"]], reference, FINE_GRAY,
                          what + " predict")

    def new_patients(self, spec, predict):
        """A table whose design matrix is that of R."""
        factors = spec["factors"] or {}
        lines = [",".join(spec["covariates"])]
        for row in predict["newx"]:
            cells, at = [], 0
            for name in spec["covariates"]:
                levels = factors.get(name)
                width = len(levels) - 1 if levels else 1
                part, at = row[at:at + width], at + width
                cells.append(([*levels[1:], levels[0]][(part + [1]).index(1)]) if levels else str(part[0]))
            lines.append(",".join(cells))
        self.write("new.csv", "\n".join(lines) + "\n")

    def expect_regressions(self, kind, count):
        for identity, files, spec, expect in cases(kind, count):
            factors = "".join(f" --factor {name}:{','.join(levels)}" for name, levels in (spec["factors"] or {}).items())
            words = (f"--clinical {files[0]} --endpoint E:time={spec['time']},event={spec['status']},competing=2 "
                     f"--covariates {','.join(spec['covariates'])}{factors}")
            if "predict" in expect:
                self.new_patients(spec, expect["predict"])
                words += f" --newdata new.csv --horizon {','.join(str(t) for t in expect['predict']['times'])}"
            result = self.result(words)[0]["results"][0]
            self.expect_fine_gray(result["fine_gray"], expect, identity)
            if "predict" in expect:
                self.expect_predictions(result["fine_gray"], expect["predict"], identity)
            self.assertEqual([model["cause"] for model in result["cause_specific"]], [1, 2])
            for model in result["cause_specific"]:
                reference = expect[f"cause_specific_cox_cause{model['cause']}"]
                self.expect_terms(model["terms"], reference, COX, f"{identity} cause {model['cause']}")
                if "loglik" in reference:
                    self.same(model["log_likelihood"], reference["loglik"], LIKELIHOOD, identity)

    def test_fine_gray_and_cause_specific(self):
        self.expect_regressions("finegray", 2)
        self.expect_regressions("demo_study/finegray", 2)

    def test_the_report_names_rates_at_one_and_two_years(self):
        self.result(f"--clinical {DATA}/demo_study/data/merged.csv --time-unit months --horizon 1y,2y --by stage "
                    "--endpoint LR:time=lr_months,event=lr_status,competing=2")
        report = (self.folder / "out/report.md").read_text()
        self.assertIn("25.7 % at 1 year (95 % CI 18.6 % to 35.6 %); 35.1 % at 2 years", report)
        self.assertIn("Gray's test p = 0.831", report)
        self.assertNotIn("DEMO0", report)


if __name__ == "__main__":
    unittest.main()
