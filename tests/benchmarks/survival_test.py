"""Tests of benchmarks/survival.py: that a benchmark of other work cannot pass, and what its table says.

usage: survival_test.py"""
import pathlib
import sys
import types
import unittest

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent.parent / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import survival  # noqa: E402
import tables  # noqa: E402
from measuring import Problem  # noqa: E402

OPTIONS = types.SimpleNamespace(rounds=1, slow=False, only=None, seconds=0.2)


def answer(seconds, *checks, kkt=0):
    return {"cpu_s": seconds, "checks": list(checks), "kkt": kkt}


def recorded(**answers):
    """What was measured; {task: (R's answer, ours)}, tasks by R's name."""
    measured = survival.Measured()
    for one in survival.COMPARISONS:
        if one.theirs in answers:
            theirs, ours = answers[one.theirs]
            measured.keep(survival.PEER, one.theirs, theirs)
            measured.keep(survival.OURS, one.ours, ours)
    return measured


def row_of(measured, theirs):
    """The cells of a task in the table."""
    at = [one.theirs for one in survival.COMPARISONS].index(theirs)
    line = survival.comparisons(measured).splitlines()[2 + at]
    return [cell.strip() for cell in line.strip("|").split("|")]


class Comparisons(unittest.TestCase):
    def test_every_task_is_there_for_both_programs(self):
        ours = (BENCHMARKS / "survival_tasks.cpp").read_text()
        theirs = (BENCHMARKS / "peers/survival.R").read_text()
        for one in survival.COMPARISONS:
            self.assertIn(f'{{"{one.ours}", ', ours)
            self.assertRegex(theirs, rf"\n  {one.theirs} = (list|path_task)\(")

    def test_slow_tasks_are_asked_for(self):
        titles = {one.theirs for one in survival.chosen(OPTIONS)}
        self.assertNotIn("lasso_cv", titles)
        slow = types.SimpleNamespace(slow=True, only=["lasso"])
        self.assertEqual([one.theirs for one in survival.chosen(slow)],
                         ["lasso", "lasso_exact", "lasso_large", "lasso_large_exact", "lasso_cv"])


class Checks(unittest.TestCase):
    def test_digits_that_two_answers_share(self):
        self.assertEqual(survival.equal_digits([1.0, 2.0], [1.0, 2.0]), 15)
        self.assertEqual(survival.equal_digits([1.0, 100.0], [1.0, 100.01]), 4)
        self.assertEqual(survival.equal_digits([1.0], [-1.0]), 0)
        with self.assertRaises(Problem):
            survival.equal_digits([1.0], [1.0, 2.0])

    def test_programs_that_did_not_do_the_same_are_a_problem(self):
        with self.assertRaisesRegex(Problem, "they share 3 digits, not 8"):
            survival.comparisons(recorded(km=(answer(1, 5779.0), answer(0.01, 5776.0))))

    def test_an_answer_is_the_same_in_every_round_and_no_time_is_nothing(self):
        for bad in (answer(1, 3.0), answer(1, float("nan")), answer(1), answer(0, 2.0), answer(1, 2.0, kkt=1e-4)):
            measured = survival.Measured()
            measured.keep(survival.OURS, "lasso", answer(1, 2.0, kkt=1e-8))
            with self.assertRaises(Problem):
                measured.keep(survival.OURS, "lasso", bad)


class Table(unittest.TestCase):
    def test_a_limit_is_met_or_missed(self):
        measured = recorded(km=(answer(0.010, 5779.0), answer(0.0005, 5779.0)),
                            read_csv=(answer(0.1, 3.0), answer(0.02, 3.0)))
        self.assertEqual(row_of(measured, "km"), ["Kaplan-Meier, 10 000", "0.01", "0.0005", "0.05", "≤ 0.06", "met",
                                                  "15", "–", "–"])
        self.assertEqual(row_of(measured, "read_csv")[3:6], ["0.2", "≤ 0.17", "**missed**"])

    def test_the_fastest_of_all_rounds_counts(self):
        measured = recorded(km=(answer(0.010, 2.0), answer(0.0005, 2.0)))
        measured.keep(survival.PEER, "km", answer(0.008, 2.0))
        measured.keep(survival.OURS, "km", answer(0.001, 2.0))
        self.assertEqual(row_of(measured, "km")[1:4], ["0.008", "0.0005", "0.0625"])

    def test_one_task_of_ours_stands_beside_several_of_theirs(self):
        measured = recorded(cox=(answer(0.04, 2.0), answer(0.004, 2.0)),
                            cox_engine=(answer(0.008, 2.0), answer(0.005, 2.0)))
        self.assertEqual(row_of(measured, "cox")[3:6], ["0.1", "≤ 0.3", "met"])
        self.assertEqual(row_of(measured, "cox_engine")[3:6], ["0.5", "–", ""])

    def test_minima_show_how_far_they_are_from_one(self):
        measured = recorded(lasso=(answer(2, 0.5760, kkt=4.1e-4), answer(0.7, 0.5802, kkt=8.6e-9)))
        self.assertEqual(row_of(measured, "lasso")[3:], ["0.35", "≤ 1", "met", "2", "4e-04", "9e-09"])

    def test_without_measurements_no_limit_is_met(self):
        verdicts = {row_of(survival.Measured(), one.theirs)[5] for one in survival.COMPARISONS}
        self.assertEqual(verdicts, {"not measured"})

    def test_the_page_has_a_place_for_every_section(self):
        page = (BENCHMARKS.parent / "docs/performance.md").read_text()
        tables.with_sections(page, survival.report(survival.Measured(), OPTIONS))


if __name__ == "__main__":
    unittest.main()
