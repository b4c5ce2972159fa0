"""What the tests of `radiomics survival` share: running the program, reading what it wrote, and comparing it
with the numbers of R that lie below RADIOMICS_TEST_DATA.

A test script begins with `PROGRAM = program()`."""
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

DATA = pathlib.Path(os.environ.get("RADIOMICS_TEST_DATA", "no data")) / "survival"
needs_data = unittest.skipUnless(DATA.is_dir(), "needs survival below RADIOMICS_TEST_DATA")


def program():
    """The first argument of the script, taken off."""
    return os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "radiomics"


def cases_by_id(kind, count):
    """The cases of a kind ("cox", "demo_study/cox") by id, of which none may be missing."""
    path = DATA / f"{kind}.json"
    found = json.loads(path.read_text())["cases"]
    assert len(found) == count, f"{path}: {len(found)} cases, {count} wanted"
    return {one["id"]: one for one in found}


def cases(kind, count):
    """The same as (id, files, spec, expect); `files` are paths."""
    folder = (DATA / f"{kind}.json").parent / "data"

    def files(names):
        return [folder / name for name in ([names] if isinstance(names, str) else names)]
    return [(name, files(one["data"]), one["spec"], one["expect"])
            for name, one in cases_by_id(kind, count).items()]


def number(value):
    """None for what R has as null, NaN or infinite."""
    if value is None or isinstance(value, str):
        return None
    return float(value) if math.isfinite(value) else None


class SurvivalTest(unittest.TestCase):
    """A folder of its own, and the program in it."""
    program = "radiomics"
    command = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def run_program(self, arguments, command=None):
        """`arguments` are split at blanks, those of a list are taken as they are."""
        words = arguments.split() if isinstance(arguments, str) else [str(word) for word in arguments]
        return subprocess.run([self.program, "survival", command or self.command, *words], cwd=self.folder,
                              capture_output=True, text=True)

    def result(self, arguments, code=0, output="out", command=None):
        """The parsed result.json of a run, and what it wrote to standard error."""
        words = arguments.split() if isinstance(arguments, str) else list(arguments)
        run = self.run_program([*words, "--output", output], command)
        self.assertEqual((run.returncode, run.stdout), (code, ""), run.stderr)
        return json.loads((self.folder / output / "result.json").read_text()), run.stderr

    def refused(self, arguments, kind, *words, code=2, command=None):
        """One line on standard error that has the kind and the words; no result."""
        typed = arguments.split() if isinstance(arguments, str) else list(arguments)
        run = self.run_program([*typed, "--output", "refused"], command)
        self.assertEqual((run.returncode, run.stdout), (code, ""), run.stderr)
        errors = [line for line in run.stderr.splitlines() if "radiomics: warning: " not in line]
        self.assertEqual(len(errors), 1, run.stderr)
        self.assertRegex(errors[0], rf"\Aradiomics: error: {kind}: ")
        for word in words:
            self.assertIn(word, errors[0])
        self.assertFalse((self.folder / "refused" / "result.json").exists())

    def rows(self, name, output="out"):
        """The rows of a CSV file that was written, as dictionaries."""
        with open(self.folder / output / name, newline="") as file:
            return list(csv.DictReader(file))

    def same(self, ours, reference, tolerance, what="", scale=0):
        """`tolerance` is relative to the reference, or to `scale` if that is larger. What is undefined there
        has to be undefined here."""
        expected = number(reference)
        if expected is None:
            self.assertIsNone(ours, what)
            return
        self.assertIsNotNone(ours, what)
        self.assertLessEqual(abs(ours - expected), tolerance * max(abs(expected), scale),
                             f"{what}: {ours!r}, R has {expected!r}")

    def all_same(self, ours, reference, tolerance, what, scale=0):
        self.assertEqual(len(ours), len(reference), what)
        for i, (one, expected) in enumerate(zip(ours, reference)):
            self.same(one, expected, tolerance, f"{what}[{i}]", scale)

    def same_files(self, one, other):
        """Two folders of results hold the same bytes."""
        names = sorted(path.name for path in (self.folder / one).iterdir())
        self.assertEqual(names, sorted(path.name for path in (self.folder / other).iterdir()))
        for name in names:
            self.assertEqual((self.folder / one / name).read_bytes(),
                             (self.folder / other / name).read_bytes(), name)

    def same_bytes_on_any_threads(self, arguments, code=0):
        """Runs with one thread and with four; the files have to be the same."""
        self.result(f"{arguments} --threads 1", code, output="one")
        self.result(f"{arguments} --threads 4", code, output="four")
        self.same_files("one", "four")
