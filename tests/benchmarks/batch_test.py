"""Tests of benchmarks/batch.py: that a benchmark of nothing cannot pass, and what its tables say.

usage: batch_test.py"""
import io
import pathlib
import sys
import types
import unittest

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent.parent / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import batch  # noqa: E402
import tables  # noqa: E402
from measuring import Problem  # noqa: E402

OPTIONS = types.SimpleNamespace(cases=1000, peer_cases=200, rounds=1)


def measured(**walls):
    """A cohort with these wall times; CPU times are the same."""
    cohort = batch.Cohort(pathlib.Path("."), pathlib.Path("."))
    keys = {"one": (batch.OURS, 1000, 1), "two": (batch.OURS, 1000, 2), "few": (batch.OURS, 100, 2),
            "in_process": (batch.IN_PROCESS, 1000, 1), "commands": (batch.COMMANDS, 100, 1),
            "peer": (batch.PEER, 200, 2)}
    for name, seconds in walls.items():
        cohort.keep(keys[name], seconds, seconds, 50)
    return cohort


def verdicts(cohort):
    return [line.split(" | ")[2:] for line in batch.targets(cohort, OPTIONS).splitlines()[2:]]


class Checks(unittest.TestCase):
    def test_a_table_has_a_number_for_every_case(self):
        table = "case,mean\na,1.5\nb,-2\n"
        self.assertEqual(batch.means_of(io.StringIO(table), "case", "mean", 2), {"a": 1.5, "b": -2})
        for bad in ("", "case,mean\na,1.5\n", table.replace("b", "a"), table.replace("-2", ""),
                    table.replace("-2", "nan"), table.replace("mean", "median")):
            with self.assertRaises(Problem):
                batch.means_of(io.StringIO(bad), "case", "mean", 2)

    def test_a_peer_that_is_not_there_is_left_out(self):
        self.assertIsNone(batch.version_of(None))
        self.assertIsNone(batch.version_of("/nowhere/python"))


class Tables(unittest.TestCase):
    def test_targets_compare_what_a_case_costs(self):
        cohort = measured(one=10, two=5, few=0.5, in_process=9.8, commands=6, peer=30)
        found = verdicts(cohort)
        self.assertEqual([cells[0] for cells in found], ["2", "2.04 %", "2.04 %", "0.167", "1", "30"])
        self.assertEqual({cells[1] for cells in found}, {"met |"})
        slow = measured(one=10, two=6, few=0.5, in_process=9, commands=0.9, peer=20)
        slow.peaks[batch.OURS, 1000, 2] = 60
        self.assertEqual({cells[1] for cells in verdicts(slow)}, {"**missed** |"})

    def test_without_measurements_no_target_is_met(self):
        self.assertEqual({cells[1] for cells in verdicts(measured())}, {"not measured |"})

    def test_ours_stand_first_and_the_peer_has_its_version(self):
        cohort = measured(one=10, peer=30)
        cohort.peer_name = "PyRadiomics 3.0.1"
        lines = batch.runs(cohort).splitlines()
        self.assertEqual(lines[2], "| radiomics batch | 1000 | 1 | 10 | 10 | 10 | 100 | 50 |")
        self.assertEqual(lines[3], "| PyRadiomics 3.0.1 | 200 | 2 | 30 | 30 | 150 | 6.67 | 50 |")

    def test_the_page_has_a_place_for_every_section(self):
        page = (BENCHMARKS.parent / "docs/performance.md").read_text()
        tables.with_sections(page, batch.report(measured(), OPTIONS))


if __name__ == "__main__":
    unittest.main()
