"""Runs whole command lines of `radiomics survival screen`: numbers of R, awkward tables, texts.

usage: survival_screen_test.py PROGRAM"""
import csv
import math
import unittest

from survival_cases import DATA, SurvivalTest, cases_by_id, needs_data, program

PROGRAM = program()

ADJUSTED = {"bh": "p_BH", "by": "p_BY", "holm": "p_holm", "bonferroni": "p_bonferroni"}
BAD = "--endpoint OS:time=time,event=event"


def column(file, name):
    with open(file, newline="") as table:
        cells = [row[name] for row in csv.DictReader(table)]
    return [float(cell) for cell in cells if cell not in ("", "NA")]


def sample_sd(values):
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


class Screen(SurvivalTest):
    program = PROGRAM
    command = "screen"

    def flags(self, names):
        return [word for name in names for word in ("--feature", name)]


@needs_data
class EqualToR(Screen):
    def compare(self, case, folder):
        spec, expect, file = case["spec"], case["expect"], folder / "data" / case["data"]
        adjust = [] if not spec["adjust"] else ["--covariates", ",".join(spec["adjust"])]
        factors = ["--factor", "stage"] if "stage" in (spec["adjust"] or []) else []
        result, _ = self.result(["--clinical", file, "--endpoint",
                                 f"OS:time={spec['time']},event={spec['event']}",
                                 *self.flags(spec["features"]), *adjust, *factors, "--ties", spec["ties"]])
        features = result["results"][0]["features"]
        self.assertEqual([one["feature"] for one in features], expect["feature"])
        for j, one in enumerate(features):
            what = f"{case['id']} {one['feature']}"
            self.assertEqual((one["n"], one["events"], one["status"]),
                             (expect["n"][j], expect["nevent"][j], "ok"), what)
            # R divided by the deviation of all values, ours is that of the rows of the fit.
            sd = sample_sd(column(file, one["feature"]))
            if expect["n"][j] == len(column(file, one["feature"])):
                self.same(one["per_sd"]["unit"], sd, 1e-12, what)
                self.same(one["per_sd"]["hazard_ratio"]["estimate"], expect["HR"][j], 1e-8, what)
            se = expect["se"][j]
            self.same(one["estimate"] * sd, expect["coef"][j], 1e-8, what, se)
            self.same(one["std_error"] * sd, se, 1e-8, what)
            self.same(one["p_value"], expect["p_wald"][j], 1e-6, what)
            self.same(one["concordance"], expect["C"][j], 1e-10, what)
            if not adjust:  # R's is the test of the whole model
                self.same(one["p_value_lr"], expect["p_lr_model"][j], 1e-6, what)
            for ours, theirs in ADJUSTED.items():
                self.same(one["p_adjusted"][ours], expect[theirs][j], 1e-6, f"{what} {ours}")

    def test_screen(self):
        for folder in (DATA, DATA / "demo_study"):
            for name, case in cases_by_id(f"{folder}/screen", 3).items():
                with self.subTest(name):
                    self.compare(case, folder)

    def test_redundancy(self):
        found = {**cases_by_id("redundancy", 2), **cases_by_id("demo_study/redundancy", 2)}
        volume = found.pop("demo_volume_spearman")
        for name, case in found.items():
            folder = DATA / "demo_study" if name.startswith("demo") else DATA
            endpoint = "os_months,event=os_event" if folder != DATA else "time,event=event"
            spec, expect = case["spec"], case["expect"]
            common = ["--clinical", folder / "data" / case["data"], "--endpoint", f"OS:time={endpoint}",
                      *self.flags(spec["features"]), "--redundancy", str(spec["threshold"])]
            for linkage in ("average", "complete", "single", "greedy"):
                with self.subTest(name, linkage=linkage):
                    result, _ = self.result([*common, "--linkage", linkage])
                    found_names = [one["feature"] for one in result["results"][0]["features"]]
                    redundancy = result["results"][0]["redundancy"]
                    if linkage == "greedy":
                        wanted = expect["greedy_keep_in_given_order"]
                        self.assertEqual(redundancy["kept"],
                                         [one for one in found_names if one in wanted])
                        continue
                    number = {feature: cluster["cluster"] for cluster in redundancy["clusters"]
                              for feature in cluster["features"]}
                    first_seen = {}  # ours are numbered in the order of the table
                    for feature in spec["features"]:
                        first_seen.setdefault(number[feature], len(first_seen) + 1)
                    self.assertEqual([first_seen[number[feature]] for feature in spec["features"]],
                                     expect[f"cutree_{linkage}"])
            with open(self.folder / "out/correlation.csv", newline="") as file:
                rows = {row["feature"]: row for row in csv.DictReader(file)}
            for i, one in enumerate(spec["features"]):
                for j, other in enumerate(spec["features"]):
                    # Near 0 the rounding of sums of ranks remains: an absolute 1e-12.
                    self.same(float(rows[one][other]), expect["spearman"][i][j], 1e-12,
                                      f"{one} {other}", 1)
        self.volume(volume)

    def volume(self, case):
        folder = DATA / "demo_study/data"
        result, _ = self.result(["--clinical", folder / "clinical.csv", "--features", folder / "features.csv",
                                 "--endpoint", "OS:time=os_months,event=os_event",
                                 "--volume", case["spec"]["volume"]])
        rho = {one["feature"]: one for one in result["results"][0]["features"]}
        for feature, expected in zip(case["expect"]["features"], case["expect"]["rho"]):
            self.same(rho[feature]["rho_volume"], expected, 1e-12, feature, 1)
            self.assertEqual(rho[feature]["volume_surrogate"], abs(expected) > 0.8)

    def test_edges(self):
        bad = ["--clinical", DATA / "data/lung_bad.csv", "--endpoint", "OS:time=time,event=event"]
        edges = cases_by_id("edge_cox", 16)
        result, messages = self.result([*bad, "--feature", "const", "--feature", "age"])
        const, age = sorted(result["results"][0]["features"], key=lambda one: one["status"])
        self.assertEqual((const["feature"], const["status"]), ("const", "aliased"))
        self.assertIsNone(const["p_value_lr"])
        self.assertIn("radiomics: warning: constant: OS: 'const'", messages)
        self.same(age["estimate"], edges["edge_constant"]["expect"]["coef"][1], 1e-8)
        result, _ = self.result([*bad, "--feature", "age2", "--covariates", "age"])
        (collinear,) = result["results"][0]["features"]
        self.assertEqual((collinear["status"], collinear["estimate"]), ("aliased", None))
        result, _ = self.result([*bad, "--feature", "wt.loss", "--covariates", "age"])
        (missing,) = result["results"][0]["features"]
        expect = edges["edge_missing"]["expect"]
        self.assertEqual((missing["n"], missing["events"]), (expect["n"], expect["nevent"]))
        self.same(missing["estimate"], expect["coef"][1], 1e-8, scale=expect["se"][1])
        result, messages = self.result(["--clinical", DATA / "data/sep20.csv", "--endpoint",
                                        "OS:time=time,event=event", "--feature", "x"])
        (infinite,) = result["results"][0]["features"]
        self.assertEqual((infinite["status"], infinite["p_value"], infinite["hazard_ratio"]["estimate"]),
                         ("infinite", None, None))
        self.assertLess(infinite["p_value_lr"], 0.01)
        self.assertIn("radiomics: warning: infinite_coefficient: ", messages)


