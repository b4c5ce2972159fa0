"""Runs whole command lines of `radiomics survival compare` and `volume-check`: numbers of R, verdicts, refusals.

usage: survival_compare_test.py PROGRAM"""
import csv
import random
import unittest

from survival_cases import DATA, SurvivalTest, cases, needs_data, program

PROGRAM = program()
DEMO = DATA / "demo_study/data"
TABLES = f"--clinical {DEMO}/clinical.csv --features {DEMO}/features.csv"
LR = "--competing LR=lr_months/lr_event,death=os_months/os_event"
OS = "--endpoint OS:time=os_months,event=os_event"
DM = "--competing DM=dm_months/dm_event,death=os_months/os_event"
STAGE = "--base overall_stage --factor overall_stage:I-II,IIIA,IIIB"
DIAMETER = "original_shape_Maximum3DDiameter"
VOLUME = "original_shape_MeshVolume"


def factor_flags(spec):
    return [word for name, levels in (spec["factors"] or {}).items()
            for word in ("--factor", f"{name}:{','.join(levels)}")]


@needs_data
class AsInR(SurvivalTest):
    program, command = PROGRAM, "compare"

    def test_nested_models(self):
        for kind, count in (("nested_lrt", 3), ("demo_study/nested_lrt", 4)):
            for name, (file,), spec, expect in cases(kind, count):
                with self.subTest(name):
                    small = spec["small"] if isinstance(spec["small"], list) else [spec["small"]]
                    more = [one for one in spec["big"] if one not in small]
                    strata = ["--strata", spec["strata"]] if spec["strata"] else []
                    result, _ = self.result(
                        ["--clinical", file, "--endpoint", f"E:time={spec['time']},event={spec['event']}",
                         "--base", ",".join(small), "--imaging", ",".join(more), "--ties", spec["ties"],
                         "--bootstrap", "0", "--force", *factor_flags(spec), *strata])
                    (one,) = result["results"]
                    step, models = one["steps"][0], {model["model"]: model for model in one["models"]}
                    self.assertEqual((one["n"], one["events"], step["df"]),
                                     (expect["n"], expect["nevent"], expect["df"]))
                    self.same(models["M0"]["log_likelihood"], expect["loglik_small"], 1e-9, name)
                    self.same(models["M2"]["log_likelihood"], expect["loglik_big"], 1e-9, name)
                    self.same(step["statistic"], expect["chisq"], 1e-9, name, scale=1)
                    self.same(step["p_value"], expect["p"], 1e-6, name)
                    self.same(models["M0"]["aic"], expect["AIC_small"], 1e-9, name)
                    self.same(models["M2"]["concordance"]["estimate"], expect["C_big"], 1e-10, name)
                    delta = step["delta_concordance"]
                    self.same(delta["estimate"], expect["delta_C"], 1e-10, name, scale=1)
                    self.same(delta["std_error"], expect["se_delta_C"], 1e-8, name)

    def test_optimism_with_the_resamples_of_r(self):
        ((name, (file, resamples), spec, expect),) = cases("demo_study/bootstrap", 1)
        result, _ = self.result(
            ["--clinical", file, "--endpoint", f"E:time={spec['time']},event={spec['event']}", "--base", "stage",
             "--factor", "stage:I-II,IIIA,IIIB", "--imaging", "diam_cm", "--resamples", resamples])
        model = result["results"][0]["models"][2]
        self.same(model["concordance_corrected"], expect["corrected_C_harrell"], 1e-8, name)
        self.same(model["calibration_slope_corrected"], expect["corrected_slope"], 1e-7, name)
        self.assertEqual(result["config"]["resamples"], "boot200.csv")


