"""Runs the workflow docs/cluster/Snakefile: its table is that of one run, byte by byte, also after a shard failed.

usage: snakemake_test.py SNAKEMAKE PROJECT_DIR PROGRAM MAKE_COHORT"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SNAKEMAKE, PROJECT, PROGRAM, MAKE_COHORT = (os.path.abspath(path) for path in sys.argv[1:5])
del sys.argv[1:5]
TABLES = ("features.csv", "failures.csv", "features.db")


class Workflow(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        subprocess.run([MAKE_COHORT, self.folder / "the cohort"], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([PROGRAM, "batch", "the cohort/dicom", "--output", "one", "--roi", "GTV*"],
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stderr)  # some masks have no such region

    def run_workflow(self, program):
        (self.folder / "config.json").write_text(json.dumps(
            {"input": "the cohort/dicom", "output": "it's four", "shards": 4, "jobs": 1, "mem_mb": 1000,
             "options": ["--roi", "GTV*"], "program": program}))
        return subprocess.run([SNAKEMAKE, "--snakefile", f"{PROJECT}/docs/cluster/Snakefile", "--cores", "2",
                               "--keep-going", "--configfile", "config.json"], cwd=self.folder, capture_output=True,
                              text=True, env=os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")})

    def test_shards_and_merge_give_the_table_of_one_run(self):
        bad_luck = 'case "$*" in *"--shard 2/4"*) exit 137;; esac; exec "$0" "$@"'
        result = self.run_workflow(["bash", "-c", bad_luck, PROGRAM])
        self.assertNotEqual(result.returncode, 0)
        done = sorted(path.name for path in (self.folder / "it's four").glob("*.done"))
        self.assertEqual(done, ["shard-1.done", "shard-3.done", "shard-4.done"], result.stderr)
        self.assertFalse((self.folder / "it's four/features.csv").exists())
        result = self.run_workflow(PROGRAM)
        self.assertEqual(result.returncode, 0, result.stderr)
        for name in TABLES:
            same = (self.folder / "it's four" / name).read_bytes() == (self.folder / "one" / name).read_bytes()
            self.assertTrue(same, name)


if __name__ == "__main__":
    unittest.main()
