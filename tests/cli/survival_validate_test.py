"""Runs whole command lines of `radiomics survival validate`: every number as R has it, honest texts, refusals.

usage: survival_validate_test.py PROGRAM"""
import math
import pathlib
import unittest
import xml.etree.ElementTree

from survival_cases import DATA, SurvivalTest, cases, needs_data, program

PROGRAM = program()
TABLE = """PatientID,t,e,lp,other,r2,r5,hazard
P1,1,1,2.0,0.3,0.8,0.95,0.7
P2,2,1,1.1,0.9,0.6,0.80,0.8
P3,3,0,1.4,-0.2,0.5,0.75,0.9
P4,4,1,0.3,0.5,0.4,0.60,0.8
P5,5,1,0.6,0.1,0.3,0.55,0.7
P6,6,0,-0.2,0.2,0.2,0.30,0.4
P7,7,1,-0.5,-0.1,0.2,0.25,0.5
P8,8,0,-1.0,-0.3,0.1,0.15,0.3
"""
OS = "--endpoint OS:time=t,event=e"
LP = "--prediction a:lp=lp"


class Validate(SurvivalTest):
    program = PROGRAM
    command = "validate"

    def setUp(self):
        super().setUp()
        self.write("c.csv", TABLE)

    def one(self, arguments, code=0):
        return self.result(arguments, code)[0]["results"][0]

    def report(self):
        return (self.folder / "out/report.md").read_text()


