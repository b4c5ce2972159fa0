"""Runs whole command lines of `radiomics survival cox`; every case of R through the program.

usage: survival_cox_test.py PROGRAM"""
import csv
import unittest
import xml.etree.ElementTree

from survival_cases import DATA, SurvivalTest, cases, needs_data, number, program

PROGRAM = program()

# Of the README of the data: coefficients, errors, p, hazards 1e-8; log-likelihoods 1e-9; tests of
# proportional hazards, covariances, residuals 1e-7; counts of pairs 1e-10.
FIT, LIKELIHOOD, MATRIX, COUNT = 1e-8, 1e-9, 1e-7, 1e-10
PAIRS = {"concordant": "concordant", "discordant": "discordant", "tied_risk": "tied_x", "tied_time": "tied_y",
         "tied_both": "tied_xy"}


def flags_of(table, spec, covariates="covariates"):
    """The command line for the spec of a case."""
    flags = ["--clinical", table, "--endpoint", f"OS:time={spec['time']},event={spec['event']}",
             "--covariates", ",".join(spec[covariates]), "--ties", spec.get("ties", "efron")]
    for name, levels in (spec.get("factors") or {}).items():
        flags += ["--factor", f"{name}:{','.join(levels)}"]
    for key in ("strata", "cluster"):
        if spec.get(key):
            flags += [f"--{key}", spec[key]]
    return flags


def column(terms, key):
    return [term[key] for term in terms]


class CoxTest(SurvivalTest):
    program, command = PROGRAM, "cox"

    def fitted(self, flags, code=0):
        """The only result of a run."""
        return self.result(flags, code)[0]["results"][0]

    def same_test(self, ours, stat, df, p, tolerance, what):
        self.same(ours["statistic"], stat, tolerance, f"{what} statistic")
        self.assertEqual(ours["df"], df, what)
        # A relative error of the statistic is one of about half the statistic times that in p.
        self.same(ours["p_value"], p, tolerance * (1 + abs(number(stat) or 0)), f"{what} p")


