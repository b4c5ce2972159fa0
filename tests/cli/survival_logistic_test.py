"""Runs whole command lines of `radiomics survival logistic`: exit codes, messages, files, the numbers of R.

usage: survival_logistic_test.py PROGRAM"""
import math
import unittest
import xml.etree.ElementTree

from survival_cases import DATA, SurvivalTest, cases, needs_data, program

PROGRAM = program()

# Relative, as the README of the data sets them.
LOGISTIC, AREA, ERROR = 1e-7, 1e-10, 1e-6

TABLE = """PatientID,months,dead,age,stage,y
P1,1,1,60,II,1
P2,2,1,50,I,1
P3,3,0,55,II,NA
P4,4,1,72,I,1
P5,5,1,66,II,1
P6,5,0,48,I,0
P7,6,1,61,II,0
P8,7,0,52,I,0
P9,9,1,70,II,0
"""
OS = "--clinical c.csv --endpoint OS:time=months,event=dead --horizon 5"


class LogisticTest(SurvivalTest):
    program, command = PROGRAM, "logistic"

    def setUp(self):
        super().setUp()
        self.write("c.csv", TABLE)


class Commands(LogisticTest):
    def test_files_and_warnings(self):
        result, messages = self.result(f"{OS} --covariates age")
        self.assertEqual([warning["code"] for warning in result["warnings"]],
                         ["low_events_per_parameter", "excluded_censored"])
        self.assertIn("--ipcw", messages)
        self.assertEqual(sorted(path.name for path in (self.folder / "out").iterdir()),
                         ["logistic.csv", "logistic_OS_forest.svg", "logistic_OS_roc.svg", "predictions.csv",
                          "report.html", "report.md", "result.json"])
        self.assertEqual([row["id"] for row in self.rows("predictions.csv")],
                         ["P1", "P2", "P4", "P5", "P6", "P7", "P8", "P9"])
        for path in (self.folder / "out").glob("*.svg"):
            xml.etree.ElementTree.parse(path)
        report = (self.folder / "out/report.md").read_text()
        self.assertNotIn("P1", report)
        self.assertIn("More than 10 % are excluded", report)
        (endpoint,) = result["results"]
        self.assertEqual((endpoint["n"], endpoint["events"], endpoint["n_excluded"]), (8, 4, 1))
        self.assertIsNone(endpoint["weighting"])

    def test_weights(self):
        result, messages = self.result(f"{OS} --covariates age --ipcw")
        self.assertNotIn("excluded_censored", messages)
        (endpoint,) = result["results"]
        self.assertEqual((endpoint["weighting"], endpoint["n"], endpoint["n_weighted"]), ("ipcw", 8, 9))
        self.assertIsNone(endpoint["tests"]["likelihood_ratio"]["p_value"])
        self.assertIsNotNone(endpoint["tests"]["wald"]["p_value"])
        self.assertTrue(result["config"]["ipcw"])

    def test_separation(self):
        self.write("s.csv", "y,g\n1,a\n1,a\n1,a\n0,b\n0,b\n1,b\n")
        result, messages = self.result("--clinical s.csv --outcome y --covariates g --factor g")
        term = result["results"][0]["terms"][1]
        self.assertEqual(term["status"], "infinite")
        self.assertIsNone(term["odds_ratio"]["estimate"])
        self.assertIn("radiomics: warning: infinite_coefficient: y: 'gb' ", messages)
        self.assertIn("merge levels", messages)

    def test_refusals(self):
        self.refused(f"{OS.replace('--horizon 5', '--horizon 30')} --covariates age", "invalid_argument",
                     "follow-up ends at 9")
        self.refused(f"{OS.replace('--horizon 5', '--horizon 2')} --covariates age,stage --factor stage",
                     "too_many_parameters", "2 events for 2 parameters")
        self.result(f"{OS.replace('--horizon 5', '--horizon 2')} --covariates age --force")
        self.refused(f"{OS} --covariates age --base stage", "invalid_argument", "'stage'")
        self.write("codes.csv", "PatientID,y,x\nA,1,2\nB,2,3\n")
        self.refused("--clinical codes.csv --outcome y --covariates x", "event_code", "codes.csv:3:y")
        self.write("all.csv", "PatientID,y,x\nA,1,2\nB,1,3\n")
        self.refused("--clinical all.csv --outcome y --covariates x", "no_events")

    def test_usage(self):
        for words in (f"{OS} --outcome y --covariates age", "--clinical c.csv --covariates age",
                      f"{OS},6 --covariates age", "--clinical c.csv --outcome y --horizon 5 --covariates age",
                      "--clinical c.csv --outcome y --ipcw --covariates age", OS, f"{OS} --covariates age --strata stage"):
            self.assertEqual(self.run_program(f"{words} --output o").returncode, 64, words)

    def test_same_bytes_on_any_threads(self):
        self.same_bytes_on_any_threads(
            f"{OS} --endpoint OS2:time=months,event=dead --covariates age,stage --factor stage --base age --ipcw")


