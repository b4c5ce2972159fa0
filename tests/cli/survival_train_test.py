"""Runs whole command lines of `radiomics survival train` and `predict`.

usage: survival_train_test.py PROGRAM"""
import json
import math
import random
import unittest

from survival_cases import DATA, SurvivalTest, needs_data, program

PROGRAM = program()

OS = "--endpoint OS:time=months,event=dead"
FAST = "--outer 3x2 --inner 3 --bootstrap 8 --permutations 4 --lambda-count 10"


def cohort(patients=60, seed=1):
    """Two tables in which the first feature and the volume decide the hazard."""
    draw = random.Random(seed)
    clinical, features = ["id,months,dead,stage,fold,scanner"], ["id,volume,f1,f2,f3,copy,flat"]
    for i in range(patients):
        f1, f2, f3, size = (draw.gauss(0, 1) for _ in range(4))
        rate = math.exp(f1 + 0.5 * size)
        death, end = draw.expovariate(rate) + 0.01, draw.expovariate(0.3) + 0.01
        clinical.append(f"P{i},{min(death, end)!r},{int(death <= end)},{'I' if i % 3 else 'II'},{i % 4},{'st'[i % 2]}")
        features.append(f"P{i},{math.exp(3 + size)!r},{f1!r},{f2!r},{f3!r},{f1!r},1")
    return "\n".join(clinical) + "\n", "\n".join(features) + "\n"