class Results(Validate):
    def test_shape_of_the_result(self):
        result, messages = self.result(
            f"--clinical c.csv {OS} --horizon 2,5 --prediction a:lp=lp,risk=r2/r5,expected=hazard "
            "--prediction b:lp=other --thresholds 0.2,0.5 --groups 2 --bootstrap 20")
        self.assertEqual(messages, "")
        self.assertEqual(result["command"], "validate")
        self.assertEqual(result["config"]["prediction"][0],
                         {"name": "a", "lp": "lp", "risk": ["r2", "r5"], "expected": "hazard"})
        self.assertEqual((result["config"]["groups"], result["config"]["bootstrap"]), (2, 20))
        endpoint = result["results"][0]
        self.assertEqual((endpoint["n"], endpoint["events"], endpoint["n_missing"]), (8, 5, 0))
        first, second = endpoint["predictions"]
        self.assertEqual([one["time"] for one in first["horizons"]], [2, 5])
        self.assertEqual(first["uno_tau"]["tau"], 5)
        self.assertEqual([len(one["groups"]) for one in first["calibration"]], [2, 2])
        self.assertEqual([(one["time"], one["threshold"]) for one in first["decision_curve"]],
                         [(2, 0.2), (2, 0.5), (5, 0.2), (5, 0.5)])
        # By hand: 5 / sum of hazards, and the mean risk.
        self.assertAlmostEqual(first["calibration"][0]["poisson"]["ratio"], 5 / 5.1, places=14)
        self.assertAlmostEqual(first["calibration"][0]["expected"], 3.1 / 8, places=14)
        self.assertAlmostEqual(first["calibration"][0]["observed"], 2 / 8, places=14)
        # A prediction without risks has no Brier score and no groups, but what was observed.
        self.assertIsNone(second["horizons"][0]["brier"]["estimate"])
        self.assertIsNone(second["calibration"][0]["poisson"])
        self.assertEqual((second["calibration"][0]["groups"], second["decision_curve"]), ([], []))
        self.assertAlmostEqual(second["calibration"][0]["observed"], 2 / 8, places=14)
        self.assertEqual([(one["reference"], one["model"], one["time"]) for one in endpoint["comparisons"]],
                         [("a", "b", 2), ("a", "b", 5)])
        compared = endpoint["comparisons"][0]
        self.assertAlmostEqual(
            compared["delta_concordance"]["estimate"],
            second["concordance"]["estimate"] - first["concordance"]["estimate"], places=14)
        self.assertEqual(compared["boot"]["resamples"], 20)
        self.assertIsNone(compared["delta_brier"]["estimate"])

    def test_without_horizons(self):
        endpoint = self.one(f"--clinical c.csv {OS} {LP} --prediction b:lp=other,expected=hazard")
        first = endpoint["predictions"][0]
        self.assertEqual(first["horizons"], [])
        self.assertIsNone(first["uno_tau"]["estimate"])
        self.assertEqual([one["time"] for one in first["calibration"]], [None])
        self.assertIsNotNone(first["calibration"][0]["slope"]["estimate"])
        (compared,) = endpoint["comparisons"]
        self.assertIsNone(compared["time"])
        self.assertNotIn("boot", compared)

    def test_every_pair(self):
        endpoint = self.one(f"--clinical c.csv {OS} {LP} --prediction b:lp=other --prediction c:lp=r2")
        self.assertEqual([(one["reference"], one["model"]) for one in endpoint["comparisons"]],
                         [("a", "b"), ("a", "c"), ("b", "c")])

    def test_missing_predictions_leave_all_of_them_out(self):
        self.write("c.csv", TABLE.replace("0.3,0.8", "NA,0.8"))
        result, _ = self.result(f"--clinical c.csv {OS} {LP} --prediction b:lp=other")
        self.assertEqual((result["results"][0]["n"], result["results"][0]["n_missing"]), (7, 1))
        self.assertEqual([(one["code"], one["column"]) for one in result["warnings"]], [("missing_values", "other")])

    def test_columns_of_both_tables(self):
        rows = [line.split(",") for line in TABLE.split()]
        self.write("clinical.csv", "\n".join(",".join(row[:3]) for row in rows))
        self.write("scores.csv", "\n".join(",".join([row[0], row[3]]) for row in reversed(rows[1:])))
        self.write("scores.csv", "PatientID,lp\n" + (self.folder / "scores.csv").read_text())
        ours = self.one(f"--clinical clinical.csv --features scores.csv {OS} {LP}")["predictions"]
        self.assertEqual(ours[0]["concordance"], self.one(f"--clinical c.csv {OS} {LP}")["predictions"][0]["concordance"])

    def test_apparent_slope_is_labelled(self):
        # The slope of a prediction that is its own Cox model is 1: multiply lp by the slope first.
        slope = self.one(f"--clinical c.csv {OS} {LP}")["predictions"][0]["calibration"][0]["slope"]["estimate"]
        self.assertNotIn("apparent performance", self.report())
        rows = [line.split(",") for line in TABLE.split()]
        for row in rows[1:]:
            row[3] = repr(float(row[3]) * slope)
        self.write("fitted.csv", "\n".join(",".join(row) for row in rows))
        prediction = self.one(f"--clinical fitted.csv {OS} {LP}")["predictions"][0]
        self.assertAlmostEqual(prediction["calibration"][0]["slope"]["estimate"], 1, places=8)
        self.assertIs(prediction["apparent"], True)
        self.assertIn("apparent performance, not a validation", self.report())

    def test_undefined_weights(self):
        # P8, censored at 8, is the last: from then on nobody is known to be uncensored.
        flags = f"--clinical c.csv {OS} --prediction a:lp=lp,risk=r2/r5"
        result, messages = self.result(f"{flags} --horizon 5,8")
        self.assertEqual([one["code"] for one in result["warnings"]], ["undefined_weight"])
        self.assertIn("largest usable time is 7", messages)
        scores = result["results"][0]["predictions"][0]["horizons"]
        self.assertIsNotNone(scores[0]["brier"]["estimate"])
        for key in ("auc", "brier"):
            self.assertIsNone(scores[1][key]["estimate"])
        self.assertIsNone(scores[1]["ipa"])
        self.refused(f"{flags} --horizon 8,9", "undefined_weight", "OS: ", "8, 9", "largest usable time is 7")

    def test_report_and_figures(self):
        self.result(f"--clinical c.csv {OS} --horizon 2,4,5 --prediction a:lp=lp,risk=r2/r2/r5 --prediction "
                    "b:lp=other,risk=r2/r2/r5 --thresholds 0.2,0.3,0.4 --time-unit months --bootstrap 10")
        names = {path.name for path in (self.folder / "out").iterdir()}
        for name in ("calibration_OS_a_2.svg", "calibration_OS_b_5.svg", "decision_OS_4.svg", "auc_OS.svg",
                     "brier_OS.svg", "discrimination.csv", "calibration.csv", "calibration_groups.csv",
                     "decision_curve.csv", "comparisons.csv"):
            self.assertIn(name, names)
        for name in names:
            if name.endswith(".svg"):
                xml.etree.ElementTree.parse(self.folder / "out" / name)
        report = self.report()
        for words in ("Fewer than 100 events", "50 % is chance", "observed / expected", "calibration slope",
                      "treating everyone", "inverse probability of censoring"):
            self.assertIn(words, report)
        for word in ("P1", "P8", "nan"):
            self.assertNotIn(word, report)
        page = (self.folder / "out/report.html").read_text()
        self.assertNotIn("<script", page)
        auc = [row for row in self.rows("discrimination.csv") if row["measure"] == "auc"]
        self.assertEqual([(row["prediction"], row["time"]) for row in auc],
                         [(name, time) for name in "ab" for time in "245"])

    def test_small_subgroups_are_undefined_not_wrong(self):
        rows = [line.split(",") for line in TABLE.split()]
        groups = ["g", "one", "one", "none", "two", "two", "none", "", "two"]  # P3 and P6: no events
        sites = ["site", "1", "1", "2", "2", "2", "1", "1", "2"]
        self.write("groups.csv", "\n".join(",".join([*row, g, s]) for row, g, s in zip(rows, groups, sites)))
        flags = (f"--clinical groups.csv {OS} --horizon 2,7 --prediction a:lp=lp,risk=r2/r5 --prediction b:lp=other "
                 "--factor g:one,two,none,nobody --subgroup g,site")
        result, messages = self.result(flags)
        self.assertEqual([one["code"] for one in result["warnings"]], ["level_without_events", "beyond_follow_up"])
        self.assertIn("no events, so no C, in 'none', 'nobody'", messages)
        self.assertIn("nothing observed in 'none' at 7", messages)
        self.assertEqual(result["config"]["subgroup"], ["g", "site"])
        group, site = result["results"][0]["subgroups"]
        self.assertEqual(group["n_missing"], 1)
        self.assertEqual([(one["level"], one["n"], one["events"]) for one in group["levels"]],
                         [("one", 2, 2), ("two", 3, 2), ("none", 2, 0), ("nobody", 0, 0)])
        self.assertEqual((site["kind"], [one["level"] for one in site["levels"]]), ("values", ["1", "2"]))
        one, two, none, nobody = (level["predictions"][0] for level in group["levels"])
        # One comparable pair: C is 1 and has no standard error that means anything.
        self.assertEqual(one["concordance"], {"estimate": 1, "std_error": None, "conf_low": None, "conf_high": None})
        self.assertEqual(two["concordance"]["estimate"], 2 / 3, "P5 before P8, not before P4")
        self.assertIsNone(none["concordance"]["estimate"])
        self.assertEqual(none["horizons"][0]["ratio"], 0)
        for key in ("observed_conf_low", "observed_conf_high", "ratio_conf_low", "ratio_conf_high"):
            self.assertIsNone(none["horizons"][0][key], "no event by then: not an interval from 0 to 0")
        self.assertEqual(set(nobody["horizons"][0].values()), {2, None})
        self.assertAlmostEqual(two["horizons"][1]["expected"], (0.60 + 0.55 + 0.15) / 3, places=14)
        self.assertAlmostEqual(two["horizons"][1]["ratio"], 2 / 3 / ((0.60 + 0.55 + 0.15) / 3), places=14)
        for prediction in (level["predictions"][1] for level in group["levels"]):
            self.assertEqual([outcome["ratio"] for outcome in prediction["horizons"]], [None, None])
        report = self.report()
        for words in ("| g: one | 2/2 | 1.000 |", "as a description only", "g: missing in 1 patient"):
            self.assertIn(words, report)
        for word in ("nan", "P3"):
            self.assertNotIn(word, report)

    def test_limits_of_c_are_cut_in_the_report_only(self):
        self.write("few.csv", "id,t,e,lp\nA,1,1,9\nB,2,1,7\nC,3,1,8\nD,4,0,1\nE,5,0,2\n")
        prediction = self.one(f"--clinical few.csv {OS} {LP}")["predictions"][0]
        self.assertGreater(prediction["concordance"]["conf_high"], 1, "as R's formula gives it")
        self.assertRegex(self.report(), r"\| a \| 0\.\d+ \(0\.\d+ to 1\.000\) \|")

    def test_same_bytes_on_any_threads(self):
        self.same_bytes_on_any_threads(
            f"--clinical c.csv {OS} --endpoint PFS:time=t,event=e --horizon 2,5 --prediction a:lp=lp,risk=r2/r5 "
            "--prediction b:lp=other --thresholds 0.3 --bootstrap 50 --subgroup r2 --strata hazard")

    def test_seed_decides_the_resamples(self):
        flags = f"--clinical c.csv {OS} {LP} --prediction b:lp=other --bootstrap 50"
        spread = [self.one(f"{flags} --seed {seed}")["comparisons"][0]["boot"]["std_error"] for seed in (1, 1, 2)]
        self.assertEqual(spread[0], spread[1])
        self.assertNotEqual(spread[0], spread[2])


