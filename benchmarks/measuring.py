"""Runs programs on one core and measures them. Used by the scripts beside it."""
import contextlib
import dataclasses
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ONE_THREAD = {name: "1" for name in (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
    "PICTOLOGICS_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS")}
PEERS = pathlib.Path(__file__).parent / "peers"


class Problem(Exception):
    """What makes a comparison worthless: it is told, and no result is printed."""


def stay_on_one_core():
    """This process and all that it starts run on the last core that it may use; there threads
    cannot help. \\return how many cores there are"""
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {allowed[-1]})
    os.environ.update(ONE_THREAD)
    return os.cpu_count()


@contextlib.contextmanager
def on_cores(count):
    """What is started inside runs on so many cores."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[-count:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


@dataclasses.dataclass
class Run:
    """One run of a program, from its start to its end."""
    wall_s: float
    cpu_s: float  # of the program and all that it waited for
    peak_mb: float  # resident; never less than this process has, about 20
    output: str


def run(command):
    """\\throws Problem if the program fails"""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=errors)
        status, usage = os.wait4(process.pid, 0)[1:]
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
            raise Problem(f"{pathlib.Path(str(command[0])).name} ended with {process.returncode}: "
                          f"{' '.join(last)}")
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
                   output.read().decode())


def seconds_of(benchmark, clock="cpu_time"):
    """The time of one repetition in Google Benchmark's JSON."""
    return benchmark[clock] * {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}[benchmark["time_unit"]]


class Benchmarks:
    """Our benchmark program."""

    def __init__(self, program, seconds):
        self.program, self.seconds = program, seconds

    def measure(self, pattern):
        """\\return {name: its entry in the JSON}, and the run of the whole program"""
        done = run([self.program, f"--benchmark_filter={pattern}", "--benchmark_format=json",
                    f"--benchmark_min_time={self.seconds}"])
        found = {entry["name"]: entry for entry in json.loads(done.output)["benchmarks"]}
        check_benchmarks(found, pattern)
        return found, done


def check_benchmarks(found, pattern):
    """\\throws Problem unless there are results, and all of them are results"""
    if not found:
        raise Problem(f"no benchmark is called {pattern}")
    for name, entry in found.items():
        if entry.get("error_occurred"):
            raise Problem(f"{name}: {entry['error_message']}")
        if not seconds_of(entry) > 0:
            raise Problem(f"{name} took no time")
        if entry.get("undefined", 0) != 0:
            raise Problem(f"{name}: {entry['undefined']:g} values are undefined")
        if name.startswith("all/") and entry["values"] < 174:
            raise Problem(f"{name} has {entry['values']:g} values, not all 174")


class Dialogue:
    """A program that is started once and asked line by line: what it prepares is not measured. It says its name
    once it is ready, as {"peer": NAME}, and answers each line with one line of JSON."""

    def __init__(self, command, title):
        self.title = title  # in messages
        with tempfile.NamedTemporaryFile(delete=False) as errors:
            self.errors = pathlib.Path(errors.name)
            try:
                self.process = subprocess.Popen([str(word) for word in command], text=True,
                                                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                                stderr=errors)
            except OSError:
                self.errors.unlink()
                raise
        self.name = self.answer()["peer"]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            last = self.errors.read_text().strip().splitlines()[-1:]
            self.close()
            raise Problem(f"{self.title}: {' '.join(last)}")
        return json.loads(line)

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        self.errors.unlink()


class Worker(Dialogue):
    """A peer in its own interpreter, started once: imports and compilation are not measured."""

    def __init__(self, python, script):
        self.python, self.script = python, PEERS / script
        super().__init__([python, "-B", self.script], script)

    def measure(self, files, family, seconds):
        """\\return the answer that peers/worker.py describes"""
        return self.ask(json.dumps({"image": str(files[0]), "mask": str(files[1]), "family": family,
                                    "seconds": seconds}))

    def once(self, *files):
        """All features of one region in a process of its own. \\return its Run"""
        return run([self.python, "-B", self.script, "--once", *files])


def start_worker(python, script, package):
    """\\return None, with a line that says why, where the peer is not there"""
    if python is None:
        print(f"{package} is left out: give the Python that has it by --{package}",
              file=sys.stderr)
        return None
    try:
        worker = Worker(python, script)
    except (OSError, Problem) as problem:
        print(f"{package} is left out: {python} does not have it ({problem})", file=sys.stderr)
        return None
    return worker


class Fastest:
    """The fastest of several measurements of each thing: others can only make one slower."""

    def __init__(self):
        self.found = {}

    def add(self, key, seconds):
        if not (seconds > 0 and math.isfinite(seconds)):
            raise Problem(f"{key} took {seconds} s")
        self.found[key] = min(seconds, self.found.get(key, math.inf))

    def get(self, *key):
        """\\return None if it was not measured"""
        return self.found.get(key)