@needs_data
class AwkwardTables(Screen):
    def tables(self, case):
        folder = DATA / "badinput" / case
        return f"--clinical {folder}/clinical.csv --features {folder}/features.csv {BAD}"

    def warned(self, case, flags=""):
        result, _ = self.result(f"{self.tables(case)} {flags}")
        return result["results"][0], [warning["code"] for warning in result["warnings"]]

    def test_warnings(self):
        expected, codes = self.warned("00_clean")
        self.assertEqual(codes, [])
        for case in ("01_bom_crlf_quotes", "02_shuffled_clinical", "13_text_in_numeric"):
            self.assertEqual(self.warned(case), (expected, []), case)
        constant, codes = self.warned("15_constant_feature")
        self.assertEqual(codes, ["constant"])
        self.assertEqual([one["status"] for one in constant["features"]].count("aliased"), 1)
        twins, codes = self.warned("16_duplicate_feature")
        self.assertEqual(codes, ["duplicate_feature"])
        self.assertEqual(len(twins["features"]), 4)
        self.assertEqual(len(twins["redundancy"]["kept"]), 3)
        many, codes = self.warned("27_p_gt_events")
        self.assertEqual(codes, ["too_many_parameters"])
        self.assertEqual((len(many["features"]), many["tests"]), (63, 63))
        self.assertEqual(self.warned("14_inf_feature", "--nonfinite=missing")[1][0], "missing_values")

    def test_refusals(self):
        self.refused(self.tables("14_inf_feature"), "nonfinite", "features.csv:7:original_shape_MeshVolume")
        self.refused(self.tables("17_no_events"), "no_events", "OS: no events")
        self.refused(self.tables("00_clean") + " --volume volume", "column_not_found", "'volume'")
        self.refused(self.tables("00_clean") + " --linkage ward", "usage", code=64)