class Refusals(Validate):
    def test_bad_predictions(self):
        self.refused(f"--clinical c.csv {OS} --prediction a:lp=score", "column_not_found", "'score'")
        self.refused(f"--clinical c.csv {OS} --prediction a:lp=PatientID", "not_numeric", "c.csv:2:PatientID")
        self.refused(f"--clinical c.csv {OS} --horizon 2 --prediction a:lp=lp,risk=lp", "invalid_argument",
                     "c.csv:2:lp", "2 is no risk from 0 to 1")
        self.refused(f"--clinical c.csv {OS} --prediction a:lp=lp,expected=other", "invalid_argument",
                     "c.csv:4:other", "-0.2")
        rows = [line.split(",") for line in TABLE.split()]
        self.write("none.csv", "\n".join(",".join([*row[:2], "0" if i else row[2], *row[3:]])
                                         for i, row in enumerate(rows)))
        self.refused(f"--clinical none.csv {OS} {LP}", "no_events", "no prediction can be judged")
        self.write("rows.txt", "1 2 9\n")
        self.refused(f"--clinical c.csv {OS} {LP} --prediction b:lp=other --resamples rows.txt", "invalid_argument",
                     "rows.txt:1", "'9'")
        self.refused(f"--clinical c.csv {OS} --model no.json", "unreadable_file", "no.json")

    def test_bad_subgroups(self):
        self.refused(f"--clinical c.csv {OS} {LP} --subgroup sex", "column_not_found", "'sex'")
        self.refused(f"--clinical c.csv {OS} {LP} --subgroup PatientID", "not_numeric", "c.csv:2:PatientID",
                     "--factor PatientID")
        self.refused(f"--clinical c.csv {OS} {LP} --subgroup r2 --factor r2:0.8,0.6", "invalid_argument",
                     "c.csv:4:r2", "none of the levels")

    def test_one_endpoint_of_two(self):
        result, messages = self.result(f"--clinical c.csv {OS} --endpoint X:time=t,event=lp {LP}", code=1)
        self.assertIn("predictions", result["results"][0])
        self.assertRegex(result["results"][1]["error"], r"\Aevent_code: ")

    def test_wrong_usage(self):
        for arguments in ("", "--prediction a", "--prediction a:risk=r2", "--prediction a:lp=", "--prediction a/b:lp=lp",
                          "--prediction a:lp=lp,lp=other", "--prediction a:lp=lp,weight=r2",
                          "--prediction a:lp=lp,risk=r2//r5 --horizon 2,3,4", f"{LP} {LP}",
                          "--prediction a:lp=lp,risk=r2/r5 --horizon 2", "--prediction a:lp=lp,risk=r2",
                          f"{LP} --groups 1", f"{LP} --thresholds 1 --horizon 2", f"{LP} --thresholds 0.2 --horizon 2",
                          f"{LP} --bootstrap -1", f"{LP} --bootstrap 5 --resamples c.csv",
                          "--prediction model:lp=lp --model m.json", f"{LP} --subgroup r2,r2"):
            with self.subTest(arguments):
                self.refused(f"--clinical c.csv {OS} {arguments}", "usage", code=64)