class Train(SurvivalTest):
    program = PROGRAM
    command = "train"
    tables = "--clinical c.csv --features f.csv"

    def setUp(self):
        super().setUp()
        clinical, features = cohort()
        self.write("c.csv", clinical)
        self.write("f.csv", features)

    def names(self, output):
        return sorted(path.name for path in (self.folder / output).iterdir())

    def test_results_and_files(self):
        result, messages = self.result(f"{self.tables} {OS} {FAST} --volume volume --diameter f3")
        (one,) = result["results"]
        self.assertEqual((one["endpoint"], one["n"], one["n_missing"]), ("OS", 60, 0))
        self.assertTrue({"copy", "f1"} & {term["term"] for term in one["selected"]})
        nested = one["resampling"]["nested_cv"]
        self.assertEqual(len(nested["per_repeat"]), 2)
        self.assertAlmostEqual(nested["mean"], sum(nested["per_repeat"]) / 2, places=14)
        for key in ("apparent", "optimism_corrected", "est_632plus"):
            self.assertGreater(one["resampling"][key], 0.5)
        self.assertEqual(set(one["selection_frequency"]), {"volume", "f1", "f2", "f3", "copy", "flat"})
        self.assertEqual(one["selection_frequency"]["flat"], 0)
        self.assertIsNotNone(one["stability_index"])
        self.assertEqual(len(one["permutation"]["concordance"]), 4)
        self.assertEqual([base["name"] for base in one["baselines"]], ["log(volume)", "f3"])
        self.assertLess(one["log_likelihood_null"], one["log_likelihood"])
        fates = {feature["feature"]: feature["fate"] for feature in one["features"]}
        self.assertEqual(fates["flat"], "constant")
        self.assertEqual(sorted((fates["f1"], fates["copy"])), ["redundant", "selected"])
        codes = [warning["code"] for warning in result["warnings"]]
        self.assertIn("constant", codes)
        self.assertIn("duplicate_feature", codes)
        self.assertEqual(self.names("out"),
                         ["coefficients.csv", "cv_OS.svg", "model.json", "path_OS.svg", "permutation_OS.svg",
                          "report.html", "report.md", "resamples.csv", "result.json", "selection.csv",
                          "selection_OS.svg"])
        report = (self.folder / "out/report.md").read_text()
        for words in ("no p-values", "heuristic", "which flatters"):
            self.assertIn(words, report)
        self.assertNotIn("P17", report)
        self.assertNotIn("p_value", json.dumps(one["selected"]))

    def test_same_bytes_for_any_threads(self):
        flags = f"{self.tables} {OS} {FAST} --volume volume --forced stage --factor stage"
        self.same_bytes_on_any_threads(flags)
        other, _ = self.result(f"{flags} --seed 2", output="other")
        self.assertNotEqual(other["results"][0]["resampling"]["nested_cv"],
                            json.loads((self.folder / "one/result.json").read_text())
                            ["results"][0]["resampling"]["nested_cv"])

    def test_fixed_folds_and_resamples(self):
        self.write("r.txt", "\n".join(",".join(str((7 * i * b + b) % 60 + 1) for i in range(60))
                                      for b in (1, 2, 3)))
        flags = f"{self.tables} {OS} --folds fold --resamples r.txt --permutations 0 --feature f*"
        first = self.result(f"{flags} --seed 1")[0]["results"][0]
        second = self.result(f"{flags} --seed 9", output="two")[0]["results"][0]
        self.assertEqual(first["resampling"], second["resampling"])  # nothing is random any more
        self.assertEqual(first["resampling"]["bootstrap"], 3)
        self.assertEqual(len(first["resampling"]["nested_cv"]["per_repeat"]), 1)

    def test_forced_columns_stage_imputation_and_volume(self):
        text = (self.folder / "f.csv").read_text().replace("P5,", "P5,", 1)
        cells = text.splitlines()
        row = cells[6].split(",")
        cells[6] = ",".join([row[0], row[1], "", *row[3:]])
        self.write("f.csv", "\n".join(cells) + "\n")
        result, _ = self.result(f"{self.tables} {OS} {FAST} --forced stage --factor stage")
        self.assertEqual((result["results"][0]["n"], result["results"][0]["n_missing"]), (59, 1))
        result, _ = self.result(f"{self.tables} {OS} {FAST} --forced stage,volume --factor stage --impute median "
                                "--volume volume --residualise", output="imputed")
        one = result["results"][0]
        self.assertEqual(one["n"], 60)
        terms = [term["term"] for term in one["selected"]]
        self.assertEqual(terms[:2], ["stageII", "log(volume)"])
        self.assertNotIn("volume", one["selection_frequency"])

    def test_a_null_model_is_an_answer(self):
        result, _ = self.result(f"{self.tables} {OS} {FAST} --lambda 100")
        one = result["results"][0]
        self.assertEqual((one["selected"], one["resampling"]["apparent"]), ([], 0.5))
        self.assertEqual(one["log_likelihood"], one["log_likelihood_null"])
        self.assertIn("null model", (self.folder / "out/report.md").read_text())
        predictions = self.predict("--horizon 1")
        self.assertEqual({row["linear_predictor"] for row in predictions}, {"0"})
        self.assertEqual(len({row["risk_1"] for row in predictions}), 1)

    def predict(self, flags, model="out/model.json", output="predicted"):
        self.result(f"{self.tables} --model {model} {flags}", command="predict", output=output)
        return self.rows("predictions.csv", output)

    def test_prediction_of_the_training(self):
        self.result(f"{self.tables} {OS} {FAST} --volume volume --combat scanner --forced stage --factor stage")
        model = json.loads((self.folder / "out/model.json").read_text())
        last = model["baseline"]["time"][-1]
        rows = self.predict(f"--horizon 0.5,{last + 1}")
        self.assertEqual(list(rows[0]), ["id", "linear_predictor", "risk_0.5", f"risk_{last + 1!r}", "group"])
        self.assertEqual({row[f"risk_{last + 1!r}"] for row in rows}, {""})
        hazard = max([0] + [h for t, h in zip(model["baseline"]["time"],
                                              model["baseline"]["cumulative_hazard"]) if t <= 0.5])
        for row in rows:
            relative = float(row["linear_predictor"]) - model["linear_predictor_at_means"]
            self.assertAlmostEqual(float(row["risk_0.5"]), 1 - math.exp(-hazard * math.exp(relative)), places=12)
        scores = sorted(float(row["linear_predictor"]) for row in rows)
        self.assertAlmostEqual((scores[29] + scores[30]) / 2, model["median_linear_predictor"], places=10)
        self.assertEqual(sum(row["group"] == "high" for row in rows), 30)

    def test_predictions_that_are_refused(self):
        self.write("s.csv", (self.folder / "f.csv").read_text().replace("\n", ",a\n").replace(
            "flat,a", "flat,settings_sha256", 1))
        self.result(f"--clinical c.csv --features s.csv {OS} {FAST} --forced stage --factor stage --feature f* "
                    "--combat scanner")
        predict = "--clinical c.csv --features s.csv --model out/model.json"
        self.result(predict, command="predict", output="fine")
        self.write("s.csv", (self.folder / "s.csv").read_text().replace(",a\n", ",b\n"))
        self.refused(predict, "invalid_settings", "s.csv", command="predict")
        self.write("c.csv", (self.folder / "c.csv").read_text().replace(",II,", ",IV,"))
        self.refused("--clinical c.csv --features f.csv --model out/model.json", "invalid_argument", "c.csv:2:stage",
                     command="predict")
        self.write("c.csv", cohort()[0].replace(",s\n", ",u\n"))
        self.refused("--clinical c.csv --features f.csv --model out/model.json", "invalid_argument",
                     "c.csv:2:scanner", command="predict")
        self.write("broken.json", "{")
        self.refused("--features f.csv --model broken.json", "unreadable_file", "broken.json", command="predict")
        self.write("c.csv", cohort()[0])
        self.write("f.csv", cohort()[1].replace("P3,", "P3x,"))
        _, messages = self.result("--clinical c.csv --features s.csv --model out/model.json".replace("s.csv", "f.csv"),
                                  command="predict", output="far")
        self.assertIn("unmatched_ids", messages)

    def test_extrapolation_is_told(self):
        self.result(f"{self.tables} {OS} {FAST} --feature f1")
        self.write("f.csv", "id,f1\nA,99\nB,0\n")
        result, messages = self.result("--features f.csv --model out/model.json", command="predict", output="far")
        self.assertEqual([(warning["code"], warning["ids"]) for warning in result["warnings"]],
                         [("extrapolation", ["A"])])

    def test_preserved_columns_are_predicted(self):
        preserved = f"{self.tables} {OS} {FAST} --volume volume --combat scanner --preserve stage,volume --factor stage"
        result, _ = self.result(preserved)
        self.assertEqual(result["config"]["preserve"], ["stage", "volume"])
        model = json.loads((self.folder / "out/model.json").read_text())
        self.assertEqual([term["term"] for term in model["combat"]["preserved"]], ["stageII", "log(volume)"])
        self.assertEqual(model["combat"]["coefficients"]["rows"], 2)
        rows = self.predict("--horizon 0.5")
        scores = sorted(float(row["linear_predictor"]) for row in rows)
        self.assertAlmostEqual((scores[29] + scores[30]) / 2, model["median_linear_predictor"], places=10)
        without, _ = self.result(preserved.replace("--preserve stage,volume", ""), output="without")
        self.assertNotEqual(without["results"][0]["resampling"], result["results"][0]["resampling"])
        self.same_bytes_on_any_threads(preserved)
        text = (self.folder / "f.csv").read_text().splitlines()
        clinical = (self.folder / "c.csv").read_text().splitlines()
        clinical[1] = clinical[1].replace(",II,", ",,")
        self.write("c.csv", "\n".join(clinical) + "\n")
        self.assertEqual(len(text), 61)
        predicted = self.predict("", output="missing")
        self.assertEqual(predicted[0]["linear_predictor"], "", "the stage of P0 is missing")
        self.assertEqual(predicted[1]["linear_predictor"], rows[1]["linear_predictor"])

    def test_baselines(self):
        result, _ = self.result(f"{self.tables} {OS} {FAST} --volume volume --diameter f3 --forced stage --factor stage")
        (one,) = result["results"]
        self.assertEqual([base["name"] for base in one["baselines"]], ["forced columns", "log(volume)", "f3"])
        self.assertIsNone(one["baselines"][0]["r2_score"])
        beside = one["score_beside_volume"]
        self.assertGreater(beside["hazard_ratio_per_sd"], beside["hazard_ratio_per_sd_adjusted"],
                           "volume explains a part of the score")
        self.assertGreater(beside["hazard_ratio_per_sd_adjusted"], 1)
        self.assertIn("is open", (self.folder / "out/report.md").read_text(), "4 permutations: p is 0.2 at least")
        self.assertIn("forced columns alone", (self.folder / "out/report.md").read_text())

    def test_a_factor_is_no_feature(self):
        text = (self.folder / "f.csv").read_text().splitlines()
        self.write("f.csv", "\n".join([text[0] + ",grade"] + [f"{line},{i % 3}" for i, line in enumerate(text[1:])]))
        flags = f"{self.tables} {OS} {FAST} --factor grade"
        result, _ = self.result(flags)
        self.assertNotIn("grade", result["results"][0]["selection_frequency"])
        result, _ = self.result(f"{flags} --combat scanner --preserve grade", output="preserved")
        model = json.loads((self.folder / "preserved/model.json").read_text())
        self.assertEqual([term["term"] for term in model["combat"]["preserved"]], ["grade1", "grade2"])

    def test_constant_forced_column(self):
        self.write("c.csv", (self.folder / "c.csv").read_text().replace(",II,", ",I,"))
        result, _ = self.result(f"{self.tables} {OS} {FAST} --forced f2,flat --feature f?")
        self.assertIn("constant", [warning["code"] for warning in result["warnings"]])

    def test_refused_input(self):
        for flags, kind in ((f"{self.tables} {OS} --strata stage", "invalid_argument"),
                            (f"{self.tables} {OS} --ties exact", "invalid_argument"),
                            (f"{self.tables} {OS} --residualise", "invalid_argument"),
                            (f"{self.tables} {OS} --feature nothing", "column_not_found"),
                            (f"{self.tables} {OS} --penalty-factor f9=1", "column_not_found"),
                            (f"{self.tables} {OS} --preserve stage --factor stage", "invalid_argument"),
                            (f"{self.tables} {OS} --combat scanner --preserve dead", "invalid_argument"),
                            (f"{self.tables} {OS} --forced dead", "invalid_argument"),
                            (f"{self.tables} {OS} --combat scanner --preserve flat", "batch_confounded"),
                            (f"{self.tables} {OS} --combat fold --preserve scanner --factor scanner", "batch_confounded"),
                            (f"{self.tables} {OS} --combat dead", "batch_confounded"),
                            (f"{self.tables} {OS} --combat scanner --feature f1", "batch_confounded"),
                            (f"{self.tables} {OS} --combat fold --forced scanner --factor scanner", "batch_confounded")):
            with self.subTest(flags):
                self.refused(f"{flags} {FAST}", kind)
        for flags in ("--outer 1", "--outer 5x", "--inner 1", "--lambda -1", "--penalty-mix 2",
                      "--penalty-factor f1", "--impute mean"):
            with self.subTest(flags):
                self.refused(f"{self.tables} {OS} {flags}", "usage", code=64)

    @needs_data
    def test_awkward_tables(self):
        def tables(case):
            folder = DATA / "badinput" / case
            return (f"--clinical {folder}/clinical.csv --features {folder}/features.csv "
                    f"--endpoint OS:time=time,event=event {FAST}")
        self.refused(tables("08_zero_time"), "zero_time", "clinical.csv", "time")
        self.refused(tables("17_no_events"), "no_events")
        self.refused(tables("14_inf_feature"), "nonfinite", "features.csv")
        for case, code in (("15_constant_feature", "constant"), ("16_duplicate_feature", "duplicate_feature"),
                           ("27_p_gt_events", "too_many_parameters"), ("05_unmatched_ids", "unmatched_ids")):
            with self.subTest(case):
                result, _ = self.result(tables(case), output=case)
                self.assertIn(code, [warning["code"] for warning in result["warnings"]])
        clean = self.result(tables("00_clean"), output="clean")[0]["results"]
        for case in ("01_bom_crlf_quotes", "02_shuffled_clinical", "26_trailing_space_ids"):
            self.assertEqual(self.result(tables(case), output=case)[0]["results"], clean, case)

    @needs_data
    def test_demo_study(self):
        folder = DATA / "demo_study/data"
        result, _ = self.result(
            f"--clinical {folder}/clinical.csv --features {folder}/features.csv {FAST} "
            "--endpoint LR:time=lr_months,event=lr_event --volume original_shape_MeshVolume "
            "--diameter original_shape_Maximum3DDiameter --forced overall_stage --factor overall_stage:I-II,IIIA,IIIB "
            f"--resamples {folder}/boot200.csv --time-unit months --horizon 24")
        one = result["results"][0]
        self.assertEqual((one["n"], one["resampling"]["bootstrap"]), (105, 200))
        # The truth has a hazard that depends on the diameter alone: C of an honest signature is moderate.
        self.assertLess(one["resampling"]["nested_cv"]["mean"], one["resampling"]["apparent"])


if __name__ == "__main__":
    unittest.main()