@needs_data
class Texts(Screen):
    def demo(self, flags, output="out"):
        folder = DATA / "demo_study/data"
        return self.result(f"--clinical {folder}/clinical.csv --features {folder}/features.csv {flags} "
                           "--endpoint DM:time=dm_months,event=dm_event "
                           "--endpoint OS:time=os_months,event=os_event "
                           "--volume original_shape_MeshVolume", output=output)[0]

    def test_elongation_is_left_to_chance(self):
        """It reaches 0.047 for distant metastasis, one of 16 tests."""
        distant, survival = self.demo("")["results"]
        elongation = next(one for one in distant["features"] if one["feature"].endswith("Elongation"))
        self.assertLess(elongation["p_value"], 0.05)
        self.assertGreater(elongation["p_adjusted"]["bh"], 0.5)
        for result in (distant, survival):
            self.assertIn("16 features tested", result["text"])
            self.assertIn("about 0.8 would fall below p = 0.05 by chance", result["text"])
            self.assertIn("no evidence", result["text"])
            self.assertIn("volume surrogate", result["text"])
        report = (self.folder / "out/report.md").read_text()
        page = (self.folder / "out/report.html").read_text()
        for text in (report, page):
            self.assertNotIn("DEMO0", text)
            self.assertNotIn("prognostic", text)
        family = self.demo("--family all")["results"]
        self.assertEqual([result["family_tests"] for result in family], [32, 32])

    def test_same_bytes_for_any_threads(self):
        self.demo("--threads 1", "one")
        self.demo("--threads 4", "four")
        self.same_files("one", "four")
        names = {path.name for path in (self.folder / "one").iterdir()}
        self.assertEqual(names, {"screen_DM.svg", "screen_OS.svg", "volume.svg", "screen.csv", "correlation.csv",
                                 "report.md", "report.html", "result.json"})

    def test_stability_file(self):
        self.write("s.csv", "feature,icc,low,keep\noriginal_shape_VoxelVolume,0.99,0.98,true\n"
                            "original_shape_MeshVolume,0.9,0.7,false\n")
        clusters = self.demo("--stability s.csv")["results"][0]["redundancy"]["clusters"]
        self.assertEqual(clusters[0]["kept"], "original_shape_VoxelVolume")
        self.assertIn("not repeatable", (self.folder / "out/report.md").read_text())


if __name__ == "__main__":
    unittest.main()