@needs_data
class Reference(Validate):
    """Every case of R; the tolerances are those of the README of the data: C and its counts, AUC, Brier score
    and net benefit 1e-10, their standard errors 1e-6, Cox 1e-8, Poisson regression as logistic 1e-7."""

    def endpoint(self, file, spec, flags):
        return self.one(f"--clinical {file} --endpoint E:time={spec['time']},event={spec['event']} {flags}")

    def test_concordance(self):
        for name, files, spec, expect in cases("cindex", 6):
            endpoint = self.endpoint(files[0], spec, f"--tau {spec['tau']} --prediction p:lp={spec['risk']}")
            ours = endpoint["predictions"][0]
            for key, reference in (("concordance", "harrell"), ("concordance_tau", "harrell_ymax_tau"),
                                   ("uno", "uno_survival_nG2"), ("uno_tau", "uno_survival_nG2_ymax_tau")):
                with self.subTest(f"{name} {key}"):
                    self.same(ours[key]["estimate"], expect[reference]["C"], 1e-10, "C")
                    self.same(ours[key]["std_error"], expect[reference]["se"], 1e-6, "std_error")
            for key in ("concordance", "concordance_tau"):
                reference = expect["harrell" if key == "concordance" else "harrell_ymax_tau"]
                for count, theirs in (("concordant", "concordant"), ("discordant", "discordant"),
                                      ("tied_risk", "tied_x"), ("tied_time", "tied_y"), ("tied_both", "tied_xy")):
                    with self.subTest(f"{name} {key} {count}"):
                        self.assertEqual(ours[key][count], reference[theirs])
            self.same(ours["uno_tau"]["estimate"], expect["uno_direct_tau"], 1e-10, f"{name} direct")
            self.same(ours["uno"]["estimate"], expect["uno_direct_notau"], 1e-10, f"{name} direct")

    def check_estimate(self, ours, table, row, value, what):
        self.same(ours["estimate"], table[value][row], 1e-10, f"{what} {value}", scale=1)
        self.same(ours["std_error"], table["se"][row], 1e-6, f"{what} se")
        # Limits: within the error of the standard error. R cuts none of these.
        for key, theirs in (("conf_low", "lower"), ("conf_high", "upper")):
            self.same(ours[key], table[theirs][row], 1e-6, f"{what} {key}", scale=table["se"][row])

    def check_scores(self, endpoint, models, k, expect, what):
        auc, brier = expect["AUC"], expect["Brier"]
        for name, prediction in zip(models, endpoint["predictions"]):
            scores = prediction["horizons"][k]
            self.check_estimate(scores["auc"], auc, auc["model"].index(name), "AUC", f"{what} {name} AUC")
            row = brier["model"].index(name)
            self.check_estimate(scores["brier"], brier, row, "Brier", f"{what} {name} Brier")
            self.same(scores["brier_null"], brier["Brier"][0], 1e-10, f"{what} null")
            self.same(scores["ipa"], brier["IPA"][row], 1e-10, f"{what} {name} IPA", scale=1)
            own = expect["own_formula"][name]
            self.same(scores["auc"]["estimate"], own["auc"], 1e-10, f"{what} {name} AUC by hand")
            self.same(scores["brier"]["estimate"], own["brier"], 1e-10, f"{what} {name} Brier by hand")
        compared = endpoint["comparisons"][k]
        self.assertEqual((compared["reference"], compared["model"]), tuple(models))
        self.check_estimate(compared["delta_auc"], expect["AUC_contrasts"], 0, "delta.AUC", f"{what} delta AUC")
        contrasts = expect["Brier_contrasts"]
        row = contrasts["reference"].index(models[0])
        self.check_estimate(compared["delta_brier"], contrasts, row, "delta.Brier", f"{what} delta Brier")

    def test_scores(self):
        for name, files, spec, expect in cases("score", 2):
            predictions = " ".join(f"--prediction {model}:lp=lp_{model},risk=risk_{model}_1/risk_{model}_2"
                                   for model in spec["models"])
            times = ",".join(str(time) for time in spec["times"])
            endpoint = self.endpoint(files[0], spec, f"--horizon {times} {predictions}")
            for k, time in enumerate(spec["times"]):
                with self.subTest(f"{name} {time}"):
                    reference = expect[f"t{k + 1}"]
                    self.assertEqual(reference["time"], time)
                    self.check_scores(endpoint, spec["models"], k, reference, f"{name} {time}")

    def check_poisson(self, ours, expect, what):
        self.assertEqual(ours["zero_expected"], expect["rows_with_zero_expected_excluded"])
        for key, theirs, tolerance in (("observed", "observed", 1e-10), ("expected", "expected", 1e-10),
                                       ("ratio", "SIR", 1e-10)):
            self.same(ours[key], expect[theirs], tolerance, f"{what} {key}")
        error = expect["se"]
        self.same(ours["log_ratio"]["estimate"], expect["ln_SIR"], 1e-7, f"{what} log ratio", scale=error)
        self.same(ours["log_ratio"]["std_error"], error, 1e-7, f"{what} log ratio se")
        self.same(ours["slope"]["estimate"], expect["slope"], 1e-7, f"{what} slope")
        self.same(ours["slope"]["std_error"], expect["slope_se"], 1e-7, f"{what} slope se")

    def test_calibration(self):
        for name, files, spec, expect in cases("calibration", 2):
            flags = (f"--horizon {spec['horizon']} --groups {spec['groups']} "
                     f"--prediction p:lp={spec['lp']},risk={spec['risk']},expected={spec['expected']}")
            prediction = self.endpoint(files[0], spec, flags)["predictions"][0]
            (ours,) = prediction["calibration"]
            with self.subTest(name):
                slope = expect["slope"]
                for key, theirs in (("estimate", "coef"), ("std_error", "se"), ("p_value", "p_vs_0"),
                                    ("conf_low", "lower95"), ("conf_high", "upper95")):
                    self.same(ours["slope"][key], slope[theirs], 1e-8, f"slope {key}")
                for key, theirs in (("observed", "O_KM"), ("expected", "E_mean_risk"), ("ratio", "OE_ratio")):
                    self.same(ours[key], expect[theirs], 1e-10, key)
                groups = expect["groups"]
                self.assertEqual([one["n"] for one in ours["groups"]], groups["n"])
                self.assertEqual([one["group"] for one in ours["groups"]], groups["group"])
                for key, theirs in (("predicted", "mean_predicted"), ("observed", "observed"),
                                    ("conf_low", "lower"), ("conf_high", "upper")):
                    self.all_same([one[key] for one in ours["groups"]], groups[theirs], 1e-10, f"groups {key}")
                self.check_poisson(ours["poisson"], expect["poisson"], name)
                # That of the patients it was fitted to is labelled, the other one is not.
                self.assertIs(prediction["apparent"], name == "cal_lung")

    def test_decision_curves(self):
        for name, files, spec, expect in cases("dca", 1):
            thresholds = spec["thresholds"]
            predictions = " ".join(f"--prediction {risk}:lp={risk},risk={risk}" for risk in spec["risk"])
            listed = ",".join(repr(threshold) for threshold in thresholds)
            endpoint = self.endpoint(files[0], spec, f"--horizon {spec['horizon']} --thresholds {listed} {predictions}")
            for prediction in endpoint["predictions"]:
                curve, reference = prediction["decision_curve"], expect[prediction["name"]]
                with self.subTest(f"{name} {prediction['name']}"):
                    self.assertEqual([one["threshold"] for one in curve], thresholds)
                    self.all_same([one["net_benefit"] for one in curve],
                                  expect["own_formula_ge"][prediction["name"]], 1e-10, "by hand", scale=1)
                    self.all_same([one["treat_all"] for one in curve], expect["all"]["net_benefit"], 1e-10,
                                  "treat_all", scale=1)
                    # dcurves has nothing where nobody above the threshold has the event: the formula has.
                    known = [i for i, value in enumerate(reference["net_benefit"]) if value is not None]
                    self.assertGreaterEqual(len(known), len(thresholds) - 2)
                    for key, theirs in (("net_benefit", "net_benefit"), ("true_positive_rate", "tp_rate"),
                                        ("false_positive_rate", "fp_rate")):
                        self.all_same([curve[i][key] for i in known], [reference[theirs][i] for i in known], 1e-10,
                                      key, scale=1)

    def test_bootstrap_of_delta_c(self):
        for name, files, spec, expect in cases("delta_c_bootstrap", 1):
            # One resample a line, of rows numbered from 1; a header, if any, is no resample.
            lines = pathlib.Path(files[1]).read_text().splitlines()
            lines = [line for line in lines if line.replace(",", "").replace(" ", "").isdigit()]
            self.assertEqual(len(lines), spec["B"])
            self.write("resamples.csv", "\n".join(lines))
            flags = (f"--resamples resamples.csv --prediction zero:lp={spec['risk0']} "
                     f"--prediction one:lp={spec['risk1']}")
            for level, limits in ((0.95, "percentile_ci95"), (0.8, "percentile_ci80")):
                endpoint = self.endpoint(files[0], spec, f"{flags} --conf {level}")
                for prediction, key in zip(endpoint["predictions"], ("C0", "C1")):
                    self.same(prediction["concordance"]["estimate"], expect[key], 1e-10, key)
                (compared,) = endpoint["comparisons"]
                self.same(compared["delta_concordance"]["estimate"], expect["delta"], 1e-10, "delta")
                boot = compared["boot"]
                self.assertEqual(boot["resamples"], spec["B"])
                self.same(boot["std_error"], expect["boot_se"], 1e-10, "std_error")
                self.all_same([boot["conf_low"], boot["conf_high"]], expect[limits], 1e-10, limits)

    # The numbers of the next three are those of R 4, survival 3: concordance(Surv(time, event) ~ lp + strata(sex),
    # reverse = TRUE, timewt, ymax), coxph(), summary(survfit(conf.type = "log-log")) of each group.
    LUNG = "--prediction full:lp=lp_full,risk=risk_full_1 --horizon 365"
    LUNG_SPEC = {"time": "time", "event": "event"}

    def test_strata(self):
        ours = self.endpoint(f"{DATA}/data/lung_pred.csv", self.LUNG_SPEC, f"{self.LUNG} --strata sex")["predictions"][0]
        for key, c, error in (("concordance", 0.60594475771767176, 0.02650050583377353),
                              ("concordance_tau", 0.60986754286887768, 0.02776884592448163),
                              ("uno", 0.59853436166840213, 0.02439842656114099),
                              ("uno_tau", 0.60207432104017555, 0.02627507235591481)):
            self.same(ours[key]["estimate"], c, 1e-10, key)
            self.same(ours[key]["std_error"], error, 1e-6, f"{key} std_error")
        counts = [ours["concordance"][key] for key in ("concordant", "discordant", "tied_risk", "tied_time", "tied_both")]
        self.assertEqual(counts, [6277, 4060, 126, 17, 0])
        slope = ours["calibration"][0]["slope"]
        self.same(slope["estimate"], 0.9922861407230565, 1e-8, "slope")
        self.same(slope["std_error"], 0.2240039019734995, 1e-8, "slope std_error")
        self.assertIn("within strata (sex)", self.report())
        whole = self.endpoint(f"{DATA}/data/lung_pred.csv", self.LUNG_SPEC, self.LUNG)["predictions"][0]
        self.assertEqual(whole["horizons"], ours["horizons"], "AUC and Brier score are of all patients")
        self.assertNotIn("within strata", self.report())

    def test_subgroups(self):
        flags = f"{self.LUNG} --subgroup sex,age --factor sex"
        endpoint = self.endpoint(f"{DATA}/data/lung_pred.csv", self.LUNG_SPEC, flags)
        sex, age = endpoint["subgroups"]
        self.assertEqual((sex["variable"], sex["kind"], sex["cuts"], sex["n_missing"]), ("sex", "factor", [], 0))
        self.assertEqual((age["kind"], age["cuts"]), ("tertiles", [59, 68]))
        expected = (
            ("female", 90, 53, 0.59648768671780372, 0.04466767008221945, 0.4735369698140944, 0.4681798178002205,
             1.0114425095021073, 0.7789395298785176, 1.2739126166001691),
            ("male", 137, 111, 0.60887803656398698, 0.03180841428774553, 0.6614589694873414, 0.6681937727680687,
             0.9899208829007377, 0.8617699603068595, 1.1154785181935059),
            ("up to 59", 83, 56, 0.65520748576078114, 0.04464368198280215, 0.5467908690195005, 0.5140834517477141,
             1.0636227778983975, 0.8435354849716358, 1.2987567099477679),
            ("above 59 to 68", 77, 55, 0.59020732245258056, 0.04848806202824548, 0.5689460318235711,
             0.5984406850636687, 0.9507141576830466, 0.7563562925517908, 1.1550207098201570),
            ("above 68", 67, 53, 0.66639344262295086, 0.04572291746662855, 0.6577736351850898, 0.6705950929295895,
             0.9808804778327748, 0.7979740818780012, 1.1588406419581181))
        for ours, reference in zip(sex["levels"] + age["levels"], expected, strict=True):
            self.assertEqual((ours["level"], ours["n"], ours["events"]), reference[:3])
            (prediction,) = ours["predictions"]
            self.same(prediction["concordance"]["estimate"], reference[3], 1e-10, "C")
            self.same(prediction["concordance"]["std_error"], reference[4], 1e-6, "std_error")
            (outcome,) = prediction["horizons"]
            self.all_same([outcome[key] for key in ("observed", "expected", "ratio", "ratio_conf_low",
                                                    "ratio_conf_high")], reference[5:], 1e-10, reference[0])
        self.assertEqual(len(self.rows("subgroups.csv")), 10)
        self.assertIn("| sex: female | 53/90 | 0.596 (0.509 to 0.684) |", self.report())
        for name in ("subgroups_E_full.svg", "subgroups_ratio_E_full.svg"):
            xml.etree.ElementTree.parse(self.folder / "out" / name)

    def test_bootstrap_of_c(self):
        n = 227  # resamples by a rule that R can follow
        self.write("resamples.txt", "\n".join(
            " ".join(str((i * i * (b + 3) + 7 * b + i * (b + 1)) % n + 1) for i in range(n)) for b in range(20)))
        flags = f"{self.LUNG} --prediction age:lp=lp_age --resamples resamples.txt"
        lung = f"{DATA}/data/lung_pred.csv"
        boot = self.endpoint(lung, self.LUNG_SPEC, flags)["predictions"][0]["boot"]
        for key, reference in (("concordance", (0.02874122543804509, 0.59037255448717008, 0.69439730321204229)),
                               ("uno", (0.0259237556909235, 0.5839127153850152, 0.6769805085313743)),
                               ("uno_tau", (0.02751450478393524, 0.58451948587890468, 0.68658464716856149))):
            self.assertEqual(boot[key]["resamples"], 20)
            self.all_same([boot[key][name] for name in ("std_error", "conf_low", "conf_high")], reference, 1e-10, key)
        self.assertIn("full, bootstrap limits", self.report())
        endpoint = self.endpoint(lung, self.LUNG_SPEC, f"{flags} --strata sex")
        uno = endpoint["predictions"][0]["boot"]["uno"]
        self.all_same([uno["std_error"], uno["conf_low"], uno["conf_high"]],
                      (0.02692555633536528, 0.56178749410015572, 0.65423910208429836), 1e-10, "strata")
        # full - age in R, age - full here.
        delta = endpoint["comparisons"][0]["boot"]
        self.all_same([delta["std_error"], -delta["conf_high"], -delta["conf_low"]],
                      (0.02787888505942277, 0.01536875088017492, 0.10771234132671700), 1e-10, "strata delta")

    def test_interval_of_delta_c_holds_the_estimate(self):
        (_, files, spec, expect), = cases("delta_c_bootstrap", 1)
        endpoint = self.endpoint(files[0], spec, "--prediction zero:lp=lp0 --prediction one:lp=lp1")
        delta = endpoint["comparisons"][0]["delta_concordance"]
        self.assertTrue(delta["conf_low"] < expect["delta"] < delta["conf_high"])
        self.assertTrue(math.isclose(delta["std_error"], expect["boot_se"], rel_tol=0.25),
                        "the jackknife and the bootstrap estimate the same")


if __name__ == "__main__":
    unittest.main()