@needs_data
class Reference(LogisticTest):
    def expect_test(self, ours, reference, what):
        self.same(ours["statistic"], reference["stat"], LOGISTIC, what)
        self.same(ours["p_value"], reference["p"], LOGISTIC, what + " p")
        self.assertEqual(ours["df"], reference["df"], what)

    def expect_terms(self, terms, expect, what):
        self.assertEqual([term["term"] for term in terms], expect["names"])
        for j, term in enumerate(terms):
            self.assertEqual(term["status"], "ok")
            for key, name in (("estimate", "coef"), ("std_error", "se"), ("statistic", "z"), ("p_value", "p")):
                self.same(term[key], expect[name][j], LOGISTIC, f"{what} {name} {j}")
            for key, name in (("estimate", "OR"), ("conf_low", "lower95"), ("conf_high", "upper95")):
                self.same(term["odds_ratio"][key], expect[name][j], LOGISTIC, f"{what} {name} {j}")

    def expect_result(self, result, expect, what):
        self.assertEqual((result["n"], result["events"]), (expect["n"], expect["events"]))
        self.expect_terms(result["terms"], expect, what)
        for key, name in (("deviance", "deviance"), ("null_deviance", "null_deviance"), ("aic", "AIC"),
                          ("brier", "brier")):
            self.same(result[key], expect[name], LOGISTIC, f"{what} {name}")
        self.expect_test(result["tests"]["likelihood_ratio"], expect["LR"], what + " LR")
        self.same(result["auc"]["estimate"], expect["auc"], AREA, what + " auc")
        self.same(result["auc"]["std_error"], math.sqrt(expect["auc_delong_var"]), ERROR, what + " DeLong")
        self.all_same([result["auc"]["conf_low"], result["auc"]["conf_high"]], expect["auc_delong_ci95"], ERROR, what)
        fitted = [float(row["probability"]) for row in self.rows("predictions.csv")[:10]]
        self.all_same(fitted, expect["fitted_first10"], LOGISTIC, what + " fitted")
        versus, reference = result["versus_base"], expect["vs_small"]
        self.same(versus["auc_base"], reference["auc_small"], AREA, what)
        self.same(versus["delta_auc"], reference["delta_auc"], AREA, what)
        # R's z is small minus big.
        self.same(-versus["statistic"], reference["delong_paired_z_small_minus_big"], ERROR, what)
        self.same(versus["p_value"], reference["delong_p"], ERROR, what)
        self.expect_test(versus["likelihood_ratio"], reference["LR"], what + " LR of the base")

    def flags(self, files, spec, expect):
        factors = "".join(f" --factor {name}:{','.join(levels)}" for name, levels in (spec["factors"] or {}).items())
        small = expect["vs_small"]["small"]
        small = [small] if isinstance(small, str) else small
        return (f"--clinical {files[0]} --covariates {','.join(spec['covariates'])}{factors} --base {','.join(small)}")

    def test_models(self):
        for kind, count in (("logistic", 2), ("demo_study/logistic", 1)):
            for identity, files, spec, expect in cases(kind, count):
                words = f"{self.flags(files, spec, expect)} --outcome {spec['y']}"
                self.expect_result(self.result(words)[0]["results"][0], expect, identity)
                narrow = self.result(f"{words} --conf 0.8")[0]["results"][0]["auc"]
                self.all_same([narrow["conf_low"], narrow["conf_high"]], expect["auc_delong_ci80"], ERROR, identity)

    def test_follow_up_to_24_months_is_the_column_os24(self):
        ((identity, files, spec, expect),) = cases("demo_study/logistic", 1)
        words = f"{self.flags(files, spec, expect)} --endpoint OS:time=os_months,event=os_event --horizon 24"
        result = self.result(words)[0]["results"][0]
        self.expect_result(result, expect, identity)
        self.assertEqual((result["n_excluded"], result["n_missing"]), (11, 0))

    def test_a_death_at_exactly_24_months_counts(self):
        # The column os24 of this table does not count it: "died < 24 mo".
        identity, files, spec, expect = cases("logistic", 2)[0]
        words = f"{self.flags(files, spec, expect)} --endpoint OS:time=time,event=event --horizon 24"
        result = self.result(words)[0]["results"][0]
        self.assertEqual((result["n"], result["events"]), (expect["n"], expect["events"] + 1), identity)


if __name__ == "__main__":
    unittest.main()