@needs_data
class Verdicts(SurvivalTest):
    program, command = PROGRAM, "compare"

    def verdicts(self, flags, command=None):
        result, _ = self.result(f"{TABLES} {flags}", command=command)
        return {one["endpoint"]: (one["verdict"], one["text"]) for one in result["results"]}, result

    def test_the_demo_study(self):
        said, result = self.verdicts(f"{LR} {OS} {DM} {STAGE} --imaging {DIAMETER} --bootstrap 20")
        self.assertEqual(list(said), ["LR", "OS", "DM"])
        self.assertEqual([verdict for verdict, _ in said.values()],
                         ["added_value", "no_evidence", "no_evidence"])
        self.assertIn("adds to", said["LR"][1])
        self.assertIn("volume would do as well was not tested", said["LR"][1])
        self.assertIn("no evidence", said["OS"][1])
        for one in result["results"]:
            self.assertIn("one of 3 tests", one["text"])
            self.assertFalse(one["steps"][0]["delta_concordance"]["reliable"])
        report = (self.folder / "out/report.md").read_text()
        self.assertNotIn("DEMO0", report)
        self.assertIn("unreliable where the step adds nothing", report)

    def test_volume_is_the_rival(self):
        said, result = self.verdicts(f"{LR} {STAGE} --imaging {DIAMETER} --volume {VOLUME} --horizon 24")
        self.assertEqual(said["LR"][0], "volume_surrogate")
        self.assertIn("volume surrogate", said["LR"][1])
        self.assertNotIn("adds to", said["LR"][1])
        (one,) = result["results"]
        self.assertEqual([step["from"] + step["to"] for step in one["steps"]], ["M0M2", "M0M3", "M3M4"])
        self.assertAlmostEqual(one["steps"][2]["p_value"], 0.30, places=2)
        self.assertEqual({item["name"] for item in one["sensitivity"]}, {"base_ordinal", "volume_spline"})
        self.assertEqual(one["fine_gray"]["model"], "M2")
        self.assertEqual(one["steps"][0]["horizons"][0]["time"], 24)

    def test_a_choice_made_on_the_data_has_no_p(self):
        said, result = self.verdicts(f"{LR} {STAGE} --imaging {DIAMETER} --bootstrap 20 --data-driven")
        self.assertEqual(said["LR"][0], "resampled_only")
        self.assertIsNone(result["results"][0]["steps"][0]["p_value"])
        self.assertNotIn("p =", said["LR"][1])

    def test_same_bytes_on_any_threads(self):
        flags = f"{TABLES} {LR} {STAGE} --imaging {DIAMETER} --volume {VOLUME} --horizon 12,24"
        self.same_bytes_on_any_threads(flags)

    def test_volume_check_with_controls(self):
        with open(DEMO / "features.csv", newline="") as file:
            header, *rows = list(csv.reader(file))
        texture = [j for j, name in enumerate(header) if "shape" not in name and j > 0]
        shuffled = [row[:] for row in rows]
        for j in texture:
            cells = [row[j] for row in shuffled]
            random.Random(j).shuffle(cells)
            for row, cell in zip(shuffled, cells):
                row[j] = cell
        with open(self.folder / "f.csv", "w", newline="") as file:
            csv.writer(file).writerows([["Control", *header], *[["", *row] for row in rows],
                                        *[["shuffle-roi", *row] for row in shuffled]])
        result, _ = self.result(f"--clinical {DEMO}/clinical.csv --features f.csv {LR} {STAGE} --volume {VOLUME} "
                                f"--diameter {DIAMETER} --imaging original_firstorder_Entropy --bootstrap 50",
                                command="volume-check")
        (one,) = result["results"]
        self.assertEqual(one["n"], 105, "the rows of the control are no patients")
        self.assertEqual([control["control"] for control in one["controls"]], ["shuffle-roi"])
        self.assertLess(one["controls"][0]["delta_concordance"]["conf_low"],
                        one["controls"][0]["delta_concordance"]["conf_high"])
        surrogates = {item["feature"] for item in one["features"] if item["volume_surrogate"]}
        self.assertIn("original_shape_VoxelVolume", surrogates)
        self.assertNotIn("original_glcm_Noise1", surrogates)
        ((_, _, _, expect),) = [case for case in cases("demo_study/redundancy", 2)
                                if case[0] == "demo_volume_spearman"]
        rho = {item["feature"]: item["rho_volume"] for item in one["features"]}
        for feature, value in zip(expect["features"], expect["rho"]):
            self.same(rho[feature], value, 1e-10, feature, scale=1)

    def test_volume_check_as_in_r(self):
        entropy = "original_firstorder_Entropy"
        result, _ = self.result(f"{TABLES} {OS} --volume {VOLUME} --diameter {DIAMETER} "
                                f"--imaging {entropy},{DIAMETER} --bootstrap 0", command="volume-check")
        (one,) = result["results"]
        score = one["score"]  # the numbers: coxph of R's survival 3.5-3
        for key, value in (("rho_volume", 0.76832884097), ("rho_diameter", 0.689788513373),
                           ("r2_volume", 0.414747456804)):
            self.same(score[key], value, 1e-8, key, scale=1)
        def ratio(found, *values):
            for key, value in zip(("estimate", "conf_low", "conf_high"), values):
                self.same(found[key], value, 1e-8, key, scale=1)
        ratio(score["per_sd"], 1.27538920449, 1.0232873258, 1.58960008779)
        ratio(score["per_sd_beside_volume"], 1.194901929546, 0.870894176458, 1.639453632634)
        self.assertEqual(score["beyond_volume"]["df"], 2)
        self.same(score["beyond_volume"]["statistic"], 1.703665115282, 1e-8, "LR", scale=1)
        self.same(score["beyond_volume"]["p_value"], 0.426632386698, 1e-8, "p", scale=1)
        for found, values in zip(score["tertiles"], ((1.0222977196, 0.576097833689, 1.81408879946),
                                                     (1.9649321095, 1.1683238332, 3.30469865051),
                                                     (0.923450035783, 0.51086942744, 1.66923272911))):
            ratio(found, *values)
        (of_entropy,) = [item for item in one["features"] if item["feature"] == entropy]
        ratio(of_entropy["tertiles"][1], 1.97606584079, 1.17037317988, 3.33640267417)
        row = [row for row in self.rows("volume_features.csv") if row["feature"] == entropy][0]
        self.same(float(row["hazard_ratio_middle"]), 1.97606584079, 1e-8, "per SD over all patients", scale=1)

    def test_outcomes_are_no_features(self):
        draw = random.Random(3)
        rows = [f"{i},{draw.expovariate(1) + 0.01!r},{int(i % 4 < 3)},{draw.uniform(1, 9)!r},{draw.gauss(0, 1)!r},"
                f"{'' if i % 20 else 1.5}" for i in range(40)]
        self.write("one.csv", "id,t,e,volume,x,rare\n" + "\n".join(rows) + "\n")
        result, _ = self.result("--clinical one.csv --feature * --endpoint OS:time=t,event=e --volume volume --imaging x "
                                "--bootstrap 0", command="volume-check")
        (one,) = result["results"]
        self.assertEqual([item["feature"] for item in one["features"]], ["volume", "x", "rare"])
        rare = one["features"][2]  # two patients, of one value
        self.assertIsNone(rare["beyond_volume"]["p_value"])
        self.assertEqual([ratio["estimate"] for ratio in rare["tertiles"]], [None] * 3)

    def test_texts_of_controls(self):
        draw = random.Random(4)
        clinical, features = ["id,t,e"], ["Control,id,volume,x"]
        for i in range(40):
            x = draw.gauss(0, 1)
            clinical.append(f"{i},{draw.expovariate(2.7 ** x) + 0.01!r},{int(i < 37)}")
            features += [f",{i},{draw.uniform(1, 9)!r},{x!r}", f"shuffle,{i},{draw.uniform(1, 9)!r},{draw.gauss(0, 1)!r}"]
            if i >= 37:  # nobody of this control has the event
                features.append(f"censored,{i},2,{draw.gauss(0, 1)!r}")
        self.write("c.csv", "\n".join(clinical) + "\n")
        self.write("f.csv", "\n".join(features) + "\n")
        result, _ = self.result("--clinical c.csv --features f.csv --endpoint OS:time=t,event=e --volume volume "
                                "--imaging x --bootstrap 50", command="volume-check")
        (one,) = result["results"]
        by_name = {control["control"]: control for control in one["controls"]}
        self.assertGreater(by_name["shuffle"]["delta_concordance"]["conf_low"], 0)
        self.assertIsNone(by_name["censored"]["delta_concordance"]["estimate"])
        self.assertIn("what the voxels hold counts", one["control_text"])
        self.assertIn("'censored' no difference", one["control_text"], "nothing is claimed")


@needs_data
class Refusals(SurvivalTest):
    program, command = PROGRAM, "compare"

    def test_what_makes_no_sense(self):
        base = f"{TABLES} {OS} {STAGE}"
        self.refused(f"{base} --imaging nothing", "column_not_found", "'nothing'")
        self.refused(f"{base} --imaging {DIAMETER} --volume original_glcm_Noise1", "invalid_argument",
                     "features.csv:", "has no logarithm")
        self.refused(f"{base}", "usage", "--imaging", code=64)
        self.write("few.csv", "1,2,500\n")
        self.refused(f"{base} --imaging {DIAMETER} --resamples few.csv", "invalid_argument", "few.csv:1", "'500'")


if __name__ == "__main__":
    unittest.main()