@needs_data
class AsInR(CoxTest):
    def same_terms(self, ours, expected, what):
        terms = ours["terms"]
        self.assertEqual(column(terms, "term"), expected["names"], what)
        self.all_same(column(terms, "estimate"), expected["coef"], FIT, f"{what} coef")
        self.all_same(column(terms, "std_error"), expected["se"], FIT, f"{what} se")
        self.all_same(column(terms, "statistic"), expected["z"], 2 * FIT, f"{what} z")
        for term, p, z in zip(terms, expected["p"], expected["z"]):
            self.same(term["p_value"], p, 2 * FIT * (1 + z * z), f"{what} p")
        ratios = column(terms, "hazard_ratio")
        self.all_same(column(ratios, "estimate"), expected["HR"], FIT, f"{what} HR")
        self.all_same(column(ratios, "conf_low"), expected["HR_ci95"]["lower"], FIT, f"{what} lower")
        self.all_same(column(ratios, "conf_high"), expected["HR_ci95"]["upper"], FIT, f"{what} upper")
        self.all_same(column(terms, "mean"), expected["means"], COUNT, f"{what} means")
        if expected["vif"]:
            self.all_same(column(terms, "vif"), expected["vif"], MATRIX, f"{what} vif")
        for row, reference in zip(ours["vcov"], expected["vcov"]):
            self.all_same(row, reference, MATRIX, f"{what} vcov")

    def same_scaled_terms(self, ours, what):
        """Per SD and per IQR are the term times their unit."""
        for term in ours["terms"]:
            self.assertEqual(term["per_sd"] is None, term["level"] is not None, what)
            for scaled in (term["per_sd"], term["per_iqr"]):
                if scaled:
                    self.same(scaled["estimate"], term["estimate"] * scaled["unit"], 1e-14, what)
                    self.same(scaled["std_error"], term["std_error"] * scaled["unit"], 1e-14, what)

    def same_measures(self, ours, expected, what):
        self.assertEqual((ours["n"], ours["events"]), (expected["n"], expected["nevent"]), what)
        for key, reference in (("log_likelihood_null", "loglik_null"), ("log_likelihood", "loglik"),
                               ("aic", "AIC"), ("bic", "BIC_nevent"), ("r2_cox_snell", "R2_coxsnell"),
                               ("r2_nagelkerke", "R2_nagelkerke")):
            self.same(ours[key], expected[reference], LIKELIHOOD, f"{what} {key}")
        # A difference: its error is that of LR, of the size of df and not of itself.
        lr = expected["LR"]
        self.same(ours["shrinkage"], expected["heuristic_shrinkage"], LIKELIHOOD, what, 1 + lr["df"] / lr["stat"])
        for key, reference, tolerance in (("likelihood_ratio", "LR", LIKELIHOOD), ("wald", "Wald", FIT),
                                          ("score", "Score", FIT)):
            one = expected[reference]
            self.same_test(ours["tests"][key], one["stat"], one["df"], one["p"], tolerance, f"{what} {key}")
        concordance, reference = ours["concordance"], expected["concordance"]
        self.same(concordance["estimate"], reference["C"], COUNT, f"{what} C")
        self.same(concordance["std_error"], reference["se"], 1e-6, f"{what} se of C")
        for key, name in PAIRS.items():
            self.assertEqual(concordance[key], reference[name], f"{what} {key}")

    def same_hazards(self, ours, expected, what):
        tests = {one["transform"]: one for one in ours["ph_test"]}
        for name, reference in expected.items():
            one = tests["km" if name == "km_by_term" else name]
            rows = one["variables" if name == "km_by_term" else "terms"] + [one["global"]]
            self.assertEqual(len(rows), len(reference["rows"]), what)
            for row, stat, df, p in zip(rows, reference["chisq"], reference["df"], reference["p"]):
                self.same_test(row, stat, df, p, MATRIX, f"{what} zph {name}")

    def same_baseline(self, ours, expected, what):
        curve = ours["baseline"]
        strata = curve["stratum"] or [None] * len(curve["time"])
        at = {(stratum, f"{time:.9g}"): i for i, (stratum, time) in enumerate(zip(strata, curve["time"]))}
        for i, time in enumerate(expected["time"]):
            stratum = expected["strata"][i] if "strata" in expected else None
            k = at[stratum, f"{time:.9g}"]
            self.same(curve["hazard_zero"][k], expected["H0_x0"][i], FIT, f"{what} H0(0)")
            self.same(curve["hazard_mean"][k], expected["H0_mean"][i], FIT, f"{what} H0(mean)")

    def same_residuals(self, expected, what):
        rows = self.rows("residuals.csv")
        for key, name in (("linear_predictor", "lp_uncentered"), ("linear_predictor_centered", "lp_centered"),
                          ("expected", "expected"), ("martingale", "martingale"), ("deviance", "deviance")):
            first = expected["first10"][name]
            # A residual is a difference of numbers of the size of 1.
            self.all_same([float(row[key]) for row in rows[:len(first)]], first, MATRIX, f"{what} {key}", 1)
        self.same(sum(abs(float(row["martingale"])) for row in rows), expected["sum_abs_martingale"], MATRIX, what)

    def same_predictions(self, flags, expected, what):
        new = expected["newdata"]
        text = ",".join(new) + "\n" + "".join(",".join(map(str, row)) + "\n" for row in zip(*new.values()))
        self.write("new.csv", text)
        times = ",".join(map(str, expected["times"]))
        ours = self.fitted([*flags, "--newdata", "new.csv", "--horizon", times])["predictions"]
        self.all_same(column(ours, "risk"), expected["risk_score_exp_lp_sample"], FIT, f"{what} risk")
        for key, name in (("estimate", "surv"), ("std_error", "se"), ("conf_low", "lower_log95"),
                          ("conf_high", "upper_log95")):
            for one, reference in zip(ours, expected[name]):
                self.all_same(column(one["horizons"], key), reference, MATRIX, f"{what} {key}")

    def test_models(self):
        for kind, count in (("cox", 15), ("demo_study/cox", 7)):
            for name, (table,), spec, expected in cases(kind, count):
                with self.subTest(name):
                    flags = flags_of(table, spec)
                    ours = self.fitted(flags)
                    self.same_terms(ours, expected, name)
                    self.same_scaled_terms(ours, name)
                    self.same_measures(ours, expected, name)
                    self.same_hazards(ours, expected.get("zph") or {}, name)
                    if "baseline" in expected:
                        self.same_baseline(ours, expected["baseline"], name)
                        self.same_residuals(expected, name)
                    if "naive_se" in expected:
                        self.all_same(column(ours["terms"], "naive_std_error"), expected["naive_se"], FIT, name)
                        self.same(ours["tests"]["robust_score"]["statistic"], expected["robust_score"], MATRIX, name)
                    limits = self.fitted([*flags, "--conf", "0.8"])["terms"]
                    for key, side in (("conf_low", "lower"), ("conf_high", "upper")):
                        self.all_same(column(column(limits, "hazard_ratio"), key), expected["HR_ci80"][side], FIT, name)
                    self.assertEqual(column(limits, "p_value"), column(ours["terms"], "p_value"), name)
                    if "predict" in expected:
                        self.same_predictions(flags, expected["predict"], name)

    def test_edge_cases(self):
        infinite = {"edge_monotone_separation": ["x"], "edge_group_all_censored_cox": ["gC"],
                    "edge_missing_everywhere": ["x"]}
        # At 1e8 the input itself is rounded to 1e-8 of its spread.
        rounding = {"edge_offset_1e8": 1e-6}
        for name, (table,), spec, expected in cases("edge_cox", 16):
            with self.subTest(name):
                flags = flags_of(table, {**spec, "factors": {"g": ["A", "B", "C"]} if spec["covariates"] == ["g"] else {}})
                if name == "edge_negative_time":
                    self.refused(flags, "negative_time", "zero_negative_time.csv:")
                    continue
                if name == "edge_no_events":
                    self.refused(flags, "no_events")
                    continue
                if name == "edge_zero_time":
                    with open(table, newline="") as file:
                        kept = [row for row in csv.reader(file) if not row[1].startswith("-")]
                    self.write("zero.csv", "".join(",".join(row) + "\n" for row in kept))
                    flags = flags_of("zero.csv", spec)
                ours = self.fitted(flags)
                self.assertEqual((ours["n"], ours["events"]), (expected["n"], expected["nevent"]))
                self.assertEqual(ours["n_missing"], expected["n_dropped_missing"])
                tolerance = rounding.get(name, 1e-7)  # R's fits here stop at 1e-9 of the likelihood
                for term, coef, se in zip(ours["terms"], expected["coef"], expected["se"]):
                    if term["term"] in infinite.get(name, []):
                        self.assertEqual((term["status"], term["estimate"], term["p_value"]), ("infinite", None, None))
                    elif coef is None:
                        self.assertEqual((term["status"], term["estimate"]), ("aliased", None))
                    elif name not in infinite:
                        self.assertEqual(term["status"], "ok")
                        self.same(term["estimate"], coef, tolerance, name)
                        self.same(term["std_error"], se, tolerance, name)
                if name != "edge_missing_everywhere":  # R: -6e-9 where the limit is 0
                    for key, reference in zip(("log_likelihood_null", "log_likelihood"), expected["loglik"]):
                        # Where a term is infinite ours is the limit, R's is where it stopped.
                        self.same(ours[key], reference, 1e-8 if name in infinite or name in rounding else LIKELIHOOD, name)

    def test_nested_models(self):
        for kind, count in (("nested_lrt", 3), ("demo_study/nested_lrt", 4)):
            for name, (table,), spec, expected in cases(kind, count):
                with self.subTest(name), open(table, newline="") as file:
                    rows = list(csv.DictReader(file))
                    needed = [spec["time"], spec["event"], *spec["small"], *spec["big"]]
                    with open(self.folder / "complete.csv", "w", newline="") as out:
                        writer = csv.DictWriter(out, rows[0].keys())
                        writer.writeheader()
                        writer.writerows(row for row in rows if not {"NA", ""} & {row[key] for key in needed})
                    small = self.fitted(flags_of("complete.csv", spec, "small"))
                    big = self.fitted(flags_of("complete.csv", spec, "big"))
                    self.assertEqual((small["n"], big["n"]), (expected["n"], expected["n"]))
                    for ours, part in ((small, "small"), (big, "big")):
                        self.same(ours["log_likelihood"], expected[f"loglik_{part}"], LIKELIHOOD, name)
                        self.same(ours["aic"], expected[f"AIC_{part}"], LIKELIHOOD, name)
                        self.same(ours["concordance"]["estimate"], expected[f"C_{part}"], COUNT, name)
                    # The difference of two log-likelihoods, each to 1e-9 of itself.
                    self.same(2 * (big["log_likelihood"] - small["log_likelihood"]), expected["chisq"], LIKELIHOOD,
                              name, 2 * abs(expected["loglik_big"]))
                    self.assertEqual(len(big["terms"]) - len(small["terms"]), expected["df"])

    def test_splines(self):
        for name, (table,), spec, expected in cases("rcs", 1):
            spec = {**spec, "covariates": [spec["x"], spec["adjust"]]}
            ours = self.fitted([*flags_of(table, spec), "--spline", f"{spec['x']}:{spec['nk']}"])
            self.assertEqual(column(ours["terms"], "term"), ["age", "age'", "age''", "ph.karno"])
            self.all_same(column(ours["terms"], "estimate"), expected["coef"], MATRIX, name)
            self.same(ours["log_likelihood"], expected["loglik_rcs"], LIKELIHOOD, name)
            (spline,) = ours["splines"]
            self.assertEqual(spline["variable"], "age")
            self.all_same(spline["knots"], expected["knots"], COUNT, name)
            lr = expected["nonlinearity_LR"]
            self.same_test(spline["nonlinearity"], lr["stat"], lr["df"], lr["p"], MATRIX, name)

    def test_firth(self):
        for name, (table,), spec, expected in cases("firth", 2):
            with self.subTest(name):
                factors = {"sex": ["male", "female"]} if "sex" in spec["covariates"] else {}
                ours = self.fitted([*flags_of(table, {**spec, "ties": "breslow", "factors": factors}), "--firth"])
                terms = ours["terms"]
                self.assertEqual(column(terms, "term"), expected["names"])
                self.all_same(column(terms, "estimate"), expected["coef"], 1e-5, name)
                self.all_same(column(terms, "std_error"), expected["se"], 1e-5, name)
                ratios = column(terms, "hazard_ratio")
                self.all_same(column(ratios, "conf_low"), expected["HR_profile_lower95"], 1e-5, name)
                self.all_same(column(ratios, "conf_high"), expected["HR_profile_upper95"], 1e-5, name)
                # A relative error of the statistic is one of about half the statistic (20) times that in p.
                self.all_same(column(terms, "p_value"), expected["p_penalised_LR"], 2e-4, name)
                self.all_same([ours["log_likelihood_null"], ours["log_likelihood"]], expected["penalised_loglik"], 1e-5, name)
                self.assertEqual((ours["ties"], ours["ph_test"]), ("breslow", []))

    def test_pooling(self):
        for name, tables, spec, expected in cases("rubin", 1):
            flags = ["--imputed", ",".join(map(str, tables)), "--endpoint", "OS:time=time,event=event",
                     "--covariates", ",".join(expected["names"])]
            result, _ = self.result(flags)
            terms = result["results"][0]["terms"]
            for key, reference in (("estimate", "qbar"), ("std_error", "se"), ("fraction_missing", "fmi_lambda"),
                                   ("df", "df_rubin"), ("p_value", "p_t")):
                # lambda and df hold the variance between the fits: a difference of coefficients.
                self.all_same(column(terms, key), expected[reference], MATRIX if key in ("fraction_missing", "df") else FIT,
                              f"{name} {key}")
            self.assertEqual(column(result["inputs"], "file"), [table.name for table in tables])

    def test_bootstrap(self):
        for kind in ("bootstrap", "demo_study/bootstrap"):
            for name, (table, resamples), spec, expected in cases(kind, 1):
                factor = {"stage": ["I", "II", "III"] if kind == "bootstrap" else ["I-II", "IIIA", "IIIB"]}
                ours = self.fitted([*flags_of(table, {**spec, "factors": factor}), "--resamples", resamples])["bootstrap"]
                self.assertEqual(ours["resamples"], spec["B"])
                for key, reference in (("apparent", "apparent_C"), ("optimism", "optimism"),
                                       ("corrected", "corrected_C_harrell"), ("out_of_bag", "oob_mean"),
                                       ("est_632", "est_632"), ("est_632plus", "est_632plus")):
                    self.same(ours[key], expected[reference], COUNT, f"{name} {key}", 1)
                self.same(ours["corrected_slope"], expected["corrected_slope"], FIT, name)
                for key, reference in (("train", "train"), ("test", "test"), ("out_of_bag", "oob")):
                    self.all_same(ours["per_resample"][key], expected["per_boot"][reference], COUNT, f"{name} {key}")
                self.all_same(ours["per_resample"]["slope"], expected["per_boot"]["slope"], FIT, name, 1)

    def test_cross_validation(self):
        for name, (table,), spec, expected in cases("cv", 1):
            ours = self.fitted([*flags_of(table, {**spec, "factors": {"stage": ["I", "II", "III"]}}),
                                "--folds", spec["foldid"]])["cross_validation"]
            for fold in ours["folds"]:
                reference = expected["per_fold"][f"fold{fold['fold']}"]
                self.assertEqual((fold["n"], fold["events"]), (reference["n"], reference["events"]))
                self.same(fold["concordance"], reference["C"], COUNT, name)
            self.assertEqual(len(ours["folds"]), len(expected["per_fold"]))
            for key, reference in (("mean", "mean_C"), ("pooled", "pooled_C"), ("stratified", "stratified_by_fold_C")):
                self.same(ours[key], expected[reference], COUNT, f"{name} {key}")


