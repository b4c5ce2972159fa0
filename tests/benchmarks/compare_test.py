"""Tests of benchmarks/compare.py: that a benchmark of nothing cannot pass, and what tables say.

usage: compare_test.py"""
import pathlib
import sys
import types
import unittest

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent.parent / "benchmarks"
sys.path[:0] = [str(BENCHMARKS), str(BENCHMARKS / "peers")]

import compare  # noqa: E402
import measuring  # noqa: E402
import tables  # noqa: E402
import worker  # noqa: E402
from measuring import Problem  # noqa: E402


def entry(**members):
    return {"cpu_time": 2.5, "real_time": 3.0, "time_unit": "ms", **members}


def features(pairs):
    fastest = measuring.Fastest()
    for key, seconds in pairs:
        fastest.add(key, seconds)
    return fastest


class Running(unittest.TestCase):
    def test_a_run_has_output_times_and_memory(self):
        done = measuring.run([sys.executable, "-c", "x = b'x' * (64 << 20); print('done')"])
        self.assertEqual(done.output, "done\n")
        self.assertGreater(done.peak_mb, 64)  # what the program holds
        self.assertGreater(done.cpu_s, 0)
        self.assertGreater(done.wall_s, 0)

    def test_a_program_that_fails_is_no_measurement(self):
        with self.assertRaisesRegex(Problem, "ended with 3: no region"):
            measuring.run([sys.executable, "-c",
                           "import sys; print('no region', file=sys.stderr); sys.exit(3)"])

    def test_a_computation_is_repeated_for_the_time_asked_for(self):
        results = iter(range(10**9))
        last, times = worker.repeated(lambda: next(results), 0.01)
        self.assertEqual(last, times["runs"] - 1)
        self.assertAlmostEqual(times["wall_s"] * times["runs"], 0.01, delta=0.05)
        self.assertEqual(worker.repeated(lambda: 7, 0)[1]["runs"], 1)

    def test_a_peer_that_is_not_there_is_left_out(self):
        self.assertIsNone(measuring.start_worker(None, "pyradiomics_worker.py", "pyradiomics"))
        self.assertIsNone(measuring.start_worker("/nowhere/python", "pyradiomics_worker.py",
                                                 "pyradiomics"))


class Checks(unittest.TestCase):
    def test_no_benchmark_is_a_problem(self):
        with self.assertRaisesRegex(Problem, "no benchmark is called"):
            measuring.check_benchmarks({}, "/nothing$")

    def test_benchmarks_without_a_result_are_a_problem(self):
        good = {"glcm/once/x": entry(), "all/once/x": entry(values=174, undefined=0)}
        measuring.check_benchmarks(good, "/x$")
        for bad in ({"glcm/once/x": entry(error_occurred=True, error_message="is not finite")},
                    {"glcm/once/x": entry(cpu_time=0.0)},
                    {"all/once/x": entry(values=174, undefined=1)},
                    {"all/once/x": entry(values=12, undefined=0)}):
            with self.assertRaises(Problem):
                measuring.check_benchmarks(bad, "/x$")

    def test_a_table_has_one_region_with_its_voxels_and_numbers(self):
        head = ["diagnostics_resegmented_voxels", *(f"original_{i}" for i in range(174))]
        row = ["5", *["1.5"] * 174]
        table = ",".join(head) + "\n" + ",".join(row) + "\n"
        compare.check_table(table, 5)
        for output in ("", table.replace("1.5", "", 1), table.replace("1.5", "nan", 1),
                       table + ",".join(row) + "\n"):
            with self.assertRaises(Problem):
                compare.check_table(output, 5)
        with self.assertRaisesRegex(Problem, "measured 5 voxels, not 6"):
            compare.check_table(table, 6)

    def test_times_that_are_none_are_a_problem(self):
        for seconds in (0, -1, float("nan"), float("inf")):
            with self.assertRaises(Problem):
                measuring.Fastest().add("x", seconds)


    def test_peers_have_to_measure_the_same_voxels(self):
        comparison = types.SimpleNamespace(voxels={"r": 8}, means={"r": -46.5})
        good = {"voxels": 8, "mean": -46.5, "values": 107, "undefined": 1}
        compare.Comparison.check_answer(comparison, "peer", "r", good)
        for bad in ({"voxels": 9}, {"mean": -46.4}, {"values": 0, "undefined": 0},
                    {"undefined": 107}):
            with self.assertRaises(Problem):
                compare.Comparison.check_answer(comparison, "peer", "r", good | bad)


class Tables(unittest.TestCase):
    def test_numbers_stand_to_the_right(self):
        self.assertEqual(tables.table(["a", "b"], [["x", "1.5"], ["y", "–"]]),
                         "| a | b |\n| --- | ---: |\n| x | 1.5 |\n| y | – |")
        self.assertRegex(tables.table(["a"], []), "^Not measured")

    def test_seconds_of_a_benchmark(self):
        self.assertEqual(measuring.seconds_of(entry()), 0.0025)
        self.assertEqual(measuring.seconds_of(entry(time_unit="us"), "real_time"), 3e-6)

    def test_the_fastest_counts(self):
        self.assertEqual(features([("a", 3), ("a", 2), ("a", 4)]).found, {"a": 2})

    def test_numbers(self):
        self.assertEqual([tables.number(value) for value in (None, 0.0123456, 12.345, 1234.5)],
                         ["–", "0.0123", "12.3", "1234"])

    def test_a_family_is_the_sum_of_its_parts_and_nothing_if_one_is_missing(self):
        parts = [((tables.OURS, "discretise", "r"), 0.5), ((tables.OURS, "histogram", "r"), 0.25)]
        both = types.SimpleNamespace(features=features(parts))
        self.assertEqual(tables.ours_of(both, "histogram", "r"), 0.75)
        one = types.SimpleNamespace(features=features(parts[:1]))
        self.assertIsNone(tables.ours_of(one, "histogram", "r"))

    def test_targets_are_met_missed_or_not_measured(self):
        def verdict(figure, at_most):
            return tables.Target("t", 2, at_most, lambda _: figure).row(None)[-1]
        self.assertEqual([verdict(2, True), verdict(2.1, True), verdict(None, True)],
                         ["met", "**missed**", "not measured"])
        self.assertEqual([verdict(2, False), verdict(1.9, False)], ["met", "**missed**"])

    def test_without_measurements_no_target_is_met(self):
        nothing = types.SimpleNamespace(features=features([]), growth=features([]), voxels={},
                                        wall=features([]), cpu=features([]), peaks={}, peers=[])
        verdicts = {target.row(nothing)[-1] for target in tables.TARGETS}
        self.assertEqual(verdicts, {"not measured"})

    def test_sections_of_a_page_are_replaced_and_nothing_else(self):
        page = "a\n<!-- peers -->\nold\n<!-- end -->\nb\n<!-- parts -->\n<!-- end -->\n"
        new = tables.with_sections(page, {"peers": r"new \1", "parts": "p"})
        self.assertEqual(new, "a\n<!-- peers -->\nnew \\1\n<!-- end -->\nb\n"
                              "<!-- parts -->\np\n<!-- end -->\n")
        with self.assertRaises(ValueError):
            tables.with_sections(page, {"growth": ""})

    def test_the_page_has_a_place_for_every_section(self):
        page = (BENCHMARKS.parent / "docs/performance.md").read_text()
        tables.with_sections(page, dict.fromkeys(
            ["machine", "peers", "families", "parts", "growth", "commands", "targets"], ""))


if __name__ == "__main__":
    unittest.main()
