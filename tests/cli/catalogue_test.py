"""Runs inspect, batch and qc with the cache of a folder's headers: where it lies, that it changes
no result, and that no run harms another.

usage: catalogue_test.py PROGRAM MAKE_COHORT"""
import hashlib
import os
import pathlib
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, MAKE_COHORT = (os.path.abspath(path) for path in sys.argv[1:3])
del sys.argv[1:3]
NEWEST_S = 2.1  # what has changed within 2 seconds is not kept


class Catalogue(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.shared.cleanup)
        subprocess.run([MAKE_COHORT, cls.shared.name], check=True, stdout=subprocess.DEVNULL)
        cls.original = pathlib.Path(cls.shared.name, "dicom")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.export = self.folder / "export"
        for patient in sorted(self.original.iterdir())[:3]:
            shutil.copytree(patient, self.export / patient.name)
        self.environment = os.environ | {"XDG_CACHE_HOME": str(self.folder / "caches"),
                                         "ASAN_OPTIONS": "detect_leaks=0"}
        time.sleep(NEWEST_S)

    def start(self, arguments):
        return subprocess.Popen([PROGRAM, *arguments.split()], cwd=self.folder, text=True,
                                env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def run_program(self, arguments, code=0):
        process = self.start(arguments)
        out, err = process.communicate()
        self.assertEqual(process.returncode, code, err)
        return out, err

    def inspect(self, more=""):
        out, err = self.run_program("inspect export --format json " + more)
        self.assertEqual(err, "")
        return out

    def usual_cache(self):
        name = hashlib.sha256(os.path.realpath(self.export).encode()).hexdigest()
        return self.folder / "caches/radiomics" / (name + ".catalogue")

    def test_usual_place(self):
        self.inspect()
        cache = self.usual_cache()
        self.assertEqual(stat.S_IMODE(cache.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(cache.parent.stat().st_mode), 0o700)
        self.assertEqual(os.listdir(cache.parent), [cache.name])

    def test_none(self):
        self.inspect("--catalogue none")
        self.assertEqual(sorted(os.listdir(self.folder)), ["export"])

    def test_file(self):
        self.inspect("--catalogue kept/here")
        self.assertEqual(stat.S_IMODE((self.folder / "kept/here").stat().st_mode), 0o600)
        self.assertFalse(self.usual_cache().exists())

    def test_no_home(self):
        del self.environment["XDG_CACHE_HOME"]
        self.environment["HOME"] = ""
        self.inspect()
        self.assertEqual(sorted(os.listdir(self.folder)), ["export"])

    def test_results_are_the_same(self):
        expected = self.inspect("--catalogue none --jobs 1")
        for jobs in (1, 2, 5):
            self.usual_cache().unlink(missing_ok=True)
            self.assertEqual(self.inspect(f"--jobs {jobs}"), expected)
            self.assertEqual(self.inspect(f"--jobs {jobs}"), expected)
        self.usual_cache().write_bytes(b"rubbish")
        self.assertEqual(self.inspect(), expected)
        slices = sorted(file for file in self.export.rglob("*") if file.is_file())
        slices[0].unlink()
        self.assertEqual(self.inspect(), self.inspect("--catalogue none"))

    def test_place_that_cannot_be(self):
        expected = self.inspect("--catalogue none")
        (self.folder / "file").write_text("x")
        for place, problem in (("file/cache", "cannot be written"),
                               ("export/cache", "lies in the folder that it is about")):
            out, err = self.run_program(f"inspect export --format json --catalogue {place}")
            self.assertEqual(out, expected)
            self.assertRegex(err, f"^radiomics: warning: [^\n]*{problem}[^\n]*\n$")

    def test_batch_uses_it(self):
        def features(output, more=""):
            self.run_program(f"batch export --output {output} {more}")
            return (self.folder / output / "features.csv").read_bytes()
        self.assertEqual(features("a"), features("b", "--catalogue none"))
        self.assertTrue(self.usual_cache().exists())
        self.assertEqual(features("c"), features("d", "--catalogue other"))
        for output in "abcd":  # nothing of it lies with the results
            self.assertEqual([file for file in (self.folder / output).rglob("*")
                              if b"radiocat" in file.read_bytes()
                              or b"tacoidar" in file.read_bytes()], [])

    def test_not_with_the_results(self):
        for place in ("sheets/cache", "sheets/new/cache", "./sheets/../sheets/cache"):
            _, err = self.run_program(f"qc export --output sheets --catalogue {place}", code=2)
            self.assertRegex(err, "^radiomics: error: invalid_settings: .*must not lie with the results")
        self.assertEqual(sorted(os.listdir(self.folder)), ["export"])

    def test_killed_runs(self):
        expected = self.inspect("--catalogue none")
        start = time.monotonic()
        self.inspect()
        whole_s = time.monotonic() - start
        for _ in range(12):
            self.usual_cache().unlink(missing_ok=True)
            process = self.start("inspect export")
            time.sleep(whole_s * random.uniform(0.2, 1))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            self.assertEqual(self.inspect(), expected)
            self.assertEqual(self.inspect(), expected)

    def test_runs_at_the_same_time(self):
        expected = self.inspect("--catalogue none")
        for _ in range(3):
            self.usual_cache().unlink(missing_ok=True)
            runs = [self.start("inspect export --format json --jobs 1") for _ in range(6)]
            for run in runs:
                self.assertEqual(run.communicate(), (expected, ""))
            self.assertEqual(os.listdir(self.usual_cache().parent), [self.usual_cache().name])
            self.assertEqual(self.inspect(), expected)


if __name__ == "__main__":
    unittest.main()