@needs_data
class Penalised(CoxTest):
    def flags(self, table, spec):
        flags = [*flags_of(table, spec, "features"), "--penalty-mix", str(spec["alpha"])]
        if not spec["standardize"]:
            flags.append("--no-standardize")
        if spec["penalty_factor"]:
            unpenalised = [f"{name}={weight}" for name, weight in zip(spec["features"], spec["penalty_factor"])
                           if weight != 1]
            flags += ["--penalty-factor", ",".join(unpenalised)]
        return flags

    def deviations(self, table, spec):
        """Of each feature, with 1/n: what makes a coefficient one on the standardised scale."""
        with open(table, newline="") as file:
            rows = list(csv.DictReader(file))
        scales = {}
        for name in spec["features"]:
            values = [float(row[name]) for row in rows]
            mean = sum(values) / len(values)
            scales[name] = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
        return scales

    def test_paths(self):
        for name, (table,), spec, expected in cases("coxnet", 6):
            with self.subTest(name):
                flags = self.flags(table, spec)
                path = self.fitted([*flags, "--lambda", ",".join(map(repr, expected["lambda"]))])["path"]
                self.assertEqual((path["lambda"], path["df"]), (expected["lambda"], expected["df"]))
                self.assertLessEqual(max(path["kkt"]), 1e-7)
                scales = self.deviations(table, spec)
                for ours, reference in zip(path["coefficients"], expected["coef"].values()):
                    for term in spec["features"]:
                        difference = ours.get(term, 0) - (reference or {}).get(term, 0)
                        self.assertLessEqual(abs(difference) * scales[term], 1e-5, f"{name} {term}")
                # Away from its maximum it moves with the coefficients, which are glmnet's to 1e-5.
                self.all_same(path["log_likelihood"], expected["loglik_breslow_unpenalised_objective"], 2e-7, name)

    def test_cross_validation_of_the_penalty(self):
        for name, (table,), spec, expected in cases("coxnet", 6):
            if "cv" not in expected:
                continue
            with self.subTest(name):
                ratio = str(expected["auto_path"]["lambda_min_ratio"])
                ours = self.fitted([*self.flags(table, spec), "--lambda-min-ratio", ratio,
                                    "--cv-folds", expected["cv"]["foldid"]])
                reference = expected["auto_path"]
                # glmnet fits the unpenalised terms, from which the path starts, to about 1e-8 of lambda.
                self.same(ours["path"]["lambda_max"], reference["lambda_max"], 2e-8, name)
                count = len(reference["lambda"])
                self.all_same(ours["cv"]["lambda"][:count], reference["lambda"], 2e-8, name)
                scores = [value for value in expected["cv"]["vvh_cvpl"]["value"] if number(value) is not None]
                self.all_same(ours["cv"]["cvpl"][:len(scores)], scores, 1e-6, name)
                self.same(ours["cv"]["lambda_best"], expected["cv"]["vvh_cvpl"]["argmax_lambda"], 2e-8, name)


