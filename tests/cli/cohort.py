"""The sample cohort for tests that run whole command lines on it."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest


def take_arguments(count):
    """The first arguments of the test, which are paths of programs; unittest does not see them."""
    paths = [os.path.abspath(path) for path in sys.argv[1:count + 1]]
    del sys.argv[1:count + 1]
    return paths


class CohortTest(unittest.TestCase):
    """Every class of tests has a cohort, and every test an empty folder with a link to it."""
    make_cohort = ""  # the program; set by the test

    @classmethod
    def setUpClass(cls):
        shared = tempfile.TemporaryDirectory()
        cls.addClassCleanup(shared.cleanup)
        cls.cohort = pathlib.Path(shared.name, "cohort")
        subprocess.run([cls.make_cohort, cls.cohort], check=True, stdout=subprocess.DEVNULL)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "cohort").symlink_to(self.cohort)
