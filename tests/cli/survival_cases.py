"""What the tests of `radiomics survival COMMAND` share: running it, its result, R's numbers.

A test file names its command and runs: PROGRAM is the first argument of the file."""
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "radiomics"
DATA = pathlib.Path(os.environ.get("RADIOMICS_TEST_DATA", "no data")) / "survival"

needs_data = unittest.skipUnless(DATA.is_dir(), "needs survival below RADIOMICS_TEST_DATA")


def cases(kind, count, folder="."):
    """The cases that R computed of a kind, by id; `count` of them, so that none is lost unseen."""
    found = json.loads((DATA / folder / f"{kind}.json").read_text())["cases"]
    if len(found) != count:
        raise AssertionError(f"{kind}.json has {len(found)} cases, not {count}")
    return {case["id"]: case for case in found}


class CommandLine(unittest.TestCase):
    command = ""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def run_program(self, arguments):
        """`arguments` are split at blanks, those of a list are taken as they are."""
        words = arguments.split() if isinstance(arguments, str) else [str(word) for word in arguments]
        return subprocess.run([PROGRAM, "survival", self.command, *words], cwd=self.folder,
                              capture_output=True, text=True)

    def result(self, arguments, code=0, output="out"):
        """The parsed result.json of a run, and what it wrote to standard error."""
        words = arguments.split() if isinstance(arguments, str) else list(arguments)
        run = self.run_program([*words, "--output", output])
        self.assertEqual((run.returncode, run.stdout), (code, ""), run.stderr)
        return json.loads((self.folder / output / "result.json").read_text()), run.stderr

    def refused(self, arguments, kind, *words, code=2):
        """One error on standard error that has the kind and the words; no result."""
        given = arguments.split() if isinstance(arguments, str) else list(arguments)
        run = self.run_program([*given, "--output", "refused"])
        self.assertEqual((run.returncode, run.stdout), (code, ""), run.stderr)
        errors = [line for line in run.stderr.splitlines() if "radiomics: warning: " not in line]
        self.assertEqual(len(errors), 1, run.stderr)
        self.assertRegex(errors[0], rf"\Aradiomics: error: {kind}: ")
        for word in words:
            self.assertIn(word, errors[0])
        self.assertFalse((self.folder / "refused").exists())

    def assert_close(self, ours, reference, tolerance, what="", scale=None):
        """Relative to the reference, or to `scale` (a standard error). Undefined on both sides or
        on none."""
        if reference is None or isinstance(reference, str):
            self.assertIsNone(ours, what)
            return
        self.assertIsNotNone(ours, what)
        allowed = tolerance * (abs(reference) if scale is None else scale)
        self.assertTrue(math.isfinite(ours) and abs(ours - reference) <= allowed,
                        f"{what}: {ours!r}, not {reference!r}")

    def assert_same_files(self, one, other):
        """Two folders of results hold the same bytes."""
        names = sorted(path.name for path in (self.folder / one).iterdir())
        self.assertEqual(names, sorted(path.name for path in (self.folder / other).iterdir()))
        for name in names:
            self.assertEqual((self.folder / one / name).read_bytes(),
                             (self.folder / other / name).read_bytes(), name)