@needs_data
class AwkwardTables(CoxTest):
    def flags(self, case, covariates="age", endpoint="OS:time=time,event=event"):
        folder = DATA / "badinput" / case
        return ["--clinical", folder / "clinical.csv", "--features", folder / "features.csv", "--endpoint", endpoint,
                "--covariates", covariates, "--factor", "stage"]

    def codes(self, result):
        return {warning["code"] for warning in result["warnings"]}

    def test_event_codes(self):
        expected = self.fitted(self.flags("00_clean", "age,stage"))
        self.refused(self.flags("09_event_code_2"), "event_code", "clinical.csv:7:event")
        for case, codes in (("10_event_coded_1_2", "event-value=2,censor-value=1"),
                            ("11_event_strings", "event-value=dead,censor-value=alive")):
            self.refused(self.flags(case), "event_code", "clinical.csv:")
            coded = self.fitted(self.flags(case, "age,stage", f"OS:time=time,event=event,{codes}"))
            self.assertEqual(coded, expected, case)

    def test_cells(self):
        self.refused(self.flags("13_text_in_numeric"), "not_numeric", "clinical.csv:", ":age", "'sixty'")

    def test_names_with_separators_stand_in_quotes(self):
        with open(DATA / "badinput/00_clean/clinical.csv", newline="") as file:
            rows = list(csv.reader(file))
        names = {"age": "Age, years", "time": "OS/months, all", "event": "dead=1", "stage": "stage: T, N"}
        stage = rows[0].index("stage")
        for row in rows[1:]:
            row[stage] = row[stage] + ", early" * (row[stage] == "I")
        rows[0] = [names.get(name, name) for name in rows[0]]
        with open(self.folder / "c.csv", "w", newline="") as file:
            csv.writer(file).writerows(rows)
        table = ["--clinical", "c.csv"]
        plain = self.fitted([*self.flags("00_clean", "age,stage")[:2], "--endpoint", "OS:time=time,event=event",
                             "--covariates", "age,stage", "--factor", "stage:I,II,IIIA,IIIB"])
        quoted = [*table, "--covariates", '"Age, years", "stage: T, N"', "--factor", '"stage: T, N":"I, early",II,IIIA,IIIB']
        ours = self.fitted([*quoted, "--endpoint", 'OS:time="OS/months, all",event=dead=1'])
        self.assertEqual(column(ours["terms"], "estimate"), column(plain["terms"], "estimate"))
        self.assertEqual(ours["terms"][0]["variable"], "Age, years")
        composed = self.fitted([*quoted, "--competing", 'OS="OS/months, all"/dead=1,death="OS/months, all"/dead=1'])
        self.assertEqual(column(composed["terms"], "estimate"), column(plain["terms"], "estimate"))
        self.refused([*table, "--endpoint", 'OS:time="OS/months, all",event=dead=1', "--covariates", "Age, years"],
                     "column_not_found", "c.csv: no column 'Age'", """did you mean '"Age, years"'?""")

    def test_columns_that_say_nothing(self):
        for case, code in (("15_constant_feature", "constant"), ("16_duplicate_feature", "aliased")):
            with open(DATA / "badinput" / case / "features.csv", newline="") as file:
                rows = list(csv.DictReader(file))
            names = [name for name in rows[0] if name != "PatientID"]
            values = {name: [row[name] for row in rows] for name in names}
            if code == "constant":
                pair = [names[0], next(name for name in names if len(set(values[name])) == 1)]
            else:
                pair = next([a, b] for i, b in enumerate(names) for a in names[:i] if values[a] == values[b])
            result, messages = self.result(self.flags(case, ",".join(pair)))
            self.assertIn(code, self.codes(result))
            self.assertIn(f"radiomics: warning: {code}: OS: '{pair[1]}'", messages)
            terms = result["results"][0]["terms"]
            self.assertEqual([term["status"] for term in terms], ["ok", "aliased"])
            self.assertIsNone(terms[1]["hazard_ratio"]["estimate"])

    def test_levels(self):
        result, messages = self.result(self.flags("18_stage_I_all_censored", "stage"))
        self.assertIn("infinite_coefficient", self.codes(result))
        self.assertIn("--firth gives a finite one", messages)
        statuses = {term["status"] for term in result["results"][0]["terms"]}
        self.assertIn("infinite", statuses)
        self.assertIn("not estimable", (self.folder / "out/report.md").read_text())
        firth = self.fitted([*self.flags("18_stage_I_all_censored", "stage"), "--firth"])
        self.assertTrue(all(term["hazard_ratio"]["conf_high"] for term in firth["terms"]))
        result, _ = self.result(self.flags("19_singleton_level", "stage"))
        self.assertIn("singleton_level", self.codes(result))

    def test_more_features_than_events(self):
        with open(DATA / "badinput/27_p_gt_events/features.csv", newline="") as file:
            names = [name for name in next(csv.reader(file)) if name != "PatientID"]
        self.refused(self.flags("27_p_gt_events", ",".join(names)), "too_many_parameters", "--force")


