"""Runs the script of `radiomics batch --slurm-script` under a real Slurm: the table of four shards is that of
one run, byte by byte, also after a task was killed and another one put back into the queue.

usage: slurm_test.py PROGRAM MAKE_COHORT"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

from slurm_cluster import Cluster, Unavailable

PROGRAM, MAKE_COHORT = (os.path.abspath(path) for path in sys.argv[1:3])
del sys.argv[1:3]
TABLES = ("features.csv", "failures.csv", "features.db")
LIMIT_S = 120  # for an array and its merge: 5 s on an idle machine, a minute under the sanitizers

# In place of the program: the shards 2 and 3 come as far as some of their five or six results; then 2 dies,
# and 3 stands still until it is put back into the queue. A busy machine may notice the first result when all
# are there: then the shard is begun again. Everything else is the program.
UNLUCKY = """\
#!/bin/bash
set -eu
task=${SLURM_ARRAY_TASK_ID:-none}
if [ "$1" != batch ] || [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ] || [[ $task != [23] ]]; then exec PROGRAM "$@"; fi
state() { cut -d " " -f 3 "/proc/$1/stat" 2>/dev/null || true; }
results() { compgen -G "OUTPUT/shard-$task/cases/*.json" | wc -l; }
for attempt in {1..100}; do
  rm -rf "OUTPUT/shard-$task"
  PROGRAM "$@" &
  until [ "$(results)" -gt 0 ] || ! kill -0 $!; do sleep 0.002; done
  kill -STOP $! || continue
  while [[ $(state $!) = [RSD] ]]; do sleep 0.002; done
  [ "$(state $!)" != T ] || [ "$(results)" -ge 5 ] || break
  kill -KILL $! || true
done
[ "$task" = 3 ] && touch OUTPUT/shard-3/stands_still && sleep 600
kill -KILL $!
wait $!
"""


class Slurm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shared = tempfile.TemporaryDirectory(prefix="slurm", dir="/tmp")  # a short path, see Cluster
        cls.addClassCleanup(shared.cleanup)
        cls.folder = pathlib.Path(shared.name, "a user's folder")
        cls.folder.mkdir()
        (cls.folder.parent / "slurm").mkdir()
        cls.cluster = Cluster(cls.folder.parent / "slurm")
        try:
            cls.cluster.start()
        except Unavailable as why:
            raise unittest.SkipTest(str(why)) from None
        cls.addClassCleanup(cls.cluster.stop)
        subprocess.run([MAKE_COHORT, cls.folder / "cohort"], check=True, stdout=subprocess.DEVNULL)
        cls.batch("--output", "one", code=1)  # some masks have no such region

    @classmethod
    def batch(cls, *words, code=0):
        done = subprocess.run([PROGRAM, "batch", "cohort/dicom", "--roi", "GTV*", *words], cwd=cls.folder,
                              capture_output=True, text=True)
        if done.returncode != code:
            raise AssertionError(f"radiomics batch {words}: {done.returncode}\n{done.stderr}")
        return done.stdout

    def write_script(self, output, edit=lambda text: text):
        text = self.batch("--output", output, "--shard", "1/4", "--jobs", "1", "--memory", "900M", "--slurm-script")
        (self.folder / "job.sh").write_text(edit(text))

    def submit(self):
        """Submits the script. \\return the numbers of the array and of the merge"""
        done = self.cluster.run("bash", "job.sh", cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done)
        array, merge = re.findall(r"job (\d+)", done.stdout)
        return array, merge

    def logs(self, output, name="*"):
        """What the jobs said; shown where a test fails."""
        return "\n".join(f"{file.name}: {file.read_text(errors='replace')}"
                         for file in sorted((self.folder / output / "logs").glob(name)))

    def assert_tables_are_those_of_one_run(self, output):
        for name in TABLES:
            same = (self.folder / output / name).read_bytes() == (self.folder / "one" / name).read_bytes()
            self.assertTrue(same, f"{output}/{name}\n{self.logs(output)}")

    def test_array_and_merge_give_the_table_of_one_run(self):
        output = "results of 'four' \"$shards\""
        self.write_script(output)
        array, merge = self.submit()
        states = self.cluster.wait_for_jobs(LIMIT_S)
        self.assertEqual([states[f"{array}_{task}"] for task in "1234"], ["COMPLETED"] * 4, self.logs(output))
        self.assert_tables_are_those_of_one_run(output)
        self.assertEqual(states[merge], "FAILED", self.logs(output))  # exit code 1: cases were refused
        self.assertEqual(sorted(os.listdir(self.folder / output / "logs")),
                         sorted([f"merge_{merge}.log", *(f"shard-{task}_{array}.log" for task in "1234")]))

    def test_killed_and_requeued_tasks(self):
        def with_bad_luck(text):
            text, count = re.subn(r"(?m)^program=\(.*\)", "program=(./unlucky)", text)
            self.assertEqual(count, 1)
            return text
        unlucky = self.folder / "unlucky"
        unlucky.write_text(UNLUCKY.replace("PROGRAM", shlex.quote(PROGRAM)).replace("OUTPUT", "unlucky_run"))
        unlucky.chmod(0o755)
        self.write_script("unlucky_run", with_bad_luck)
        array, merge = self.submit()
        still = self.folder / "unlucky_run/shard-3/stands_still"
        self.cluster.wait(lambda states: still.exists() and states[f"{array}_2"] == "FAILED", LIMIT_S)
        self.assertEqual(self.cluster.states()[merge], "PENDING")
        self.cluster.requeue(f"{array}_3")
        states = self.cluster.wait_for_jobs(LIMIT_S)
        self.assertEqual([states[f"{array}_{task}"] for task in "1234"],
                         ["COMPLETED", "FAILED", "COMPLETED", "COMPLETED"], self.logs("unlucky_run"))
        self.assertEqual(states[merge], "FAILED")
        missing = re.findall(r"missing_result: .*--shard (\d/4)", self.logs("unlucky_run", f"merge_{merge}.log"))
        self.assertEqual(set(missing), {"2/4"}, self.logs("unlucky_run"))
        self.write_script("unlucky_run")
        done = self.cluster.run("sbatch", "job.sh", cwd=self.folder)  # not bash this time: the same
        self.assertEqual((done.returncode, done.stderr), (0, ""), done)
        self.cluster.wait_for_jobs(LIMIT_S)
        self.assert_tables_are_those_of_one_run("unlucky_run")


if __name__ == "__main__":
    unittest.main()