TABLE = """id,t,e,x,g,c,f
P1,5,1,1.0,a,1,1
P2,8,0,0.5,b,1,2
P3,3,1,2.0,a,2,1
P4,9,1,0.2,b,2,2
P5,12,0,0.1,b,3,1
P6,4,1,0.7,a,3,2
P7,7,1,1.1,b,1,1
P8,2,1,1.6,a,2,2
P9,10,0,0.4,a,3,1
P10,6,1,0.9,b,1,2
"""
OS = "--clinical c.csv --endpoint OS:time=t,event=e"


class CommandLine(CoxTest):
    def setUp(self):
        super().setUp()
        self.write("c.csv", TABLE)

    def test_files_and_bytes(self):
        self.write("new.csv", "x,g\n1,a\n0.3,b\n,a\n")
        flags = (f"{OS} --endpoint LR:time=t,event=e --covariates x,g --factor g --horizon 4,8 --bootstrap 30 --folds f "
                 "--newdata new.csv")
        self.same_bytes_on_any_threads(flags)
        names = {path.name for path in (self.folder / "one").iterdir()}
        self.assertEqual(names, {"cox_OS.svg", "cox_LR.svg", "schoenfeld_OS.svg", "schoenfeld_LR.svg", "residuals_OS.csv",
                                 "residuals_LR.csv", "cox_terms.csv", "ph_test.csv", "baseline.csv", "predictions.csv",
                                 "report.md", "report.html", "result.json"})
        rows = self.rows("predictions.csv", "one")
        self.assertEqual((len(rows), rows[4]["row"], rows[4]["estimate"]), (12, "3", "nan"))

    def test_a_spline_is_a_figure(self):
        rows = "".join(f"{1 + i * 7 % 50},{int(i % 4 > 0)},{i * 13 % 50 * 1e-3},{i * 11 % 50}\n" for i in range(50))
        self.write("s.csv", "t,e,volume,a/b\n" + rows)
        result, _ = self.result(["--clinical", "s.csv", "--endpoint", "OS:time=t,event=e", "--spline", "volume:4",
                                 "--spline", "a/b:3"])
        first, second = result["results"][0]["splines"]
        self.assertEqual((first["variable"], second["variable"]), ("volume", "a/b"))
        self.assertEqual((first["association"]["df"], first["nonlinearity"]["df"]), (3, 2))
        self.assertEqual(len(self.rows("splines.csv")), len(first["curve"]["x"]) + len(second["curve"]["x"]))
        middle = min(range(len(first["curve"]["x"])), key=lambda i: abs(first["curve"]["x"][i] - first["reference"]))
        self.assertLess(first["curve"]["std_error"][middle], first["curve"]["std_error"][0])
        report = (self.folder / "out/report.md").read_text()
        for number in (1, 2):
            self.assertIn(f"spline_OS_{number}.svg", report)
            xml.etree.ElementTree.parse(self.folder / f"out/spline_OS_{number}.svg")

    def test_robust_errors_and_strata(self):
        result, _ = self.result(f"{OS} --covariates x --cluster c --strata g")
        (one,) = result["results"]
        self.assertEqual((one["strata"], one["cluster"]), (["g"], "c"))
        self.assertEqual(set(one["baseline"]["stratum"]), {"a", "b"})
        self.assertNotEqual(one["terms"][0]["std_error"], one["terms"][0]["naive_std_error"])

    def test_what_a_new_patient_cannot_be(self):
        self.write("new.csv", "x,g\n1,a\n2,z\n")
        self.refused(f"{OS} --covariates x,g --factor g --newdata new.csv", "invalid_argument", "new.csv:3:g: 'z'")
        self.refused(f"{OS} --covariates x --strata g --newdata new.csv", "invalid_argument", "new.csv:3:g: ", "stratum 'z'")
        self.write("new.csv", "g\na\n")
        self.refused(f"{OS} --covariates x --newdata new.csv", "column_not_found", "new.csv: no column 'x'")

    def test_force(self):
        self.write("c.csv", "t,e,x,y\n1,1,1,2\n2,1,3,1\n3,0,2,2\n4,0,5,3\n5,0,1,1\n")
        self.refused(f"{OS} --covariates x,y", "too_many_parameters", "2 events for 2 parameters")
        result, _ = self.result(f"{OS} --covariates x,y --force")
        self.assertIn("too_many_parameters", [warning["code"] for warning in result["warnings"]])

    def test_a_penalised_path_in_place_of_the_model(self):
        result, _ = self.result(f"{OS} --covariates x,c --penalty-mix 1 --cv-folds f")
        (one,) = result["results"]
        self.assertEqual(result["config"]["penalty"]["mix"], 1)
        self.assertEqual(one["ties"], "breslow")
        self.assertNotIn("terms", one)
        self.assertEqual(set(one["cv"]) >= {"lambda", "cvpl", "lambda_best", "lambda_1se"}, True)
        self.assertEqual(set(one["path"]) >= {"lambda_max", "lambda", "df", "dev_ratio", "log_likelihood", "kkt",
                                              "coefficients"}, True)

    def test_wrong_usage(self):
        for flags in ("", "--covariates x --spline x", "--covariates x --spline x:2", "--covariates x --firth --cluster c",
                      "--covariates x --imputed c.csv,c.csv", "--covariates x --bootstrap -1",
                      "--covariates x --lambda 0.1", "--covariates x --penalty-mix 2",
                      "--covariates x --penalty-mix 1 --firth", "--covariates x --penalty-mix 1 --penalty-factor x"):
            self.refused(f"{OS} {flags}", "usage", code=64)


if __name__ == "__main__":
    unittest.main()
